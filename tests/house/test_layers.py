"""Each room imports only rooms below it; the contract names every room and ignores nothing."""

import configparser
import subprocess
import sys
from pathlib import Path

from tests.house.tree import ROOT


def test_no_room_imports_a_room_above_it():
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, env={"PYTHONPATH": "src", "PATH": ""}
    )
    assert done.returncode == 0, done.stdout[done.stdout.find("Contracts") :]


def test_the_contract_ignores_no_import_of_the_product():
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter")
    layers = contract["importlinter:contract:layers"]
    assert layers["ignore_imports"].split("\n") == ["", "vedette.**.tests.** -> vedette.**"]
    assert layers["exhaustive"] == "True"
