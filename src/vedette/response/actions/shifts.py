"""The log of the watch, and handing it over."""

from typing import Any

from django.db import transaction

from vedette.agencies.models import Seat
from vedette.agencies.viewer import Viewer
from vedette.alerts.actions import record_duty
from vedette.alerts.queries import on_duty
from vedette.audit.actions import record
from vedette.handling.policy import require
from vedette.kit.errors import Refused
from vedette.kit.text import clean_line, clean_text
from vedette.live.actions import announce
from vedette.response.actions.states import sheet_like
from vedette.response.models import Handover, ShiftEntry
from vedette.search.actions import index


@transaction.atomic
def write_shift(by: Viewer | None, *, text: str) -> ShiftEntry:
    """A line in the log of the watch; it is never changed, another line corrects it."""
    viewer = require(by, "write_shift")
    words = clean_text("text", text, limit=2000, required=True)
    sheet = sheet_like(viewer, kind="shift", prefix="LOG")
    row: ShiftEntry = ShiftEntry.objects.create(sheet=sheet, text=words)
    index(sheet, title=words.split("\n", 1)[0][:120], texts=[("en", words)], at=sheet.filed_at)
    record(viewer, "shift.written", [sheet.id])
    announce("shift.written", sheet.id)
    return row


@transaction.atomic
def hand_over(
    by: Viewer | None,
    *,
    to: Seat,
    duty: str = "watch",
    note: str = "",
    reach: str = "",
    open_items: dict[str, Any] | None = None,
) -> Handover:
    """Hand a duty over to another seat, with what is open (as ids) and a note; he has it from this moment."""
    viewer = require(by, "hand_over")
    words = clean_text("note", note, limit=4000)
    standing = on_duty(duty)
    if standing is not None and standing.seat_id == to.id:
        raise Refused("to", f"{to.label} has this watch already.", "Choose who relieves.")
    if to.agency_id != viewer.agency_id:
        raise Refused("to", "The watch stays with the home agency.", "Choose a seat of your own agency.")
    record_duty(to, duty, reach=clean_line("reach", reach), by=viewer.seat_id, because="handed over")
    sheet = sheet_like(viewer, kind="handover", prefix="HND")
    row: Handover = Handover.objects.create(
        sheet=sheet,
        duty=duty,
        from_seat=standing.seat if standing else None,
        to_seat=to,
        note=words,
        open_items=open_items or {},
    )
    index(sheet, title="Handover of the watch", texts=[("en", words)], at=sheet.filed_at)
    record(viewer, "shift.handed_over", [sheet.id, to.id])
    announce("shift.handed_over", sheet.id)
    return row
