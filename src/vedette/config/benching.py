"""`vedette bench [NAME ...]`: runs the files of `bench/`, one a bar, each against its floor or peer in the same run."""

import os
import subprocess
import sys
import time
from pathlib import Path

from vedette.config.postgres.errors import DatabaseUnavailable
from vedette.config.testing import throwaway_database

ROOT = Path(__file__).resolve().parents[3]
BENCH = ROOT / "bench"


def names() -> list[str]:
    """The benches there are, by file name; files that begin with an underscore are shared parts."""
    return sorted(path.stem for path in BENCH.glob("*.py") if not path.stem.startswith("_"))


def run(argv: list[str]) -> int:
    """Run the named benches, all when none is named, each in a process and with a database of its own."""
    wanted = [word for word in argv if not word.startswith("-")] or names()
    unknown = [word for word in wanted if word not in names()]
    if unknown or {"-h", "--help"} & set(argv):
        print(f"usage: vedette bench [NAME ...] [--SIZE=N ...]\n\nbenches: {', '.join(names()) or 'none yet'}")
        return 2 if unknown else 0
    try:
        options = [word for word in argv if word.startswith("--")]
        codes = [_one(name, options) for name in wanted]
    except DatabaseUnavailable as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return max(codes, default=0)


def _one(name: str, options: list[str]) -> int:
    """One bench; its exit code says whether it could measure, its lines say whether it reached the bar."""
    began = time.monotonic()
    with throwaway_database(lasting=True) as settings:
        given = {**os.environ, **settings, "VEDETTE_AS_OWNER": "1", "DJANGO_SETTINGS_MODULE": "vedette.config.settings"}
        given |= {"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
        command = [sys.executable, str(BENCH / f"{name}.py"), *options]
        code = subprocess.run(command, cwd=ROOT, env=given, check=False).returncode  # noqa: S603
    print(f"--- {name}: {time.monotonic() - began:.1f} s\n", flush=True)
    return code
