"""B5: a flash to 20,000 recipients: sign_release until every delivery row is committed and its event queued.

Floors: the same rows (access, delivery, clock; one event) written bare into the same tables by bulk_create of instances
made beforehand, and by COPY. Beside them: how long the longest transaction of signing, sending and recalling was.
"""

import datetime
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1] / "src")]

from _house import database, flash, option, seats, set_up  # noqa: E402
from _lines import Figure, show  # noqa: E402

BAR, LONGEST = 0.5, 1.0
# What Django writes quickest at a time.
BATCH = 500


def home_seats(many: int) -> list[Any]:
    """So many seats of our own, each an address."""
    from vedette.agencies.models import Person, Seat
    from vedette.agencies.queries import home_agency
    from vedette.kit.time import now
    from vedette.sharing.actions.drafting import Address

    moment, home = now(), home_agency()
    people = [Person(username=f"b5-{n}", label=f"Officer {n}", made_at=moment) for n in range(many)]
    Person.objects.bulk_create(people, batch_size=BATCH)
    rows = [Seat(person=one, agency=home, label=one.label, roles=["investigator"], since=moment) for one in people]
    Seat.objects.bulk_create(rows, batch_size=BATCH)
    return [Address(seat=row.id) for row in rows]


def members(many: int) -> list[Any]:
    """So many members of a private-security network, each with an agreement that lets our reports be shared."""
    from vedette.agencies.models import Agency
    from vedette.kit.time import now
    from vedette.programme.models import Agreement, Clause
    from vedette.sharing.actions.drafting import Address

    moment = now()
    day = moment.date() - datetime.timedelta(days=30)
    agencies = [Agency(key=f"b5-{n}", name=f"Member {n}", kind="private", zone="UTC") for n in range(many)]
    Agency.objects.bulk_create(agencies, batch_size=BATCH)
    letters = [
        Agreement(key=f"b5-{n}", title=f"Letter {n}", partner=one, kind="sharing", signed=day)
        for n, one in enumerate(agencies)
    ]
    Agreement.objects.bulk_create(letters, batch_size=BATCH)
    said = {"number": 1, "text": "Advice is shared.", "gate": "share", "effect": "allows", "up_to": "AMBER"}
    Clause.objects.bulk_create([Clause(agreement=one, since=moment, **said) for one in letters], batch_size=BATCH)
    return [Address(agency=row.id) for row in agencies]


@contextmanager
def transactions() -> Iterator[list[float]]:
    """How long each outermost transaction lasts, in seconds."""
    from django.db import connection
    from django.db.transaction import Atomic

    lengths: list[float] = []
    begun: list[float] = []
    enter, leave = Atomic.__enter__, Atomic.__exit__

    def begin(self: Any) -> None:
        if not connection.in_atomic_block:
            begun.append(time.perf_counter())
        enter(self)

    def end(self: Any, *error: Any) -> None:
        leave(self, *error)
        if not connection.in_atomic_block:
            lengths.append(time.perf_counter() - begun.pop())

    with patch.object(Atomic, "__enter__", begin), patch.object(Atomic, "__exit__", end):
        yield lengths


def send(by: Any, release: Any) -> None:
    """What is measured: sign, then the loop of the house until nothing is on its way."""
    from vedette.sharing.actions import sign_release

    sign_release(by, release=release)
    drain()


def drain() -> None:
    """Run the loop of the house until nothing is on its way."""
    from vedette.sharing.actions import send_waiting

    while send_waiting():
        pass


def rows_of(release: Any) -> list[list[Any]]:
    """The rows that sending this release writes, as instances."""
    from vedette.alerts.actions.clocks import step_at
    from vedette.alerts.actions.duties import ladder_in_force
    from vedette.alerts.models import Clock
    from vedette.handling.models import Addressee
    from vedette.kit.time import now
    from vedette.live.models import Event
    from vedette.sharing.models import Delivery, Recipient

    moment, ladder = now(), ladder_in_force("orders" if release.inside else "silence")
    due = moment + datetime.timedelta(minutes=15)
    access, deliveries, clocks = [], [], []
    for row in Recipient.objects.as_house("floor").filter(release=release):
        to = {"agency_id": row.agency_id, "unit_id": row.unit_id, "seat_id": row.seat_id}
        access.append(Addressee(sheet_id=release.pk, since=moment, **to))
        deliveries.append(Delivery(release_id=release.pk, recipient_id=row.id, delivered_at=moment, due_at=due))
        same = {"sheet_id": release.pk, "kind": "release", "subject": deliveries[-1].id, "ladder_id": ladder.id}
        clocks.append(Clock(**same, **to, started_at=moment, due_at=due, next_at=step_at(ladder, 0, due)))
    return [access, deliveries, clocks, [Event(kind="release.signed", ids=[release.pk], at=moment)]]


