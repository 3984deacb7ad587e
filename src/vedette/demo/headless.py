"""`vedette demo --headless`: runs whole chronologies as fast as it can through the doors a user has, and holds them to
what the product promises. Exit 0 only when every promise holds; docs/headless.md documents the JSON."""

import argparse
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from vedette.config.postgres.running import running_database
from vedette.config.processes import end_with_parent
from vedette.config.serve import ServeRefused, answers, child_environment, server_command
from vedette.demo.checks import Outcome, check_all
from vedette.demo.command import alone, fresh_database
from vedette.demo.feed import Chronology, chronologies, read_chronology
from vedette.demo.people import Cast
from vedette.demo.play import Play

READY_WITHIN = 60.0
CALM_SPEED = 0.000001


def run_headless(options: argparse.Namespace) -> int:
    """Run the chosen chronologies (all by default) one after the other; 0 when all of them held."""
    names = [options.chronology] if options.chronology else chronologies(options.data)
    console = Console(stderr=True)
    outcomes: dict[str, Outcome] = {}
    began = time.monotonic()
    with alone(), running_database("demo") as settings:
        for name in names:
            chronology = read_chronology(name, options.data)
            outcomes[name] = run_one(settings, chronology, options, console)
    held = all(outcome.held for outcome in outcomes.values())
    _print(outcomes, held, time.monotonic() - began, as_json=options.json)
    return 0 if held else 1


def run_one(
    settings: Mapping[str, str], chronology: Chronology, options: argparse.Namespace, console: Console
) -> Outcome:
    """One chronology on a fresh database and a server of its own."""
    began = time.monotonic()
    # The clock stands between messages: only the player moves it.
    fresh_database(settings, chronology.name, options.data, CALM_SPEED, paused=True)
    with server(settings) as address:
        play = Play(Cast(address, chronology.home), chronology)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=console) as progress:
            task = progress.add_task(chronology.name, total=len(chronology.messages))
            play.run(lambda: progress.advance(task))
        verified = verify()
        outcome = check_all(play, verified, options.data)
    outcome.wall_seconds = round(time.monotonic() - began, 1)
    return outcome


@contextmanager
def server(settings: Mapping[str, str]) -> Iterator[str]:
    """The product's own server on a free port of this machine, while the block lasts."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    given = {**child_environment(settings), "VEDETTE_PUBLIC_URL": address}
    process = subprocess.Popen(  # noqa: S603
        server_command("127.0.0.1", port),
        env=given,
        stdout=sys.stderr,  # what the server says must not stand in the JSON
        start_new_session=True,
        preexec_fn=end_with_parent,  # noqa: PLW1509
    )
    try:
        until = time.monotonic() + READY_WITHIN
        while not answers(address):
            if process.poll() is not None or time.monotonic() > until:
                raise ServeRefused("The server of the demonstration did not start; what it said stands above.")
            time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(15)


def verify() -> int:
    """The exit code of `vedette verify` on the demonstration's database."""
    command = [sys.executable, "-m", "vedette.cli", "verify", "--kind", "demo"]
    return subprocess.run(command, capture_output=True, check=False).returncode  # noqa: S603


def _print(outcomes: dict[str, Outcome], held: bool, wall: float, *, as_json: bool) -> None:
    if as_json:
        body: dict[str, Any] = {name: outcome.as_json() for name, outcome in outcomes.items()}
        print(json.dumps(body, indent=1))
    else:
        for name, outcome in outcomes.items():
            print(f"{name}: {'held' if outcome.held else 'NOT HELD'} in {outcome.wall_seconds} s")
            for promise in outcome.promises:
                print(f"  {'ok  ' if promise.held else 'FAIL'} {promise.name}: {promise.says}")
    print(
        f"{len(outcomes)} chronologies, {'all held' if held else 'not all held'}, wall time {wall:.1f} s",
        file=sys.stderr,
    )
