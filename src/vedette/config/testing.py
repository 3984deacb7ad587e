"""`vedette test [TIER ...] [PYTEST OPTIONS]`: the tests, in tiers, against a throw-away database."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from vedette.config import environment
from vedette.config.postgres import external
from vedette.config.postgres.cluster import Cluster
from vedette.config.postgres.errors import DatabaseUnavailable

ROOT = Path(__file__).resolve().parents[3]
CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
NO_TESTS = 5
IN_A_BROWSER = ("browser", "look", "field")


@dataclass(frozen=True)
class Tier:
    """A set of tests: which markers it takes, how many run side by side, and how long it may take on two cores."""

    marks: str
    side_by_side: int
    seconds: int


TIERS = {
    "fast": Tier("not browser and not fault and not peer and not whole and not page", 2, 120),
    "pages": Tier("page and not browser and not fault and not peer and not whole", 2, 120),
    "whole": Tier("whole and not browser and not fault and not peer", 2, 120),
    "browser": Tier("browser and not phone and not look", 2, 240),
    "look": Tier("browser and look and not phone", 2, 240),
    "field": Tier("browser and phone", 2, 240),
    "faults": Tier("fault and not browser", 2, 300),
    "peers": Tier("peer and not fault and not browser", 1, 120),
}


@dataclass(frozen=True)
class Count:
    """What became of the tests of one tier."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def run(argv: list[str]) -> int:
    """Run the named tiers (all when none is named); other arguments go to pytest."""
    if argv and argv[0] in {"-h", "--help"}:
        print(f"usage: vedette test [{' | '.join(TIERS)}] [PYTEST OPTIONS]\n\n{__doc__}")
        return 0
    named = [word for word in argv if word in TIERS]
    options = [word for word in argv if word not in TIERS]
    try:
        with throwaway_database() as settings:
            return _run_tiers(named or list(TIERS), options, settings)
    except DatabaseUnavailable as refusal:
        print(refusal, file=sys.stderr)
        return 1


@contextmanager
def throwaway_database(*, lasting: bool = False) -> Iterator[dict[str, str]]:
    """A database that is gone afterwards: of an embedded server of its own, or beside the one that is named.

    `lasting` keeps the settings that make commits durable, which tests go without and measurements must not.
    """
    # Not in the home folder, and open to pass through: as root the server runs as another account.
    folder = Path(tempfile.mkdtemp(prefix="vedette-test-", dir="/tmp"))
    folder.chmod(0o711)
    home = folder / "home"
    home.mkdir(mode=0o711)
    cluster = Cluster(home, throwaway=not lasting)
    try:
        if environment.read("VEDETTE_DATABASE_URL"):
            owner, app = external.database_urls(external.THROWAWAY, home)
        else:
            running = cluster.start()
            cluster.ensure_database("vedette")
            owner, app = running.owner_url("vedette"), running.app_url("vedette")
        yield {"VEDETTE_HOME": str(home), "VEDETTE_DB": app, "VEDETTE_DB_OWNER": owner}
    finally:
        if environment.read("VEDETTE_DATABASE_URL"):
            external.drop_throwaway()
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _run_tiers(names: list[str], options: list[str], settings: Mapping[str, str]) -> int:
    """One pytest run a tier, then one line a tier and the sum."""
    began = time.monotonic()
    given = _prepared(_environment(settings))
    lines, total, ended = [f"set-up   {time.monotonic() - began:6.1f} s"], Count(), 0
    for name in names:
        began = time.monotonic()
        if name in IN_A_BROWSER and not chromium():
            count, code = Count(skipped=_say_skipped(name, options, given)), 0
        else:
            count, code = _run_tier(name, options, given, Path(settings["VEDETTE_HOME"]))
        total, ended = total + count, ended or code
        lines.append(f"{name:<8} {time.monotonic() - began:6.1f} s (bar {TIERS[name].seconds} s)  {count}")
    print("\n" + "\n".join(lines) + f"\n\n{total}")
    return ended


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Tests run as the owner, who may make the test database, and never see the settings of the person's own house."""
    given = {name: value for name, value in os.environ.items() if not name.startswith("VEDETTE_")}
    for name in ("VEDETTE_POSTGRES_BIN", "VEDETTE_POSTGRES_USER", "VEDETTE_VENV"):
        if name in os.environ:
            given[name] = os.environ[name]
    given |= {**settings, "VEDETTE_AS_OWNER": "1", "DJANGO_SETTINGS_MODULE": "vedette.config.settings"}
    if given.pop("PYTHONDONTWRITEBYTECODE", ""):
        # Nothing is written beside the code, as asked; but what many processes import is compiled once.
        given["PYTHONPYCACHEPREFIX"] = str(Path(settings["VEDETTE_HOME"]) / "compiled")
    return given | {"OPENBLAS_NUM_THREADS": "1"}