def write_bare(tables: list[list[Any]]) -> None:
    """Floor: bulk_create."""
    from django.db import transaction

    with transaction.atomic():
        for rows in tables:
            type(rows[0]).objects.bulk_create(rows, batch_size=BATCH)


def copy_bare(tables: list[list[Any]]) -> None:
    """Floor: COPY."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        for rows in tables:
            fields = [field for field in rows[0]._meta.concrete_fields if field.attname != "seq"]
            names = ", ".join(field.column for field in fields)
            lines = [
                [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] for row in rows
            ]
            with cursor.copy(f"COPY {rows[0]._meta.db_table} ({names}) FROM STDIN") as copy:
                for line in lines:
                    copy.write_row(line)


def timed(work: Callable[..., None], *given: Any) -> float:
    """Seconds."""
    began = time.perf_counter()
    work(*given)
    return time.perf_counter() - began


def measure(name: str, addresses: list[Any], by: Any, draft: Callable[[list[Any]], Any], rounds: int) -> list[Figure]:
    """One kind of recipient: ours and both floors in turn, so many times."""
    from vedette.sharing.actions import recall_release
    from vedette.sharing.models import Delivery, Release

    def drafted() -> Any:
        return Release.objects.as_house("bench").select_related("sheet").get(pk=draft(addresses).pk)

    ours, theirs, copies, longest, recalls = [], [], [], [], []
    for _ in range(rounds):
        tables = rows_of(drafted())
        theirs.append(timed(write_bare, tables))
        tables = rows_of(drafted())
        copies.append(timed(copy_bare, tables))
        with transactions() as lengths:
            release = drafted()
            ours.append(timed(send, by, release))
        longest.append(max(lengths))
        done = Delivery.objects.as_house("bench").filter(release=release).count()
        if done != len(addresses):
            raise SystemExit(f"B5: {done} deliveries of {len(addresses)}.")
        with transactions() as lengths:
            recall_release(by, release=Release.objects.as_house("bench").get(pk=release.pk), because="bench")
            drain()
        recalls.append(max(lengths))
    many, middle = len(addresses), statistics.median
    print(
        f"   {name}: COPY alone {many / middle(copies):,.0f} a second, {middle(ours) / middle(copies):.2f} of its time"
    )
    return [
        Figure(
            f"B5 sent to {many:,} {name}", many / middle(ours), many / middle(theirs),
            middle(theirs) / middle(ours), BAR, at_least=True, unit="/s",
        ),
        Figure(f"B5 longest transaction, {name}", middle(longest), LONGEST, middle(longest) / LONGEST, 1.0, unit=" s"),
        Figure(f"B5 recall from {name}", middle(recalls), LONGEST, middle(recalls) / LONGEST, 1.0, unit=" s"),
    ]  # fmt: skip


def main() -> int:
    """Measure and print; 0 when every figure reached its bar."""
    many, rounds = int(option("recipients", 20_000)), int(option("rounds", 3))
    with database():
        set_up()
        from dataclasses import replace

        from vedette.incidents.actions import open_incident
        from vedette.kit.time import real_now
        from vedette.reporting.actions import file_report
        from vedette.sharing.actions import draft_release

        by = replace(seats("releasing")[0], proved_at=real_now() + datetime.timedelta(hours=1))
        incident = open_incident(seats("watch")[0], report=file_report(seats("officer")[0], flash(1)))

        def draft(version: str) -> Callable[[list[Any]], Any]:
            return lambda to: draft_release(by, incident=incident, version=version, recipients=to)

        figures = measure("seats of our own", home_seats(many), by, draft("bulletin"), rounds)
        # Each partner has an agreement of its own, which the pre-flight reads within the signing.
        figures += measure("partners", members(many // 10), by, draft("sector"), rounds)
    return show(figures)


if __name__ == "__main__":
    sys.exit(main())
