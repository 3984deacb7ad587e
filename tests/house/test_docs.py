"""The reference pages say what the code says."""

import re

import pytest

from tests.house.tree import ROOT, SOURCE
from vedette.config.docs import pages

DOCS = ROOT / "docs"


def rooms() -> set[str]:
    folders = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    return folders | {file.stem for file in SOURCE.glob("*.py") if file.stem != "__init__"}


def test_the_map_names_every_room_and_no_other():
    named = re.findall(r"^\| `(\w+)` \|", (DOCS / "map.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(named) == sorted(set(named))
    assert rooms() == set(named)


def test_the_map_lists_the_rooms_in_the_order_of_the_contract():
    named = re.findall(r"^\| `(\w+)` \|", (DOCS / "map.md").read_text(encoding="utf-8"), re.MULTILINE)
    contract = (ROOT / ".importlinter").read_text(encoding="utf-8").split("layers =")[-1]
    layers = [re.findall(r"\w+", line) for line in contract.splitlines() if line.strip()]
    level = {room: number for number, line in enumerate(layers) for room in line}
    assert [level[room] for room in named] == sorted(level[room] for room in named)


def test_every_path_the_map_names_is_there():
    said = re.findall(r"`((?:tests|bench|web|api)/[\w./]*)`", (DOCS / "map.md").read_text(encoding="utf-8"))
    assert [path for path in said if not (ROOT / path).exists() and not (SOURCE / path).exists()] == []


@pytest.mark.parametrize("name", ["settings.md", "verbs.md"])
def test_a_written_page_is_what_the_code_would_write(name):
    assert (DOCS / name).read_text(encoding="utf-8") == pages()[name], "run python -m vedette.config.docs"
