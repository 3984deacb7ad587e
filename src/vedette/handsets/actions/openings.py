"""What an officer opened on his phone is opened as any record is, and the desk sees that he did."""

import datetime
import uuid
from collections.abc import Iterable

from django.db import transaction

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.models import Sheet
from vedette.handling.policy import readable, require
from vedette.handsets.models import Handset
from vedette.handsets.opening_models import Opening
from vedette.kit.errors import Refused
from vedette.kit.time import now
from vedette.live.actions import announce

# A phone tells what was opened since it was last heard, and holds far less than this; more in one packet is no reading.
MOST = 500


@transaction.atomic
def open_on_phone(
    by: Viewer | None, *, handset: Handset, sheets: Iterable[uuid.UUID], at: datetime.datetime
) -> list[uuid.UUID]:
    """The seat opened these on its phone at that moment: in the log those it may read, each time; for the desk the first time."""
    viewer, wanted = require(by, "open_on_phone"), set(sheets)
    if len(wanted) > MOST:
        raise Refused("what", f"More than {MOST} records in one packet.", "Send them in several.")
    rows = Sheet.objects.filter(readable(viewer), id__in=wanted)
    found = sorted(rows.values_list("id", flat=True))
    if not found:
        return []
    record(viewer, "sheet.opened", found)
    moment = now()
    Opening.objects.bulk_create(
        (
            Opening(sheet_id=key, seat_id=viewer.seat_id, handset=handset, at=min(at, moment), told_at=moment)
            for key in found
        ),
        ignore_conflicts=True,
    )
    for key in found:
        announce("phone.opened", key)
    return found


def released(sheets: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    """Part of a packet: which of these records are releases."""
    return list(Sheet.objects.filter(id__in=list(sheets), kind="release").values_list("id", flat=True))
