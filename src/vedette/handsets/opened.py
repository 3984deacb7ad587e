"""A packet that was opened: who sent it by which phone, its clocks, its body, and the files it announces."""

import base64
import binascii
import math
import uuid
from dataclasses import dataclass
from typing import Any

from vedette.files.actions import LARGEST, MOST_A_SHEET
from vedette.files.vault import CHUNK, MAGIC, TAG
from vedette.handling.models import Sheet
from vedette.handsets.clocks import LAST_MS, Readings
from vedette.handsets.fields import Fields
from vedette.handsets.models import Handset
from vedette.kit.errors import Refused
from vedette.kit.text import clean_line
from vedette.programme.positions import Position
from vedette.reporting.drafts import GradeDraft, PlaceDraft, ReportDraft
from vedette.reporting.models import Report

KEY_BYTES, SHA_DIGITS = 32, 64


@dataclass(frozen=True)
class FileSaid:
    """A file as its packet announces it: what it will be once it is opened, and the key that opens it."""

    id: uuid.UUID
    name: str
    media: str
    size: int
    sealed_size: int
    sha256: bytes
    key: bytes


@dataclass(frozen=True)
class Taken:
    """What came of a packet: the id and reference it is answered with, and the sheet its files hang on.

    `note`: a word for the phone where it came otherwise than it was meant ("question-closed", "not-owed").
    """

    id: uuid.UUID
    reference: str = ""
    sheet: Sheet | None = None
    note: str = ""


@dataclass(frozen=True)
class Opened:
    """One packet; `said` is the whole of it, `body` what its kind reads."""

    handset: Handset
    client_id: uuid.UUID
    kind: str
    clocks: Readings
    body: Fields
    files: tuple[FileSaid, ...]
    said: dict[str, Any]

    def content(self) -> list[Any]:
        """What makes two packets the same: all but what the phone knew of its clock, and the form's number."""
        return [self.kind, self.said.get("written_at"), self.said.get("body"), self.said.get("files") or []]


def read_packet(handset: Handset, said: dict[str, Any], sent_ms: int, received: Any) -> Opened:
    """A packet by its fields; Refused names the first that cannot be taken."""
    whole = Fields(said)
    if whole.whole("v") != 1:
        raise Refused("v", "The app writes in a form that is not known here.", "Update the app, then send it again.")
    known = whole.whole("clock_said")
    if known is not None and abs(known) > LAST_MS:
        raise Refused("clock_said", "No clock is so far off.", "Let the app send it again.")
    written = whole.whole("written_at")
    if written is None:
        raise Refused("written_at", "It does not say when it was written.", "Let the app send it again.")
    clocks = Readings(written, sent_ms, received, known)
    clocks.moment("written_at", written)
    files = tuple(_file(one) for one in whole.parts("files"))
    if len(files) > MOST_A_SHEET or len({one.id for one in files}) != len(files):
        raise Refused(
            "files", f"At most {MOST_A_SHEET} files go with one report, each once.", "Send the rest by itself."
        )
    return Opened(handset, whole.id("client_id"), whole.text("kind"), clocks, whole.part("body"), files, said)


def sealed_size(size: int) -> int:
    """How many bytes a file of so many has once it is sealed (the form of `files/vault.py`)."""
    return len(MAGIC) + size + TAG * max(1, math.ceil(size / CHUNK))


def _file(said: Fields) -> FileSaid:
    size, sealed = said.whole("size") or 0, said.whole("sealed_size") or 0
    if not 1 <= size <= LARGEST:
        raise Refused(
            said.named("size"),
            f"A file has 1 byte to {LARGEST // 1024 // 1024} MB.",
            "Send a smaller copy, or part of it.",
        )
    if sealed != sealed_size(size):
        raise Refused(said.named("sealed_size"), "It does not fit the size of the file.", "Let the app seal it again.")
    try:
        key = base64.urlsafe_b64decode(said.text("key") + "==")
        digest = bytes.fromhex(said.text("sha256"))
    except (ValueError, binascii.Error):
        key = digest = b""
    if len(key) != KEY_BYTES or len(digest) != SHA_DIGITS // 2:
        raise Refused(said.named("key"), "Its key or its hash is not whole.", "Let the app seal it again.")
    name = clean_line(said.named("name"), said.text("name"), limit=160) or "file"
    media = clean_line(said.named("type"), said.text("type"), limit=80)
    return FileSaid(said.id("id"), name, media, size, sealed, digest, key)


def report_draft(packet: Opened, kind: str = "") -> ReportDraft:
    """The report in a packet's body, as the verb takes it; of another `kind` than the body says where the packet has one."""
    body, clocks = packet.body, packet.clocks
    place, grade, nexus = body.part("place"), body.part("grade"), body.part("home_nexus")
    observed, written_at = body.moment("observed_t", clocks), clocks.moment("written_at", clocks.written_ms)
    return ReportDraft(
        client_id=packet.client_id,
        kind=kind or body.text("kind"),
        text=body.text("text"),
        observed_at=observed or written_at,
        happened_at=body.moment("t", clocks),
        happened_precision=body.text("t_precision", Report.Precision.MINUTE.value),
        post_key=body.text("post"),
        language=body.text("lang", "en"),
        gloss=body.text("gloss_en"),
        place=place_draft(place),
        source_label=body.text("source_ref"),
        source_kind=body.text("source_kind"),
        grade=GradeDraft(grade.text("scheme", "NATO"), grade.text("source"), grade.text("information")),
        nexus=nexus.text("status", "none-known"),
        nexus_note=nexus.text("note"),
        nexus_asked=nexus.text("asked"),
        names_person=body.flag("names_person"),
        written_at=written_at,
    )


def place_draft(said: Fields) -> PlaceDraft:
    """Where: a name, a point, and its precision in whole metres, which a phone gives in parts of one."""
    precision = said.number("precision_m")
    if precision is not None and not math.isfinite(precision):
        raise Refused(said.named("precision_m"), "It is not a precision.", "Leave it out.")
    metres = None if precision is None else max(1, math.ceil(precision))
    return PlaceDraft(said.text("name"), said.number("lat"), said.number("lon"), metres)


def position_of(said: Fields) -> Position:
    """Where the phone says that it is, or what was typed, or that it found nothing."""
    point = said.number("lat"), said.number("lon"), said.number("precision_m")
    return Position(said.text("place"), *point, unfound=said.flag("unfound"))
