"""Who is on duty, and the ladders: dated rows, closed and added."""

import json
import uuid
from pathlib import Path
from typing import Any

from django.db import transaction

from vedette.agencies.models import Seat, Unit
from vedette.agencies.viewer import Viewer
from vedette.alerts.models import Duty, Ladder
from vedette.audit.actions import record
from vedette.handling.policy import require
from vedette.kit.errors import Refused
from vedette.kit.text import clean_line
from vedette.kit.time import now

DATA: dict[str, Any] = json.loads((Path(__file__).resolve().parent.parent / "ladders.json").read_text())
DUTIES: dict[str, str] = DATA["duties"]
# The duties that every unit has for itself.
OF_UNIT = frozenset({"sergeant"})
# The ladders whose clocks are a unit's own: only there does a unit's duty have somebody.
WITH_UNIT = frozenset(row["key"] for row in DATA["ladders"] if any(step.get("of_unit") for step in row["steps"]))
LONGEST_MINUTES = 14 * 24 * 60


def record_ladders() -> list[Ladder]:
    """Write down the house's ladders where none stands; one that was changed since is left alone."""
    return [ladder_in_force(row["key"]) for row in DATA["ladders"]]


def ladder_in_force(key: str) -> Ladder:
    """The ladder of this key; the house's own is written down when it is first needed."""
    standing = Ladder.objects.filter(key=key, until__isnull=True).first()
    if standing is not None:
        return standing
    row = next((row for row in DATA["ladders"] if row["key"] == key), None)
    if row is None:
        raise Refused(
            "ladder", f"There is no ladder “{key}”.", f"Use one of: {', '.join(r['key'] for r in DATA['ladders'])}."
        )
    values = {name: row[name] for name in ("title", "minutes", "steps")}
    return Ladder.objects.create(key=key, since=now(), because="set-up", **values)


def record_duty(
    seat: Seat,
    duty: str,
    *,
    unit: Unit | None = None,
    reach: str = "",
    by: uuid.UUID | None = None,
    because: str = "set-up",
) -> Duty:
    """Part of a verb: this seat is on this duty from now on; whoever was until now is off it."""
    if duty not in DUTIES:
        raise Refused("duty", f"There is no duty “{duty}”.", f"Use one of: {', '.join(DUTIES)}.")
    if (duty in OF_UNIT) != (unit is not None):
        raise Refused(
            "unit", "A duty sergeant belongs to a unit, every other duty to the desk.", "Choose the unit, or none."
        )
    moment = now()
    Duty.objects.filter(duty=duty, unit=unit, until__isnull=True).update(until=moment)
    return Duty.objects.create(
        duty=duty, unit=unit, seat=seat, since=moment, reach=clean_line("reach", reach), by_id=by, because=because
    )


@transaction.atomic
def set_duty(
    by: Viewer | None, *, duty: str, seat: Seat, unit: Unit | None = None, reach: str = "", because: str = ""
) -> Duty:
    """Say who is on a duty from now on, and how that seat is reached."""
    viewer = require(by, "set_duty")
    reason = clean_line("because", because, limit=300)
    if seat.agency_id != viewer.agency_id or (unit and unit.agency_id != viewer.agency_id):
        raise Refused("seat", "Only seats of the home agency stand on its duties.", "Choose a seat of your own agency.")
    if unit and seat.unit_id != unit.id:
        raise Refused("seat", "A duty sergeant is of his own unit.", "Choose a seat of that unit.")
    row = record_duty(seat, duty, unit=unit, reach=reach, by=viewer.seat_id, because=reason)
    record(viewer, "duty.set", [row.id, seat.id], reason)
    return row


@transaction.atomic
def set_ladder(by: Viewer | None, *, key: str, minutes: int, steps: list[dict[str, Any]], because: str) -> Ladder:
    """Write a ladder anew for clocks to come; those that run keep the one they were started with."""
    viewer = require(by, "set_ladder")
    reason = clean_line("because", because, limit=300, required=True)
    standing = ladder_in_force(key)
    _check_steps(key, minutes, steps)
    climbed = [
        {"duty": step["duty"], "minutes": step["minutes"], **({"of_unit": True} if step["duty"] in OF_UNIT else {})}
        for step in steps
    ]
    moment = now()
    Ladder.objects.filter(pk=standing.pk).update(until=moment)
    row = Ladder.objects.create(
        key=key,
        title=standing.title,
        minutes=minutes,
        steps=climbed,
        since=moment,
        by_id=viewer.seat_id,
        because=reason,
    )
    record(viewer, "ladder.set", [row.id], reason)
    return row


def _check_steps(key: str, minutes: int, steps: list[dict[str, Any]]) -> None:
    """Each step names a known duty, later than the one before; a ladder has at least one."""
    if key not in WITH_UNIT and any(step.get("duty") in OF_UNIT for step in steps):
        raise Refused(
            "steps",
            "A duty sergeant is of a unit, and this ladder is not about a unit.",
            "Name a duty of the desk instead.",
        )
    wrong = not 0 <= minutes <= LONGEST_MINUTES or not steps
    last = -1
    for step in steps:
        at = step.get("minutes")
        wrong = wrong or step.get("duty") not in DUTIES or not isinstance(at, int) or not last < at <= LONGEST_MINUTES
        last = at if isinstance(at, int) else last
    if wrong:
        raise Refused(
            "steps",
            "A step names a duty and its minutes, each later than the one before.",
            f"Duties: {', '.join(DUTIES.values())}. At most {LONGEST_MINUTES} minutes.",
        )
