"""The clocks of deliveries: one a delivery, begun in batches, met by an acknowledgement, stopped by a recall."""

import datetime
import uuid
from collections.abc import Sequence

from vedette.alerts.actions import acknowledge_clock
from vedette.alerts.actions.clocks import step_at
from vedette.alerts.actions.duties import ladder_in_force
from vedette.alerts.models import Clock
from vedette.handling.models import Sheet
from vedette.kit.time import now
from vedette.sharing.models import Delivery

BATCH = 2000
RELEASE, RECALL = "release", "recall"


def start_clocks(
    sheet: Sheet, kind: str, deliveries: Sequence[Delivery], due: datetime.datetime, ladder_key: str
) -> None:
    """Part of a verb: what `start_clock` does, for many deliveries at once; none of them has one of this kind yet."""
    moment, ladder = now(), ladder_in_force(ladder_key)
    rows = [
        Clock(
            sheet=sheet,
            kind=kind,
            subject=row.id,
            agency_id=row.recipient.agency_id,
            unit_id=row.recipient.unit_id,
            seat_id=row.recipient.seat_id,
            ladder=ladder,
            started_at=moment,
            due_at=due,
            next_at=step_at(ladder, 0, due),
        )
        for row in deliveries
    ]
    Clock.objects.bulk_create(rows, batch_size=BATCH)


def meet(delivery: Delivery, kind: str, seat: uuid.UUID) -> None:
    """Part of a verb: the recipient has answered."""
    acknowledge_clock(delivery.id, kind, seat)


def stop_all(deliveries: Sequence[Delivery], because: str) -> None:
    """Part of a verb: nothing is due of these any more, whether an acknowledgement or a note."""
    ids = [row.id for row in deliveries]
    running = Clock.objects.as_house("a recall ends the clocks of what it recalls").filter(
        subject__in=ids, state=Clock.State.RUNNING
    )
    running.update(state=Clock.State.STOPPED, next_at=None, stopped_at=now(), stopped_because=because[:300])


def ask_to_take_note(sheet: Sheet, deliveries: Sequence[Delivery], *, inside: bool) -> None:
    """Part of a verb: everyone reached is asked to say that he took note; who has been asked already goes on being asked."""
    ids = [row.id for row in deliveries]
    rows = Clock.objects.as_house("one clock of a kind runs for a delivery")
    asked = set(rows.filter(subject__in=ids, kind=RECALL, state=Clock.State.RUNNING).values_list("subject", flat=True))
    ladder_key = "orders" if inside else "silence"
    due = now() + datetime.timedelta(minutes=ladder_in_force(ladder_key).minutes)
    start_clocks(sheet, RECALL, [row for row in deliveries if row.id not in asked], due, ladder_key)
