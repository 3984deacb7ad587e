"""Looking at phones: to whom they are shown is written down, one entry a page."""

from django.db import transaction

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.policy import require
from vedette.handsets.queries import FieldRow, HandsetRow, handsets_of, officers_phones


@transaction.atomic
def list_handsets(by: Viewer | None) -> list[HandsetRow]:
    """The officers' phones, to who keeps them; to an officer his own."""
    viewer = require(by, "see_handsets")
    rows = handsets_of(viewer)
    record(viewer, "handset.listed", [row.handset.id for row in rows])
    return rows


@transaction.atomic
def list_contacts(by: Viewer | None) -> list[FieldRow]:
    """Which officers have been heard of by phone and when, to the desk."""
    viewer = require(by, "see_contacts")
    rows = officers_phones()
    record(viewer, "handset.listed", [row.phone.handset.id for row in rows if row.phone])
    return rows
