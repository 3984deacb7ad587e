"""The clocks of deliveries: one a delivery, begun in batches, met by an acknowledgement, stopped by a recall."""

import datetime
import uuid
from collections.abc import Iterable, Sequence

from vedette.alerts.actions import acknowledge_clock
from vedette.alerts.actions.clocks import step_at
from vedette.alerts.actions.duties import ladder_in_force
from vedette.alerts.models import Clock
from vedette.kit.copying import copy_rows
from vedette.kit.ids import new_id
from vedette.kit.time import now
from vedette.sharing.models import Delivery

RELEASE, RECALL = "release", "recall"
# A delivery and whom it names: an agency, one of our units, or a seat.
Whom = tuple[uuid.UUID, uuid.UUID | None, uuid.UUID | None, uuid.UUID | None]


def start_clocks(sheet: uuid.UUID, kind: str, whom: Iterable[Whom], due: datetime.datetime, ladder_key: str) -> None:
    """Part of a verb: what `start_clock` does, for many deliveries at once; none of them has one of this kind yet."""
    ladder = ladder_in_force(ladder_key)
    same = {
        "sheet_id": sheet,
        "kind": kind,
        "ladder_id": ladder.id,
        "started_at": now(),
        "due_at": due,
        "next_at": step_at(ladder, 0, due),
    }
    columns = ("id", "subject", "agency_id", "unit_id", "seat_id")
    copy_rows(Clock, same, columns, ((new_id(), *row) for row in whom))


def meet(delivery: Delivery, kind: str, seat: uuid.UUID) -> None:
    """Part of a verb: the recipient has answered."""
    acknowledge_clock(delivery.id, kind, seat)


def stop_all(deliveries: Sequence[uuid.UUID], because: str) -> None:
    """Part of a verb: nothing is due of these any more, whether an acknowledgement or a note."""
    running = Clock.objects.as_house("a recall ends the clocks of what it recalls").filter(
        subject__in=deliveries, state=Clock.State.RUNNING
    )
    running.update(state=Clock.State.STOPPED, next_at=None, stopped_at=now(), stopped_because=because[:300])


def ask_to_take_note(sheet: uuid.UUID, reached: Sequence[Whom], *, inside: bool) -> None:
    """Part of a verb: these are asked to say that they took note; who has been asked already goes on being asked."""
    rows = Clock.objects.as_house("one clock of a kind runs for a delivery")
    running = rows.filter(subject__in=[row[0] for row in reached], kind=RECALL, state=Clock.State.RUNNING)
    asked = set(running.values_list("subject", flat=True))
    ladder_key = "orders" if inside else "silence"
    due = now() + datetime.timedelta(minutes=ladder_in_force(ladder_key).minutes)
    start_clocks(sheet, RECALL, [row for row in reached if row[0] not in asked], due, ladder_key)
