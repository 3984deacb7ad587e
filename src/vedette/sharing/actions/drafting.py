"""Drafting a release from the facts of an incident, for one version and its recipients."""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from vedette.agencies.models import Agency, Seat, Unit
from vedette.agencies.queries import home_agency
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.actions import access_class, new_sheet, record_handling
from vedette.handling.models import AccessClass, Sheet
from vedette.handling.policy import require
from vedette.incidents.models import Incident
from vedette.kit.copying import copy_rows
from vedette.kit.errors import Conflict, Refused
from vedette.kit.ids import new_id, parse_id
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.programme.gate import LABELS
from vedette.sharing.basis import Ground, ground_of
from vedette.sharing.models import Paragraph, Recipient, Release, Rest
from vedette.sharing.rules import within_of
from vedette.sharing.wording import Drafted, draft

Version = Release.Version
# What each version starts with; the releasing officer may narrow it.
LABEL = {
    "police": "AMBER",
    "federal": "AMBER+STRICT",
    "sector": "GREEN",
    "order": "AMBER+STRICT",
    "bulletin": "AMBER+STRICT",
}
CODES: dict[str, list[str]] = {"police": ["H1", "H2"], "federal": ["H1", "H2"]}
IN_FORCE = datetime.timedelta(days=7)


@dataclass(frozen=True)
class Address:
    """One recipient: an agency, one of our units, or a seat."""

    agency: uuid.UUID | None = None
    unit: uuid.UUID | None = None
    seat: uuid.UUID | None = None


def addresses_of(wanted: Iterable[dict[str, str]]) -> list[Address]:
    """Recipients by key or id, as the JSON door names them: {"agency": "pt-bos"}, {"unit": "transit"}, {"seat": id}."""
    found: list[Address] = []
    for row in wanted:
        kind, key = next(((k, str(v)) for k, v in row.items() if v), ("", ""))
        found.append(_address(kind, key))
    return list(dict.fromkeys(found))


def _address(kind: str, key: str) -> Address:
    given = parse_id(key)
    if kind == "agency":
        agency = Agency.objects.filter(**({"id": given} if given else {"key": key})).first()
        if agency is not None:
            return Address(agency=agency.id)
    if kind == "unit":
        unit = Unit.objects.filter(**({"id": given} if given else {"key": key})).first()
        if unit is not None:
            return Address(unit=unit.id)
    if kind == "seat" and given:
        seat = Seat.objects.filter(id=given, until__isnull=True).first()
        if seat is not None:
            return Address(seat=seat.id)
    raise Refused("recipients", "There is no such recipient.", "Choose from the list of agencies, units and seats.")


@transaction.atomic
def draft_release(
    by: Viewer | None,
    *,
    incident: Incident,
    version: str,
    recipients: Sequence[Address],
    label: str = "",
    expires_at: datetime.datetime | None = None,
    together: uuid.UUID | None = None,
) -> Release:
    """Draft one version from the facts that stand, in our own words; nothing leaves until it is signed."""
    viewer = require(by, "draft_release", incident.sheet)
    if version not in Version.values:
        raise Refused("version", f"“{version}” is not a version.", f"Use one of: {', '.join(Version.values)}.")
    release = record_draft(
        viewer, incident=incident, version=version, recipients=recipients, label=check_label(label) or LABEL[version],
        expires_at=expires_at or now() + IN_FORCE, together=together,
    )  # fmt: skip
    record(viewer, "release.drafted", [release.pk, incident.pk])
    announce("release.drafted", release.pk)
    return release


def check_label(label: str) -> str:
    """A TLP 2.0 label in the form it is stored; empty stays empty."""
    plain = label.upper().removeprefix("TLP:").strip()
    if plain and plain not in LABELS:
        raise Refused("label", f"“{label}” is not a TLP 2.0 label.", f"Use one of: {', '.join(LABELS)}.")
    return plain


