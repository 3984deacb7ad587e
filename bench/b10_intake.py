"""B10: intake: file_report through the JSON door, 8 clients; floor: the same rows in one transaction by the ORM, 8 clients."""

import asyncio
import datetime
import json
import multiprocessing
import re
import sys
import time
import uuid
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1] / "src")]

from _house import Line, cookie_of, database, option, ready, seats, server, set_up, throughput  # noqa: E402
from _lines import Figure, alternate, ratio_and_control, show  # noqa: E402

CLIENTS, BAR = 8, 0.25
TEXT = "Two men left the station on foot towards the river; the host police hold the north exit. Nobody was hurt there."


def body(_place: int) -> tuple[str, str, bytes]:
    """One request that files a fresh report."""
    moment = datetime.datetime.now(datetime.UTC).isoformat()
    said = {"client_id": str(uuid.uuid4()), "kind": "spot", "text": TEXT, "observed_t": moment, "source_ref": "host"}
    return "POST", "/api/v1/reports", json.dumps(said).encode()


def rows_of_one() -> list[Any]:
    """Every row that one report leaves behind, in the order it was written: what the floor writes anew."""
    from django.apps import apps
    from django.db import connection

    from vedette.reporting.actions import file_report
    from vedette.reporting.drafts import ReportDraft

    officer = seats("officer")[0]
    written: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        # A counter is raised, not added to: it is no row of the report's own.
        found = re.search(r'INSERT INTO "?(\w+)', sql)
        if found and found[1] != "handling_referencecounter":
            written.append(found[1])
        return execute(sql, params, many, context)

    file_report(
        officer, ReportDraft(uuid.uuid4(), "spot", TEXT, datetime.datetime.now(datetime.UTC), source_label="host")
    )
    with connection.execute_wrapper(note):
        moment = datetime.datetime.now(datetime.UTC)
        file_report(officer, ReportDraft(uuid.uuid4(), "spot", TEXT, moment, source_label="host"))
    models = {model._meta.db_table: model for model in apps.get_models()}
    print(f"   rows a report: {dict(Counter(written))}", flush=True)
    return [models[name] for name in written if name in models]


def copies(models: list[Any]) -> list[Any]:
    """The newest row of each of these tables, to be written again under new keys."""
    from django.db.models import QuerySet

    return [QuerySet(model).order_by("-pk").first() for model in models]


def anew(rows: list[Any]) -> None:
    """Write the rows again, one statement each, under fresh keys, in one transaction."""
    from django.db import transaction

    from vedette.kit.ids import new_id

    fresh: dict[uuid.UUID, uuid.UUID] = {}
    with transaction.atomic():
        for row in rows:
            for field in row._meta.concrete_fields:
                value = getattr(row, field.attname)
                if field.primary_key and not isinstance(value, uuid.UUID):
                    setattr(row, field.attname, None)
                elif field.primary_key or (isinstance(value, uuid.UUID) and (value in fresh or field.unique)):
                    setattr(row, field.attname, fresh.setdefault(value, new_id()))
                elif field.unique and isinstance(value, str):
                    setattr(row, field.attname, f"B-{uuid.uuid4().hex[:24]}")
                elif field.attname in ("seq", "xid"):
                    setattr(row, field.attname, None if field.attname == "seq" else field.get_default())
            row.save(force_insert=True)


def writer(names: list[str], pipe: Connection) -> None:
    """The floor's client: writes for as long as asked, answers how many a second."""
    ready()
    from django.apps import apps

    models = {model._meta.db_table: model for model in apps.get_models()}
    rows = copies([models[name] for name in names])
    pipe.send(None)
    while (seconds := pipe.recv()) is not None:
        count, began = 0, time.monotonic()
        while time.monotonic() - began < seconds:
            anew(rows)
            count += 1
        pipe.send(count / (time.monotonic() - began))


def main() -> int:
    """Measure and print; 0 when the figure reached its bar."""
    seconds, rounds = option("seconds", 3), int(option("rounds", 5))
    with database():
        set_up()
        names = [model._meta.db_table for model in rows_of_one()]
        cookies = [cookie_of(viewer) for viewer in seats("officer", limit=CLIENTS)]
        context = multiprocessing.get_context("spawn")
        pipes, crew = [], []
        for _ in range(CLIENTS):
            ours, theirs = context.Pipe()
            crew.append(context.Process(target=writer, args=(names, theirs), daemon=True))
            crew[-1].start()
            pipes.append(ours)
        for pipe in pipes:
            pipe.recv()

        def floor() -> float:
            for pipe in pipes:
                pipe.send(seconds)
            return float(sum(pipe.recv() for pipe in pipes))

        with server() as port:

            async def through() -> float:
                lines = [await Line(port, cookie).open() for cookie in cookies]
                try:
                    return await throughput(lines, seconds, body)
                finally:
                    for line in lines:
                        line.close()

            asyncio.run(through())
            measured = alternate(floor, lambda: asyncio.run(through()), rounds)
        for process in crew:
            process.terminate()
        ratio, control = ratio_and_control(measured)
        print(f"   control floor/floor: {control:.3f}", flush=True)
        value = sum(row[1] for row in measured) / len(measured)
        peer = sum(row[0] + row[2] for row in measured) / len(measured) / 2
        name = "B10 reports through the API, 8 clients"
        return show([Figure(name, value, peer, 1 / ratio, BAR, at_least=True, unit="/s")])


if __name__ == "__main__":
    sys.exit(main())
