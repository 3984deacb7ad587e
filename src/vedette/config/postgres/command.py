"""`vedette db start|stop|status|url|migrate|scrub|shell`: the database by itself."""

import argparse
import os
import signal
import subprocess
import sys
import threading

from vedette.config import environment
from vedette.config.postgres.cluster import account_for, stop_server
from vedette.config.postgres.errors import DatabaseUnavailable
from vedette.config.postgres.files import lay_out, server_process
from vedette.config.postgres.running import KINDS, home_for, running_database

VERBS = {
    "start": "start the database and keep it up until Ctrl-C",
    "stop": "stop the embedded database, whoever uses it",
    "status": "say whether it runs, and where its data is",
    "url": "print the owner's address of the database, for other tools",
    "migrate": "bring the tables up to date",
    "scrub": "after a purge: write the purged tables anew, so that no old version of a row is left in their files",
    "shell": "open psql as the owner",
}


def run(argv: list[str]) -> int:
    """Do one of the verbs, for the installation or for the demonstration."""
    parser = argparse.ArgumentParser(prog="vedette db", description="The database by itself.")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name, meaning in VERBS.items():
        verb = verbs.add_parser(name, help=meaning, description=meaning)
        verb.add_argument("--kind", choices=KINDS, default="real", help="the installation (real) or the demonstration")
    options, rest = parser.parse_known_args(argv)
    if rest and options.verb != "shell":
        parser.error(f"unknown: {' '.join(rest)}")
    try:
        if options.verb == "stop":
            return _stop(options.kind)
        if options.verb == "status":
            return _status(options.kind)
        with running_database(options.kind) as settings:
            return _while_running(options.verb, options.kind, settings, rest)
    except DatabaseUnavailable as refusal:
        print(refusal, file=sys.stderr)
        return 1


def _while_running(verb: str, kind: str, settings: dict[str, str], rest: list[str]) -> int:
    """The verbs that need the database up."""
    if verb == "url":
        print(settings["VEDETTE_DB_OWNER"])
        return 0
    if verb == "start":
        print(f"The database runs: {settings['VEDETTE_DB_OWNER']}\nCtrl-C stops it.", flush=True)
        _wait_for_signal()
        return 0
    if verb == "migrate":
        from vedette.config.serve import ServeRefused, prepare

        try:
            prepare(settings, kind)
        except ServeRefused as refusal:
            print(refusal, file=sys.stderr)
            return 1
        return 0
    if verb == "scrub":
        from vedette.config.postgres.scrubbing import scrub

        scrub(settings["VEDETTE_DB_OWNER"])
        return 0
    return _shell(settings["VEDETTE_DB_OWNER"], rest)


def _wait_for_signal() -> None:
    """Return on SIGINT, SIGTERM or SIGHUP."""
    asked = threading.Event()
    for kind in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(kind, lambda *_: asked.set())
    asked.wait()


def _shell(url: str, rest: list[str]) -> int:
    """psql of the same programs as the server, else the one on PATH."""
    from vedette.config.postgres import binaries

    program = "psql"
    if not environment.read("VEDETTE_DATABASE_URL"):
        program = binaries.find(None).program("psql")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return subprocess.run([program, url, *rest], check=False, env=dict(os.environ)).returncode  # noqa: S603
    except FileNotFoundError:
        print("psql is not installed on this machine; `vedette db url` prints the address.", file=sys.stderr)
        return 1


def _stop(kind: str) -> int:
    """Stop the embedded server; its users see it go away."""
    if environment.read("VEDETTE_DATABASE_URL"):
        print("VEDETTE_DATABASE_URL names a server that is not ours to stop.", file=sys.stderr)
        return 1
    home = home_for(kind)
    stopped = home.exists() and stop_server(lay_out(home, account_for(home)))
    print("The database is stopped." if stopped else "The database was not running.")
    return 0


def _status(kind: str) -> int:
    """0 when it runs, 3 when not (as service managers expect)."""
    if environment.read("VEDETTE_DATABASE_URL"):
        with running_database(kind):
            print("The server in VEDETTE_DATABASE_URL answers and has what Vedette needs.")
        return 0
    home = home_for(kind)
    if not home.exists():
        print(f"There is no database in {home} yet.")
        return 3
    layout = lay_out(home, account_for(home))
    found = server_process(layout)
    doing = f"runs (process {found[0]})" if found else "does not run"
    print(f"The database {doing}; its data is in {layout.data}.")
    return 0 if found else 3
