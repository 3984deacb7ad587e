"""Filing what another agency sent or said: who told us, how, and when."""

import datetime
from dataclasses import dataclass

from django.db import transaction

from vedette.agencies.models import Agency
from vedette.agencies.queries import agency_by_key
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.actions import new_sheet
from vedette.handling.models import Sheet
from vedette.handling.names import spot_names
from vedette.handling.policy import require
from vedette.handling.queries import sheet_by_reference
from vedette.kit.errors import Refused
from vedette.kit.text import clean_line, clean_text
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.reporting.actions.reports import title_of
from vedette.reporting.drafts import check_moment
from vedette.reporting.models import Received
from vedette.search.actions import index

LABELS = ("", "TLP:RED", "TLP:AMBER+STRICT", "TLP:AMBER", "TLP:GREEN", "TLP:CLEAR")


@dataclass(frozen=True)
class ReceivedDraft:
    """What came in: from whom, by which channel, at which moment, under which label, about which record of ours."""

    sender: str
    channel: str
    received_at: datetime.datetime
    text: str
    agency_key: str = ""
    approximate: bool = False
    label: str = ""
    about: str = ""
    sensitivity: int = 1
    names_person: bool = False


@transaction.atomic
def file_received(by: Viewer | None, draft: ReceivedDraft) -> Received:
    """Store what another agency sent, as its own sheet under that agency's name and label."""
    viewer = require(by, "file_received")
    agency = _agency(draft.agency_key)
    text = clean_text("text", draft.text, required=True)
    columns = {**_check(draft, agency), "text": text, "sender_agency": agency, "about": _about(viewer, draft.about)}
    sheet = new_sheet(
        viewer,
        kind="received",
        prefix="RCV",
        originator=agency,
        sensitivity=draft.sensitivity,
        named_subject=draft.names_person or bool(spot_names(text, [])),
        caveats=[f"Under the sender's label {columns['label']}."] if columns["label"] else [],
    )
    row: Received = Received.objects.create(sheet=sheet, **columns)
    title = f"{columns['sender']}: {title_of(text)}"
    index(sheet, title=title, texts=[("en", text)], names=[str(columns["sender"])], at=draft.received_at)
    record(viewer, "received.filed", [sheet.id, row.about_id])
    announce("received.filed", sheet.id)
    return row


def _agency(key: str) -> Agency | None:
    agency = agency_by_key(key) if key else None
    if key and (agency is None or agency.kind == Agency.Kind.HOME):
        raise Refused("agency", "There is no partner of that name.", "Choose one of the list, or type the sender.")
    return agency


def _check(draft: ReceivedDraft, agency: Agency | None) -> dict[str, object]:
    if draft.channel not in Received.Channel.values:
        known = ", ".join(Received.Channel.values)
        raise Refused("channel", f"“{draft.channel}” is not a channel.", f"Use one of: {known}.")
    if draft.sensitivity not in (1, 2, 3):
        raise Refused("sensitivity", f"{draft.sensitivity} is not a sensitivity.", "Choose 1 routine to 3 restricted.")
    check_moment("received_at", draft.received_at, now())
    if draft.received_at > now() + datetime.timedelta(minutes=5):
        raise Refused("received_at", "The time lies in the future.", "Give the time at which it reached this desk.")
    sender = clean_line("sender", draft.sender) or (agency.name if agency else "")
    if not sender:
        raise Refused("sender", "It does not say who told us.", "Choose the agency, or type who it was.")
    return {
        "sender": sender,
        "channel": draft.channel,
        "received_at": draft.received_at,
        "approximate": draft.approximate,
        "label": clean_line("label", draft.label, limit=40),
    }


def _about(viewer: Viewer, reference: str) -> Sheet | None:
    wanted = clean_line("about", reference, limit=40)
    if not wanted:
        return None
    sheet = sheet_by_reference(viewer, wanted)
    if sheet is None:
        raise Refused("about", f"There is no record {wanted} that you may see.", "Check it, or leave it empty.")
    return sheet
