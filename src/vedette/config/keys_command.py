"""`vedette key show|export|import|rotate`: the keys of this installation."""

import argparse
import sys
from pathlib import Path

from vedette.agencies import keyfile
from vedette.agencies.keyfile import KeyProblem
from vedette.config import environment
from vedette.config.inside import inside
from vedette.config.postgres.errors import DatabaseUnavailable
from vedette.config.postgres.running import KINDS, home_for

PURPOSES = ("signing", "checkpoint")
VERBS = {
    "show": "list the agency's keys, and say whether the master key opens them",
    "export": "print a paper copy of the master key, to be kept in a safe",
    "import": "bring the master key back from its paper copy (typed, or from a file)",
    "rotate": "replace a signing key; the old public key stays published",
}


def run(argv: list[str]) -> int:
    """Do one of the verbs; a problem is one sentence and 1."""
    options = _options(argv)
    try:
        verb = {"show": _show, "export": _export, "import": _import, "rotate": _rotate}[options.verb]
        return verb(options)
    except (KeyProblem, DatabaseUnavailable) as problem:
        print(problem, file=sys.stderr)
        return 1


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="vedette key", description="The keys of this installation.")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name, meaning in VERBS.items():
        verb = verbs.add_parser(name, help=meaning, description=meaning)
        verb.add_argument("--kind", choices=KINDS, default="real", help="the installation (real) or the demonstration")
        if name == "import":
            verb.add_argument("file", nargs="?", help="a file with the paper copy; else it is typed")
        if name == "rotate":
            verb.add_argument("purpose", choices=PURPOSES, nargs="?", default="signing")
            verb.add_argument("--because", default="", help="the reason, for the audit log")
            verb.add_argument(
                "--abandon", action="store_true", help="the master key is lost: start new keys under a new one"
            )
    return parser.parse_args(argv)


def _path(kind: str) -> Path:
    """Where the master key of this kind lies; the demonstration has its own."""
    return environment.key_file() if kind == "real" else home_for(kind) / "vedette.key"


def _export(options: argparse.Namespace) -> int:
    key = keyfile.read_key(_path(options.kind))
    print("The master key of this Vedette. Keep it in a safe, away from every backup.")
    print("Whoever holds it and a backup can sign in the agency's name and open its files.\n")
    print(keyfile.paper_copy(key))
    print("\nBring it back with: vedette key import")
    return 0


def _import(options: argparse.Namespace) -> int:
    path = _path(options.kind)
    if path.exists():
        print(f"There is a master key at {path} already: move it away first.", file=sys.stderr)
        return 1
    key = keyfile.from_paper(_typed(options.file))
    keyfile.make_key(path, key)
    print(f"The master key {keyfile.mark(key)} is back at {path}.")
    return 0


def _typed(name: str | None) -> str:
    """The paper copy from a file, or typed line by line up to the last."""
    if name:
        try:
            with open(name, encoding="utf-8") as file:
                return file.read()
        except (OSError, UnicodeDecodeError) as problem:
            raise KeyProblem(f"The file {name} cannot be read ({type(problem).__name__}).") from problem
    if sys.stdin.isatty():
        print("Type the paper copy line by line, the line that begins with “whole” last.")
    lines: list[str] = []
    for line in sys.stdin:
        lines.append(line)
        if line.strip().lower().startswith("whole"):
            break
    return "\n".join(lines)


def _show(options: argparse.Namespace) -> int:
    with inside(options.kind):
        from vedette.agencies.keys import every_key, log_keys, master_key, private_half

        rows = every_key()
        if not rows:
            print("There are no keys yet; they are made when they are first needed.")
            return 0
        print(f"master key {keyfile.mark(master_key())} at {_path(options.kind)}")
        for row in rows:
            until = f"until {row.until:%Y-%m-%d %H:%M} UTC" if row.until else "in force"
            private_half(row)
            print(f"{row.purpose:<10} {row.kid}  since {row.since:%Y-%m-%d %H:%M} UTC, {until}")
        print("\nThe log's public keys, for `vedette verify BUNDLE --key`:")
        print("\n".join(f"  {key.text()}" for key in log_keys()))
    return 0


def _rotate(options: argparse.Namespace) -> int:
    with inside(options.kind):
        from vedette.agencies.keys import abandon_keys, rotate_at_the_machine

        abandon, because = options.abandon, options.because
        for key in abandon_keys(because) if abandon else [rotate_at_the_machine(options.purpose, because)]:
            print(f"{key.purpose}: {key.kid} is in force; the key before it stays published.")
    return 0