def _prepared(given: dict[str, str]) -> dict[str, str]:
    """The given database gets its tables, which each process copies (conftest.py); meanwhile the tests are compiled."""
    compiling = [sys.executable, "-m", "pytest", "--collect-only", "-qq", "-p", "no:cacheprovider"]
    migrating = [sys.executable, "-m", "django", "migrate", "--no-input", "--verbosity", "0"]
    # What is wrong with a test is said where it runs.
    nowhere = subprocess.DEVNULL
    with subprocess.Popen(compiling, cwd=ROOT, env=given, stdout=nowhere, stderr=nowhere):  # noqa: S603
        migrated = subprocess.run(migrating, cwd=ROOT, env=given, check=False)  # noqa: S603
    # What a migration says stands above; without tables to copy, each process migrates, and says it again as a failure.
    return given if migrated.returncode else {**given, "VEDETTE_TEST_TEMPLATE": given["VEDETTE_DB_OWNER"]}


def _run_tier(name: str, options: list[str], given: Mapping[str, str], home: Path) -> tuple[Count, int]:
    """One tier; its counts are read from pytest's own report. No test at all is no failure."""
    tier, report = TIERS[name], home / f"{name}.xml"
    print(f"\n--- {name} ---", flush=True)
    command = [sys.executable, "-m", "pytest", "-m", tier.marks, f"--junitxml={report}", "-p", "no:cacheprovider", "-q"]
    if tier.side_by_side > 1 and not any(word.startswith("-n") or word == "--pdb" for word in options):
        command += ["-n", str(tier.side_by_side), "--dist", "loadfile", "--no-loadscope-reorder"]
    code = subprocess.run([*command, *options], cwd=ROOT, env=dict(given), check=False).returncode  # noqa: S603
    count = read_report(report)
    if code == NO_TESTS:
        return count, 0
    if code != 0 and count.failed == 0:
        count += Count(failed=1)  # pytest itself broke off: that is never a pass
    return count, code


def read_report(report: Path) -> Count:
    """The counts in a JUnit report; errors count as failures."""
    if not report.exists():
        return Count()
    suites = list(ElementTree.parse(report).getroot().iter("testsuite"))  # noqa: S314 - written by our own pytest

    def total(name: str) -> int:
        return sum(int(suite.get(name, "0")) for suite in suites)

    failed, skipped = total("failures") + total("errors"), total("skipped")
    return Count(total("tests") - failed - skipped, failed, skipped)


def chromium() -> str:
    """The browser for the browser tests: the one that is there, else Debian's when root can install it, else empty."""
    found = next((path for path in CHROMIUM if os.access(path, os.X_OK)), "")
    if found or os.geteuid() != 0 or not shutil.which("apt-get"):
        return found
    print("installing Chromium for the browser tests", flush=True)
    for words in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        subprocess.run(["apt-get", *words], capture_output=True, check=False)  # noqa: S603, S607
    return next((path for path in CHROMIUM if os.access(path, os.X_OK)), "")


def _say_skipped(tier: str, options: list[str], given: Mapping[str, str]) -> int:
    """Name the tests of a tier in a browser that cannot run on this machine; how many they are."""
    command = [sys.executable, "-m", "pytest", "-m", TIERS[tier].marks, "--collect-only", "-q", *options]
    done = subprocess.run(command, cwd=ROOT, env=dict(given), capture_output=True, text=True, check=False)  # noqa: S603
    names = [line for line in done.stdout.splitlines() if "::" in line]
    print(f"\n--- {tier} ---\nNo Chromium on this machine, so {len(names)} browser tests are skipped:")
    print("\n".join(f"  {name}" for name in names))
    return len(names)
