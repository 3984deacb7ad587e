"""The loop of the clocks: rows due on the shown clock, one step of the ladder each, every step once."""

import datetime
import uuid

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Q

from vedette.agencies.queries import viewers_of
from vedette.alerts.actions.clocks import step_at
from vedette.alerts.models import Clock, Escalation
from vedette.alerts.queries import on_duty
from vedette.audit.actions import record
from vedette.handling.models import Sheet
from vedette.handling.policy import readable
from vedette.kit.time import now, real_now
from vedette.live.actions import announce

Outcome = Escalation.Outcome
FIRST_PAUSE, LONGEST_PAUSE = 2.0, 600.0


def step_clocks(limit: int = 100) -> int:
    """Take the steps that are due, the earliest first, each in a transaction of its own; how many were taken.

    Another process works beside this one without meeting it. A step that fails keeps its error and is tried again later.
    """
    done = 0
    while done < limit and _step_one():
        done += 1
    return done


@transaction.atomic
def _step_one() -> bool:
    """One step of the clock that has waited longest; False when none is due."""
    rows = Clock.objects.as_house("clocks are stepped whoever may see them").select_related("ladder", "sheet")
    ready = Q(try_after__isnull=True) | Q(try_after__lte=real_now())
    due = rows.filter(ready, state=Clock.State.RUNNING, next_at__lte=now())
    clock = due.select_for_update(skip_locked=True, of=("self",)).order_by("next_at", "id").first()
    if clock is None:
        return False
    try:
        with transaction.atomic():
            _step(clock)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        _keep_error(clock.pk, clock.attempts, error)
    return True


def _step(clock: Clock) -> None:
    if clock.ladder is None or clock.next_at is None or not _stands(clock.sheet):
        _end(clock)
        return
    step = clock.ladder.steps[clock.step]
    seat, outcome = _whom(clock, step["duty"], clock.unit_id if step.get("of_unit") else None)
    planned = clock.next_at
    Escalation.objects.create(
        clock=clock, step=clock.step, duty=step["duty"], seat_id=seat, outcome=outcome, at=planned, done_at=now()
    )
    clock.step += 1
    clock.next_at = step_at(clock.ladder, clock.step, clock.due_at)
    clock.attempts, clock.try_after, clock.last_error = 0, None, ""
    clock.save(update_fields=["step", "next_at", "attempts", "try_after", "last_error"])
    record(None, "clock.escalated", [clock.sheet_id, clock.pk, seat], f"{step['duty']}: {Outcome(outcome).label}")
    announce("clock.escalated", clock.sheet_id, clock.pk)


def _whom(clock: Clock, duty: str, unit: uuid.UUID | None) -> tuple[uuid.UUID | None, str]:
    """Who is on the duty now, and whether he may see what this is about; a ladder never widens a record."""
    row = on_duty(duty, unit=unit)
    viewer = viewers_of([row.seat_id]).get(row.seat_id) if row else None
    if row is None or viewer is None:
        return None, Outcome.NOBODY
    if not Sheet.objects.filter(readable(viewer), id=clock.sheet_id).exists():
        return None, Outcome.NOT_CLEARED
    return row.seat_id, Outcome.TOLD


def _stands(sheet: Sheet) -> bool:
    unexpired = sheet.expires_at is None or sheet.expires_at > now()
    return sheet.withdrawn_at is None and sheet.purged_at is None and unexpired


def _end(clock: Clock) -> None:
    """Nobody is chased for what was withdrawn, purged or has expired."""
    clock.state, clock.next_at = Clock.State.STOPPED, None
    clock.stopped_at, clock.stopped_because = now(), "its record no longer stands"
    clock.save(update_fields=["state", "next_at", "stopped_at", "stopped_because"])
    record(None, "clock.ended", [clock.sheet_id, clock.pk])
    announce("clock.ended", clock.sheet_id, clock.pk)


def _keep_error(key: uuid.UUID, attempts: int, error: Exception) -> None:
    pause = min(FIRST_PAUSE * 2.0**attempts, LONGEST_PAUSE)
    Clock.objects.as_house("a step that failed keeps its error").filter(pk=key).update(
        attempts=attempts + 1,
        try_after=real_now() + datetime.timedelta(seconds=pause),
        last_error=f"{type(error).__name__}: {error}"[:300],
    )
