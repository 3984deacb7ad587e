"""An officer under duress: his phone tells the desk while its screen shows nothing; the desk answers for it."""

import datetime
import uuid

from django.db import transaction

from vedette.agencies.viewer import Viewer
from vedette.alerts.actions import acknowledge_clock, start_clock, stop_clock
from vedette.audit.actions import record
from vedette.handling.actions import new_sheet
from vedette.handling.models import Sensitivity
from vedette.handling.policy import require
from vedette.kit.errors import Refused
from vedette.kit.text import clean_text
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.programme.actions.safety import said_at
from vedette.programme.models import Duress
from vedette.programme.safety import LastKnown

CLOCK, LADDER = "duress", "duress"


@transaction.atomic
def report_duress(
    by: Viewer | None,
    *,
    at: datetime.datetime | None = None,
    handset: uuid.UUID | None = None,
    handset_label: str = "",
    last: LastKnown | None = None,
) -> Duress:
    """Raise the alarm for one's own seat, at once; its sheet is kept from the person, in whichever of his seats he asks."""
    viewer = require(by, "report_duress")
    sheet = new_sheet(None, kind="duress", prefix="DUR", sensitivity=Sensitivity.RESTRICTED, kept_from=viewer.person_id)
    where = last.columns() if last else {}
    made: Duress = Duress.objects.create(
        sheet=sheet, seat_id=viewer.seat_id, at=said_at(at), told_at=now(), handset=handset,
        handset_label=handset_label[:120], **where,
    )  # fmt: skip
    start_clock(sheet, CLOCK, made.pk, ladder_key=LADDER, seat=viewer.seat_id)
    record(viewer, "duress.reported", [made.pk, viewer.seat_id])
    announce("duress.reported", made.pk)
    return made


@transaction.atomic
def acknowledge_duress(by: Viewer | None, *, duress: Duress) -> Duress:
    """Somebody at the desk has it in hand: the ladder stops climbing; it stays red until it is closed."""
    viewer = require(by, "acknowledge_duress", duress.sheet)
    if acknowledge_clock(duress.pk, CLOCK, viewer.seat_id) is None:
        raise Refused("duress", "Somebody has it in hand already.", "Nothing needs doing.")
    record(viewer, "duress.acknowledged", [duress.pk, duress.seat_id])
    announce("duress.acknowledged", duress.pk)
    return duress


@transaction.atomic
def close_duress(by: Viewer | None, *, duress: Duress, done: str) -> Duress:
    """Close it with what was done; what was written stays."""
    viewer = require(by, "close_duress", duress.sheet)
    words = clean_text("done", done, limit=4000, required=True)
    rows = Duress.objects.as_house("an alarm is closed once")
    if not rows.filter(pk=duress.pk, until__isnull=True).update(until=now(), closed_by=viewer.seat_id, done=words):
        raise Refused("done", "It was closed before.", "Nothing needs doing.")
    if acknowledge_clock(duress.pk, CLOCK, viewer.seat_id) is not None:
        stop_clock(duress.pk, CLOCK, "closed")
    record(viewer, "duress.closed", [duress.pk, duress.seat_id])
    announce("duress.closed", duress.pk)
    return duress