def record_draft(
    by: Viewer,
    *,
    incident: Incident,
    version: str,
    recipients: Sequence[Address],
    label: str,
    expires_at: datetime.datetime,
    together: uuid.UUID | None = None,
    corrects: Release | None = None,
    because: str = "",
    ground: Ground | None = None,
) -> Release:
    """Part of a verb: the sheet, the release, its paragraphs with what they rest on, its recipients."""
    ground = ground or ground_of(by, incident)
    title, drafted = draft(ground, home_agency(), version)
    moment = now()
    sheet = new_sheet(by, kind="release", prefix="REL", codes=CODES.get(version, []), because="drafted")
    release: Release = Release.objects.create(
        sheet=sheet,
        incident=incident,
        together=together or new_id(),
        version=version,
        title=clean_line("title", f"Correction: {title}" if corrects else title),
        label=label,
        codes=CODES.get(version, []),
        number=corrects.number + 1 if corrects else 1,
        corrects=corrects,
        because=because,
        expires_at=expires_at,
        acknowledge_minutes=5 if version == Version.ORDER else 15,
        drafted_by_id=by.seat_id,
        drafted_at=moment,
        facts_at=moment,
    )
    record_paragraphs(release, drafted)
    record_recipients(release, recipients)
    narrow(release, by)
    return release


def record_paragraphs(release: Release, drafted: Iterable[Drafted], start: int = 1) -> None:
    """Part of a verb: store paragraphs in order, with the sheets under each."""
    for position, one in enumerate(drafted, start=start):
        paragraph = Paragraph.objects.create(
            release=release, position=position, topic=one.topic, text=one.text, origin=one.origin
        )
        Rest.objects.bulk_create([Rest(paragraph=paragraph, sheet_id=key) for key in sorted(one.sheets)])


def record_recipients(release: Release, recipients: Sequence[Address]) -> None:
    """Part of a verb: address a new release; whoever is named twice is addressed once."""
    once = dict.fromkeys((one.agency, one.unit, one.seat) for one in recipients)
    columns = ("id", "agency_id", "unit_id", "seat_id")
    copy_rows(Recipient, {"release_id": release.pk}, columns, ((new_id(), *to) for to in once))


def narrow(release: Release, by: Viewer) -> None:
    """Part of a verb: the release's own sheet is never wider than what it rests on."""
    rests = Rest.objects.as_house("a release is as narrow as the narrowest sheet under it")
    under = rests.filter(paragraph__release=release, paragraph__state="kept").values("sheet__access_class")
    classes = list(AccessClass.objects.filter(id__in=under))
    wanted = access_class(
        max([item.sensitivity for item in classes], default=1),
        {group for item in classes for group in item.groups},
        any(item.named_subject for item in classes),
    )
    if wanted.id != release.sheet.access_class_id:
        record_handling(release.sheet, by, because="as narrow as what it rests on", access_class=wanted)


def draft_of(by: Viewer | None, verb: str, release: Release) -> Viewer:
    """Part of a verb: the viewer who may change this draft; Conflict once it is signed."""
    viewer = require(by, verb, release.sheet)
    if Release.objects.as_house("a signed release does not change").select_for_update().get(pk=release.pk).signed_at:
        raise Conflict("It is signed and does not change any more.", "Correct it by a new version, or recall it.")
    return viewer


@transaction.atomic
def redraft(by: Viewer | None, *, release: Release) -> Release:
    """Draft the text anew from what stands now; what was typed by a person is cut, not lost."""
    viewer = draft_of(by, "edit_release", release)
    if release.incident is None:
        raise Refused("release", "It rests on no incident.", "Edit its paragraphs.")
    write_anew(release, viewer, ground_of(viewer, release.incident, within_of(release)))
    record(viewer, "release.edited", [release.pk], "drafted anew")
    announce("release.edited", release.pk)
    return release


def write_anew(release: Release, by: Viewer, ground: Ground) -> None:
    """Part of a verb: the title and paragraphs of a draft are drafted from this ground; those that stood are cut."""
    paragraphs = Paragraph.objects.as_house("a draft is written anew as a whole").filter(release=release)
    last = max(paragraphs.values_list("position", flat=True), default=0)
    paragraphs.update(state=Paragraph.State.CUT)
    title, drafted = draft(ground, home_agency(), release.version)
    record_paragraphs(release, drafted, start=last + 1)
    release.title = clean_line("title", f"Correction: {title}" if release.corrects_id else title)
    release.facts_at = now()
    release.save(update_fields=["title", "facts_at"])
    narrow(release, by)


def sheets_under(release: Release) -> list[Sheet]:
    """Part of a verb: every sheet that something kept in the release rests on."""
    rests = Rest.objects.as_house("all that a release rests on")
    kept = rests.filter(paragraph__release=release, paragraph__state="kept")
    return list(Sheet.objects.filter(id__in=kept.values("sheet")))
