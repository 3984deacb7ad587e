"""`vedette demo`: a demonstration desk with a replayed chronology; `--headless` runs whole chronologies and checks them."""

import argparse
import datetime
import fcntl
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from vedette.config.postgres.errors import DatabaseUnavailable
from vedette.config.postgres.running import home_for, running_database
from vedette.config.secured import Secured, secured
from vedette.config.serve import ServeRefused, add_address_options, check_free, child_environment, run_server
from vedette.config.tls import CertificateProblem
from vedette.demo.desk import Desk
from vedette.demo.feed import DATA, Chronology, chronologies, read_chronology
from vedette.demo.people import Cast
from vedette.demo.player import Player

DEFAULT = "paris-2015"
PATIENCE = datetime.timedelta(minutes=2)
NOTE = "Demonstration: public events retold, invented desks and people. Not affiliated with any real agency."


def run(argv: list[str]) -> int:
    """Run the demonstration until Ctrl-C, or headless until it has been held to its promises."""
    options = _options(argv)
    try:
        if options.headless:
            from vedette.demo.headless import run_headless

            return run_headless(options)
        chronology = read_chronology(options.chronology or DEFAULT, options.data)
        check_free(options.listen, options.port)
        # Its certificate is always its own: the invented desks speak to it as localhost.
        door = secured(home_for("demo"), options.listen, asked=options.tls, given=False)
        with alone(), running_database("demo") as settings:
            fresh_database(settings, chronology.name, options.data, options.speed)
            return _serve(settings, options, chronology, door)
    except (DatabaseUnavailable, ServeRefused, CertificateProblem, FileNotFoundError) as refusal:
        print(refusal, file=sys.stderr)
        return 1


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="vedette demo", description=NOTE)
    parser.add_argument("--chronology", choices=None, metavar="NAME", help=f"one of {', '.join(chronologies())}")
    parser.add_argument("--speed", type=float, default=20.0, help="shown seconds a second (20)")
    parser.add_argument("--hands", action="store_true", help="the desk does nothing by itself: you are the desk")
    parser.add_argument(
        "--headless", action="store_true", help="run whole chronologies as fast as it can, and check them"
    )
    parser.add_argument("--json", action="store_true", help="with --headless: print the result as JSON")
    parser.add_argument(
        "--data", type=Path, default=DATA, metavar="DIR", help="another folder of chronologies and homes"
    )
    add_address_options(parser)
    return parser.parse_args(argv)


@contextmanager
def alone() -> Iterator[None]:
    """One demonstration at a time in one home: the second is told, because starting it would empty the first."""
    home = home_for("demo")
    home.mkdir(parents=True, exist_ok=True)
    with (home / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ServeRefused(
                f"Another demonstration runs in {home}: end it, or set VEDETTE_HOME to another folder."
            ) from None
        yield


def fresh_database(settings: Mapping[str, str], name: str, folder: Path, speed: float, paused: bool = False) -> None:
    """An emptied demonstration database loaded with a chronology's home side; ServeRefused with the reason otherwise."""
    command = [sys.executable, "-m", "vedette.demo.prepare", name, str(folder), str(speed), "1" if paused else "0"]
    done = subprocess.run(  # noqa: S603
        command, env=child_environment(settings, owner=True), stderr=subprocess.PIPE, text=True, check=False
    )
    if done.returncode != 0:
        raise ServeRefused((done.stderr.strip().splitlines() or ["The demonstration could not be set up."])[-1])


def _serve(
    settings: Mapping[str, str], options: argparse.Namespace, chronology: Chronology, door: Secured | None
) -> int:
    players: list[Player] = []
    if door and door.certificate.authority:
        # The people of the demonstration come by https as well, and trust what its phones trust.
        os.environ["SSL_CERT_FILE"] = str(door.certificate.authority)

    def begin(address: str) -> None:
        print(
            f"{NOTE}\nThe desk answers at {address} (Ctrl-C ends it). {chronology.title}, {len(chronology.messages)} messages."
        )
        cast = Cast(address, chronology.home)
        players.append(Player(cast, chronology, None if options.hands else Desk(cast, chronology.title, PATIENCE)))
        threading.Thread(target=players[0].run, daemon=True, name="player").start()

    try:
        return run_server(settings, options.listen, options.port, on_ready=begin, door=door)
    finally:
        for player in players:
            player.ended.set()
