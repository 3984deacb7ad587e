"""`vedette verify [BUNDLE]`: proves that no audit entry was altered, here or from a bundle without our server."""

import argparse
import sys
from pathlib import Path

from vedette.audit.command import verify_bundle, verify_log
from vedette.audit.notes import BadNote, Checkpoint, LogKey, read_checkpoint, read_key
from vedette.config.postgres.errors import DatabaseUnavailable


def run(argv: list[str]) -> int:
    """Verify; 0 when everything stands, 1 when something does not, 2 when it could not be looked at."""
    parser = argparse.ArgumentParser(prog="vedette verify", description=__doc__)
    parser.add_argument(
        "bundle", nargs="?", type=Path, help="a bundle file; without one, this installation's whole log"
    )
    parser.add_argument("--key", action="append", default=[], metavar="KEY", help="trust only this log key")
    parser.add_argument(
        "--checkpoint", action="append", default=[], type=Path, metavar="FILE", help="a checkpoint kept outside"
    )
    parser.add_argument(
        "--kind", choices=("real", "demo"), default="real", help="the installation (real) or the demonstration"
    )
    options = parser.parse_args(argv)
    try:
        trusted = [read_key(text) for text in options.key]
        held = [read_checkpoint(path.read_text(encoding="utf-8")) for path in options.checkpoint]
        if options.bundle:
            return verify_bundle(options.bundle, trusted)
        return _verify_here(options.kind, trusted, held)
    except (BadNote, DatabaseUnavailable, OSError, UnicodeDecodeError) as problem:
        print(problem, file=sys.stderr)
        return 2


def _verify_here(kind: str, trusted: list[LogKey], held: list[Checkpoint]) -> int:
    # Imported here: a bundle is verified without any database driver.
    from vedette.config.inside import inside

    with inside(kind):
        from django.db import ProgrammingError

        from vedette.agencies.keyfile import KeyProblem
        from vedette.agencies.keys import log_keys

        try:
            return verify_log(trusted or log_keys(), held)
        except (KeyProblem, ProgrammingError):
            print("There is no log yet: this installation has not been set up.", file=sys.stderr)
            return 2
