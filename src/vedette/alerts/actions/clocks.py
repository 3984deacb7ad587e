"""Starting, acknowledging and stopping a clock: parts of the verbs of other rooms, in their transaction."""

import datetime
import uuid

from vedette.alerts.actions.duties import ladder_in_force
from vedette.alerts.models import Clock, Ladder
from vedette.handling.models import Sheet
from vedette.kit.time import now

State = Clock.State


def start_clock(
    sheet: Sheet,
    kind: str,
    subject: uuid.UUID,
    due_at: datetime.datetime | None = None,
    ladder_key: str = "",
    *,
    unit: uuid.UUID | None = None,
    agency: uuid.UUID | None = None,
    seat: uuid.UUID | None = None,
    needed: int = 1,
    started_at: datetime.datetime | None = None,
) -> Clock:
    """Part of a verb: from now on an answer is due; without `due_at` the ladder says in how many minutes.

    One clock of a kind runs for a subject: a second start gives the running one back.
    """
    running = _running(subject, kind)
    if running is not None:
        return running
    ladder = ladder_in_force(ladder_key) if ladder_key else None
    began = started_at or now()
    due = due_at or began + datetime.timedelta(minutes=ladder.minutes if ladder else 0)
    clock: Clock = Clock.objects.create(
        sheet=sheet,
        kind=kind,
        subject=subject,
        unit_id=unit,
        agency_id=agency,
        seat_id=seat,
        ladder=ladder,
        started_at=began,
        due_at=due,
        needed=needed,
        next_at=step_at(ladder, 0, due),
    )
    return clock


def acknowledge_clock(subject: uuid.UUID, kind: str, seat: uuid.UUID) -> Clock | None:
    """Part of a verb: a seat answers; the clock is met when as many as are needed have. None when none runs.

    The same seat twice counts once.
    """
    clock = _running(subject, kind)
    if clock is None:
        return None
    if seat not in clock.acknowledged:
        clock.acknowledged = [*clock.acknowledged, seat]
    if len(clock.acknowledged) >= clock.needed:
        clock.state, clock.met_at, clock.next_at = State.MET, now(), None
    clock.save(update_fields=["acknowledged", "state", "met_at", "next_at"])
    return clock


def stop_clock(subject: uuid.UUID, kind: str = "", because: str = "") -> int:
    """Part of a verb: nothing is due any more (of one kind, or of all); how many clocks that were."""
    rows = Clock.objects.as_house("a clock is stopped by the verb that settles its subject")
    running = rows.filter(subject=subject, state=State.RUNNING)
    if kind:
        running = running.filter(kind=kind)
    return running.update(state=State.STOPPED, next_at=None, stopped_at=now(), stopped_because=because[:300])


def step_at(ladder: Ladder | None, step: int, due: datetime.datetime) -> datetime.datetime | None:
    """When a step of a ladder is due; None past its end."""
    if ladder is None or step >= len(ladder.steps):
        return None
    return due + datetime.timedelta(minutes=ladder.steps[step]["minutes"])


def _running(subject: uuid.UUID, kind: str) -> Clock | None:
    rows = Clock.objects.as_house("one clock of a kind runs for a subject").select_for_update()
    found: Clock | None = rows.filter(subject=subject, kind=kind, state=State.RUNNING).first()
    return found
