"""B8: what the audit log costs: file_report without HTTP, unaudited and audited, by 1 and by 8 writers.

A B A with an A/A control; every writer is a process of its own at a post of its own, the sealer runs all the time.
"""

import contextlib
import datetime
import multiprocessing
import os
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1] / "src")]

from _lines import Figure, alternate, ratio_and_control, show  # noqa: E402

WRITERS = 8
# Short turns: what else runs on a shared machine changes within seconds and must fall on both sides.
SECONDS = float(os.environ.get("BENCH_SECONDS", "0.4"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "40"))
BARS = {1: 1.1, 8: 1.2}
TEXT = "Two men left the station on foot towards the river; the host police hold the north exit. Nobody was hurt there."


def ready() -> None:
    """Django, in this process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vedette.config.settings")
    import django

    django.setup()


def writer(number: int, pipe: Connection) -> None:
    """File reports from one post for as long as asked, audited or not; answer how many a second."""
    ready()
    from vedette.agencies.queries import viewers_of
    from vedette.programme.models import Posting
    from vedette.reporting.actions import reports
    from vedette.reporting.drafts import ReportDraft

    seats = list(Posting.objects.order_by("post__key").values_list("seat_id", flat=True))
    viewer = viewers_of(seats)[seats[number % len(seats)]]
    audited = reports.record
    pipe.send(None)
    while (asked := pipe.recv()) is not None:
        with_audit, seconds = asked
        reports.record = audited if with_audit else lambda *_, **__: None
        count, began = 0, time.monotonic()
        while (now := time.monotonic()) - began < seconds:
            moment = datetime.datetime.now(datetime.UTC)
            reports.file_report(
                viewer, ReportDraft(uuid.uuid4(), "spot", f"{count} {TEXT}", moment, source_label="host")
            )
            count += 1
        pipe.send(count / (now - began))


def sealer() -> None:
    """Seal as the jobs do, until ended."""
    ready()
    from vedette.audit.sealing import seal

    while True:
        seal()
        time.sleep(0.2)


class Crew:
    """The writers and the sealer."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipes, self.processes = [], []
        self.sealer: BaseProcess = context.Process(target=sealer, daemon=True)
        self.sealer.start()
        for number in range(WRITERS):
            ours, theirs = context.Pipe()
            process = context.Process(target=writer, args=(number, theirs), daemon=True)
            process.start()
            self.pipes.append(ours)
            self.processes.append(process)
        for pipe in self.pipes:
            pipe.recv()

    def throughput(self, writers: int, with_audit: bool, seconds: float = SECONDS) -> float:
        """Reports a second of so many writers together."""
        for pipe in self.pipes[:writers]:
            pipe.send((with_audit, seconds))
        return float(sum(pipe.recv() for pipe in self.pipes[:writers]))

    def end(self) -> None:
        """End every process."""
        for process in (*self.processes, self.sealer):
            process.terminate()
            process.join()


@contextlib.contextmanager
def database() -> Iterator[None]:
    """The database that `vedette bench` gives; started alone, a throwaway one."""
    if os.environ.get("VEDETTE_DB_OWNER"):
        yield
        return
    from vedette.config.testing import throwaway_database

    with throwaway_database(lasting=True) as settings:
        os.environ.update({**settings, "VEDETTE_AS_OWNER": "1"})
        yield


def set_up() -> None:
    """Tables, and a home side with a post for each writer."""
    import json

    ready()
    from django.core.management import call_command

    import vedette.demo
    from vedette.agencies.models import Agency
    from vedette.demo.home import load_home

    call_command("migrate", interactive=False, verbosity=0)
    if not Agency.objects.exists():
        home = json.loads((Path(vedette.demo.__file__).parent / "data" / "home-nyc.json").read_text(encoding="utf-8"))
        load_home(home, "test")


def unsealed_after(seconds: float) -> int:
    """Entries without a place so long after the last write."""
    from vedette.audit.sealing import unsealed

    time.sleep(seconds)
    return unsealed()


def main() -> int:
    """Measure and print; 0 when every figure reached its bar."""
    figures: list[Figure] = []
    with database():
        set_up()
        crew = Crew()
        try:
            crew.throughput(WRITERS, True)
            for writers, bar in BARS.items():
                rounds = alternate(_phase(crew, writers, False), _phase(crew, writers, True), ROUNDS)
                ratio, control = ratio_and_control(rounds)
                bare, full = (sum(row[place] for row in rounds) / len(rounds) for place in (0, 1))
                name = f"B8 file_report, {writers} writer{'s' if writers > 1 else ''}, audited"
                figures.append(Figure(name, full, bare, ratio, bar, unit="/s"))
                print(f"   control unaudited/unaudited, {writers}: {control:.3f}", flush=True)
                crew.throughput(writers, True)
                left = unsealed_after(2.0)
                figures.append(Figure(f"B8 unsealed 2 s after, {writers}", left, 0, left, 0))
        finally:
            crew.end()
    return show(figures)


def _phase(crew: Crew, writers: int, with_audit: bool) -> Callable[[], float]:
    return lambda: crew.throughput(writers, with_audit)


if __name__ == "__main__":
    sys.exit(main())
