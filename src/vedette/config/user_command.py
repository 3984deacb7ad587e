"""`vedette user ...`: the database up and brought up to date, then what `agencies.command` does."""

import os
import sys
from importlib import import_module

from vedette.agencies.keyfile import KeyProblem
from vedette.config.inside import inside
from vedette.config.postgres.errors import DatabaseUnavailable
from vedette.config.postgres.running import running_database
from vedette.config.serve import DEFAULT_PORT, ServeRefused, prepare


def run(argv: list[str]) -> int:
    """Do one of the verbs; on a new machine the tables are made first."""
    port = os.environ.get("VEDETTE_PORT", "")
    # Without an address of its own the link names this machine, and by name: passkeys need one.
    os.environ.setdefault("VEDETTE_PUBLIC_URL", f"http://localhost:{port if port.isdigit() else DEFAULT_PORT}")
    try:
        if argv[:1] == ["setup"] and "--help" not in argv and "-h" not in argv:
            with running_database() as settings:
                prepare(settings, "real")
        with inside(_kind(argv)):
            command = import_module("vedette.agencies.command")
            return int(command.run(command.options_of(argv)))
    except (KeyProblem, DatabaseUnavailable, ServeRefused) as problem:
        print(problem, file=sys.stderr)
        return 1


def _kind(argv: list[str]) -> str:
    return "demo" if "--kind=demo" in argv or ("--kind" in argv and "demo" in argv) else "real"
