"""`vedette COMMAND`: finds the module of a command, imports only that one, and runs it."""

import importlib
import importlib.util
import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    """A command: the module whose `run(argv)` (or another function) does it, and its sentence in the help."""

    module: str
    meaning: str
    function: str = "run"


COMMANDS = {
    "demo": Command("vedette.demo.command", "Show the product with an invented department and real public history."),
    "serve": Command("vedette.config.serve", "Serve this installation until Ctrl-C."),
    "test": Command(
        "vedette.config.testing", "Run the tests: all, or fast, pages, whole, browser, look, field, faults, peers."
    ),
    "bench": Command(
        "vedette.config.benching", "Measure the bars, all or the named ones, beside their floors and peers."
    ),
    "check": Command("vedette.config.checking", "Run the linters; with --deployment, look over this installation."),
    "db": Command(
        "vedette.config.postgres.command", "The database by itself: start, stop, status, url, migrate, scrub, shell."
    ),
    "backup": Command("vedette.config.backup", "Write one file that holds the database and the stored files."),
    "restore": Command("vedette.config.backup", "Bring a backup back.", "run_restore"),
    "verify": Command("vedette.config.verify_command", "Prove that no audit entry was altered."),
    "user": Command("vedette.config.user_command", "Set up, add people and seats, unlock a sign-in."),
    "key": Command("vedette.config.keys_command", "Export, rotate and check the keys."),
}


def available() -> dict[str, Command]:
    """The commands whose module is there."""
    return {name: command for name, command in COMMANDS.items() if _exists(command.module)}


def _exists(module: str) -> bool:
    """True when a module can be imported; asks for its parents first, which `find_spec` would import in vain."""
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def help_text() -> str:
    """One line a command."""
    lines = [f"  {name:<8} {command.meaning}" for name, command in available().items()]
    return "\n".join(["usage: vedette COMMAND [OPTIONS]", "", *lines, "", "vedette COMMAND --help says more."])


def main(argv: list[str] | None = None) -> int:
    """Run one command; an unknown one is answered with the list."""
    arguments = sys.argv[1:] if argv is None else argv
    if not arguments or arguments[0] in {"help", "-h", "--help"}:
        print(help_text())
        return 0
    if arguments[0] in {"version", "--version"}:
        from importlib.metadata import PackageNotFoundError, version

        try:
            print(version("vedette"))
        except PackageNotFoundError:
            print("0.1.0")
        return 0
    command = available().get(arguments[0])
    if command is None:
        print(f"There is no command {arguments[0]!r}.\n\n{help_text()}", file=sys.stderr)
        return 2
    try:
        return int(getattr(importlib.import_module(command.module), command.function)(arguments[1:]))
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
