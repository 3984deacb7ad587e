"""Signs of life that officers abroad owe: set, given, dropped; a missed one climbs its ladder at the desk."""

import datetime

from django.db import transaction

from vedette.agencies.models import Role, Seat
from vedette.agencies.viewer import Viewer
from vedette.alerts.actions import acknowledge_clock, start_clock, stop_clock
from vedette.audit.actions import record
from vedette.handling.actions import new_sheet, record_address
from vedette.handling.models import Sensitivity
from vedette.handling.names import spot_names
from vedette.handling.policy import require
from vedette.kit.errors import Forbidden, Refused
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.programme.models import SafetyCheck
from vedette.programme.positions import NOWHERE, Position, columns
from vedette.programme.queries import post_of_seat
from vedette.programme.scales import zone_of

CLOCK, LADDER = "safety", "safety"
LONGEST = datetime.timedelta(days=60)
# Who looks after officers from home, besides the officer himself.
AT_HOME = ("programme", "watch", "commander")


@transaction.atomic
def set_safety_check(
    by: Viewer | None,
    *,
    due: datetime.datetime,
    seat: Seat | None = None,
    position: Position = NOWHERE,
    zone: str = "",
    note: str = "",
) -> SafetyCheck:
    """An officer owes a sign of life at a moment: he sets it himself, or the desk or the programme manager for him."""
    viewer = require(by, "set_safety_check")
    owing = _whose(viewer, seat)
    if not now() < due <= now() + LONGEST:
        raise Refused("due", "This moment has passed, or lies too far off.", "Choose one within the next 60 days.")
    words = clean_line("note", note, limit=300)
    rows = SafetyCheck.objects.as_house("one sign of life is owed at a moment")
    if rows.filter(seat=owing, due=due, until__isnull=True, done_at__isnull=True).exists():
        raise Refused("due", "A sign of life is owed at this moment already.", "Choose another moment.")
    made = _make(viewer, owing, zone, words, due=due, **columns(position))
    start_clock(made.sheet, CLOCK, made.pk, due, LADDER, seat=owing.id)
    record(viewer, "safety.set", [made.pk, owing.id])
    announce("safety.set", made.pk)
    return made


@transaction.atomic
def give_sign(
    by: Viewer | None, *, check: SafetyCheck, position: Position, at: datetime.datetime | None = None
) -> SafetyCheck:
    """The officer says that all is well, and where; or whoever heard it from him writes it down. Its clock is met.

    `at` is when he said so: a phone without a network delivers it later.
    """
    viewer = require(by, "give_sign", check.sheet)
    _his_or_at_home(viewer, check)
    values = {**columns(position, "told_", required=True), **_given(viewer, at)}
    rows = SafetyCheck.objects.as_house("a sign of life is given once")
    if not rows.filter(pk=check.pk, until__isnull=True, done_at__isnull=True).update(**values):
        raise Refused("check", "This sign of life was given before, or is no longer owed.", "Nothing needs doing.")
    acknowledge_clock(check.pk, CLOCK, viewer.seat_id)
    record(viewer, "safety.given", [check.pk, check.seat_id])
    announce("safety.given", check.pk)
    check.refresh_from_db(from_queryset=SafetyCheck.objects.as_house("the row just written"))
    return check


@transaction.atomic
def give_unasked_sign(
    by: Viewer | None, *, position: Position, at: datetime.datetime | None = None, zone: str = ""
) -> SafetyCheck:
    """An officer says that all is well, and where, though none is owed; the desk knows where he last was."""
    viewer = require(by, "give_unasked_sign")
    values = {**columns(position, "told_", required=True), **_given(viewer, at)}
    made = _make(viewer, _whose(viewer, None), zone, "", **values)
    record(viewer, "safety.given_unasked", [made.pk, made.seat_id])
    announce("safety.given", made.pk)
    return made


@transaction.atomic
def drop_safety_check(by: Viewer | None, *, check: SafetyCheck, because: str) -> SafetyCheck:
    """A sign of life is no longer owed, for a reason. What the desk set for an officer he cannot drop himself."""
    viewer = require(by, "drop_safety_check", check.sheet)
    _his_or_at_home(viewer, check)
    if not viewer.holds(*AT_HOME) and check.by != viewer.seat_id:
        raise Forbidden("The desk asked for this sign of life.", "Give it, or ask the desk to drop it.")
    reason = clean_line("because", because, limit=300, required=True)
    rows = SafetyCheck.objects.as_house("a sign of life no longer owed is closed, never deleted")
    open_rows = rows.filter(pk=check.pk, until__isnull=True, done_at__isnull=True)
    if not open_rows.update(until=now(), ended_by=viewer.seat_id, because=reason):
        raise Refused("because", "It was given or dropped before.", "Nothing needs doing.")
    stop_clock(check.pk, CLOCK, reason)
    record(viewer, "safety.dropped", [check.pk, check.seat_id], reason)
    announce("safety.dropped", check.pk)
    return check


def said_at(at: datetime.datetime | None) -> datetime.datetime:
    """Part of a verb: when something was said by a phone; never later than the moment the house heard of it."""
    moment = now()
    return min(at, moment) if at else moment


def _whose(viewer: Viewer, seat: Seat | None) -> Seat:
    """The officer who owes it: himself, or for those at home any officer in force."""
    if seat is None or seat.id == viewer.seat_id:
        own = Seat.objects.get(id=viewer.seat_id)
        if Role.OFFICER not in own.roles:
            raise Refused("seat", "Your own seat is no officer's.", "Choose the officer who owes the sign of life.")
        return own
    if not viewer.holds(*AT_HOME):
        raise Forbidden("An officer sets signs of life for himself.", "The desk sets them for others.")
    if Role.OFFICER not in seat.roles or seat.until is not None or seat.suspended_at is not None:
        raise Refused("seat", f"{seat.label} is no liaison officer in force.", "Choose an officer of the list.")
    return seat


def _his_or_at_home(viewer: Viewer, check: SafetyCheck) -> None:
    if check.seat_id != viewer.seat_id and not viewer.holds(*AT_HOME):
        raise Forbidden("This is another officer’s sign of life.", "He gives it himself, or the desk writes it down.")


def _given(viewer: Viewer, at: datetime.datetime | None) -> dict[str, object]:
    return {"done_at": said_at(at), "told_at": now(), "done_by": viewer.seat_id}


def _make(viewer: Viewer, seat: Seat, zone: str, note: str, **values: object) -> SafetyCheck:
    """The row under a sheet of those who look after officers; the officer himself reads it."""
    post = post_of_seat(seat.id)
    named = bool(spot_names(note, [str(values.get("place", "")), *([post.city] if post else [])]))
    sheet = new_sheet(viewer, kind="safety", prefix="CHK", sensitivity=Sensitivity.SENSITIVE, named_subject=named)
    made: SafetyCheck = SafetyCheck.objects.create(
        sheet=sheet, seat=seat, since=now(), by=viewer.seat_id, note=note,
        zone=zone_of(zone) if zone else post.zone if post else "UTC", **values,
    )  # fmt: skip
    if seat.id != viewer.seat_id:
        record_address(sheet, seat=seat.id)
    return made
