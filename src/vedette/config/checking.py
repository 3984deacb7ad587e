"""`vedette check`: every linter of the house; `vedette check --deployment`: a look over this installation."""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PYTHON_PLACES = ("src", "tests", "bench", "vedette")
TEMPLATES = "src/vedette/web"


@dataclass(frozen=True)
class Outcome:
    """What one linter said and how long it took."""

    name: str
    passed: bool
    seconds: float
    said: str


def run(argv: list[str]) -> int:
    """Run the linters, or with --deployment look over the settings and files of this installation."""
    parser = argparse.ArgumentParser(prog="vedette check", description="Run every linter of the house.")
    parser.add_argument("--deployment", action="store_true", help="look over this installation instead")
    options = parser.parse_args(argv)
    if options.deployment:
        from vedette.config import deployment

        return deployment.report()
    return lint()


def commands() -> dict[str, list[str]]:
    """Each linter's command line, by its name; all run inside the environment of the checkout."""
    programs = Path(sys.executable).parent
    places = [place for place in PYTHON_PLACES if (ROOT / place).exists()]
    table = {
        "ruff": [str(programs / "ruff"), "check", *places],
        "ruff format": [str(programs / "ruff"), "format", "--check", *places],
        "mypy": [sys.executable, "-m", "mypy"],
    }
    if (
        "[tool.importlinter]" in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
        or (ROOT / ".importlinter").exists()
    ):
        table["import-linter"] = [str(programs / "lint-imports")]
    if any((ROOT / TEMPLATES).rglob("*.html")):
        table["djlint"] = [str(programs / "djlint"), TEMPLATES, "--lint", "--quiet"]
        table["djlint format"] = [str(programs / "djlint"), TEMPLATES, "--check", "--quiet"]
    return table


def lint() -> int:
    """Run the linters, two at a time; print each with ok or fails, and what the failing ones said."""
    with tempfile.TemporaryDirectory() as home, ThreadPoolExecutor(max_workers=2) as pool:
        # mypy's Django plugin reads the settings, which must not leave a secret in the person's own data folder.
        given = {**os.environ, "VEDETTE_HOME": home, "PYTHONPATH": str(ROOT / "src")}
        given |= {"VEDETTE_SECRET": "for the linters only", "DJANGO_SETTINGS_MODULE": "vedette.config.settings"}
        outcomes = list(pool.map(lambda pair: _one(pair[0], pair[1], given), commands().items()))
    for outcome in outcomes:
        if not outcome.passed:
            print(f"\n--- {outcome.name} ---\n{outcome.said.strip()}")
    print()
    for outcome in outcomes:
        print(f"{outcome.name:<14} {'ok' if outcome.passed else 'fails':<6} {outcome.seconds:5.1f} s")
    return 0 if all(outcome.passed for outcome in outcomes) else 1


def _one(name: str, command: list[str], given: dict[str, str]) -> Outcome:
    """Run one linter; one that is not installed fails."""
    began = time.monotonic()
    try:
        done = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=False)  # noqa: S603
    except FileNotFoundError:
        return Outcome(name, False, 0.0, f"{command[0]} is not installed")
    return Outcome(name, done.returncode == 0, time.monotonic() - began, done.stdout + done.stderr)
