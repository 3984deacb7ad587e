"""What is to leave, read whole: the text, the sheets under it, whom it goes to, and what the agreements answer."""

import datetime
import re
import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from vedette.agencies.models import Agency
from vedette.handling.models import Sheet
from vedette.handling.names import spot_names
from vedette.kit.time import now
from vedette.programme.gate import LABELS, GateAnswer, Wants, decide
from vedette.programme.queries import holdings
from vedette.reporting.models import NameMark, Report
from vedette.reporting.models import Version as Wording
from vedette.sharing.models import Paragraph, Recipient, Release, Rest
from vedette.sharing.quoting import quotes

# The label that a sheet's own sensitivity asks for at least.
FLOORS = {1: "GREEN", 2: "AMBER", 3: "AMBER+STRICT", 4: "RED"}


class Addressed(NamedTuple):
    """A recipient as the pre-flight needs him, whatever their number: whom it names, and which agency that counts for."""

    id: uuid.UUID
    agency_id: uuid.UUID | None
    unit_id: uuid.UUID | None
    seat_id: uuid.UUID | None
    of_agency: uuid.UUID | None
    name: str


@dataclass
class Load:
    """What is to leave: the release, its kept paragraphs with the sheets under them, its recipients and their agencies."""

    release: Release
    paragraphs: list[Paragraph]
    rests: dict[uuid.UUID, list[Sheet]]
    recipients: list[Addressed]
    # The agencies that would receive it; a seat counts for its agency.
    agencies: dict[uuid.UUID, Agency] = field(default_factory=dict)
    reports: dict[uuid.UUID, Report] = field(default_factory=dict)
    wordings: dict[uuid.UUID, list[str]] = field(default_factory=dict)
    marks: list[NameMark] = field(default_factory=list)

    @property
    def sheets(self) -> dict[uuid.UUID, Sheet]:
        """Every sheet that something kept rests on."""
        return {sheet.id: sheet for paragraph in self.paragraphs for sheet in self.rests.get(paragraph.id, [])}

    @property
    def places(self) -> list[str]:
        """The places that reports under it name, which are no persons."""
        return [row.place_name for row in self.reports.values()] + [row.post.city for row in self.reports.values()]


def load_of(release: Release) -> Load:
    """Read what is to leave, whole: a check that saw only part of it would pass what it must not."""
    paragraphs = list(
        Paragraph.objects.as_house("pre-flight looks at all of a release")
        .filter(release=release, state="kept")
        .order_by("position")
    )
    rests: dict[uuid.UUID, list[Sheet]] = defaultdict(list)
    rows = Rest.objects.as_house("pre-flight looks at all that a release rests on").filter(paragraph__in=paragraphs)
    for rest in rows.select_related("sheet__access_class", "sheet__originator").order_by("sheet__filed_at"):
        rests[rest.paragraph_id].append(rest.sheet)
    recipients, agencies = _addressed(release)
    load = Load(release, paragraphs, rests, recipients, agencies)
    _read_reports(load)
    return load


def _addressed(release: Release) -> tuple[list[Addressed], dict[uuid.UUID, Agency]]:
    """Everyone it is addressed to as plain values, each agency once: there may be tens of thousands."""
    rows = Recipient.objects.as_house("pre-flight looks at every recipient").filter(release=release)
    columns = ("id", "agency", "unit", "seat", "seat__agency", "unit__name", "seat__label")
    found = list(rows.order_by("id").values_list(*columns))
    ids = {row[1] or row[4] for row in found} - {None}
    agencies = {row.id: row for row in Agency.objects.filter(id__in=ids)}
    return [_named(row, agencies) for row in found], agencies


def _named(row: tuple[Any, ...], agencies: dict[uuid.UUID, Agency]) -> Addressed:
    key, agency, unit, seat, of_seat, unit_name, label = row
    counts_for = agency or of_seat
    name = unit_name or (agencies[counts_for].name if counts_for else "")
    return Addressed(key, agency, unit, seat, counts_for, f"{label}, {name}" if seat else name)


def _read_reports(load: Load) -> None:
    ids, incident = set(load.sheets), load.release.incident
    if incident is not None:
        links = incident.links.as_house("a draft may quote any report of its incident").filter(until__isnull=True)
        ids |= set(links.values_list("report", flat=True))
    rows = Report.objects.as_house("places under a draft are no persons").filter(pk__in=ids)
    load.reports = {row.pk: row for row in rows.select_related("sheet__access_class", "post__host")}
    for wording in Wording.objects.as_house("a draft is compared with every wording").filter(report__in=ids):
        load.wordings.setdefault(wording.report_id, []).extend(filter(None, (wording.text, wording.gloss)))
    marks = NameMark.objects.as_house("a draft is searched for every marked name").filter(
        report__in=ids, until__isnull=True
    )
    load.marks = list(marks.exclude(state=NameMark.State.CLEARED))


def quoted_reports(load: Load, paragraph: Paragraph) -> list[uuid.UUID]:
    """The reports whose words a paragraph repeats."""
    return [key for key, texts in load.wordings.items() if quotes(paragraph.text, texts, load.places)]


def name_of(row: Recipient) -> str:
    """How a recipient is called."""
    if row.agency:
        return row.agency.name
    if row.unit:
        return row.unit.name
    return f"{row.seat.label}, {row.seat.agency.name}" if row.seat else ""


def floor_of(load: Load) -> str:
    """The narrowest label that any part asks for."""
    floors = [FLOORS[sheet.access_class.sensitivity] for sheet in load.sheets.values()]
    return max(floors, key=LABELS.index, default="CLEAR")


def named_in(load: Load, text: str) -> list[str]:
    """Names in a text: those marked in the reports, and what the house spots itself."""
    folded = text.casefold()
    marked = [mark.text for mark in load.marks if re.search(rf"(?<!\w){re.escape(mark.text.casefold())}(?!\w)", folded)]
    # A mark that is nothing but a place of these reports is a place; what the house spots knows them too.
    places = " ".join(load.places).casefold()
    sure = [name for name in marked if name.casefold() not in places or _confirmed(load, name)]
    return list(dict.fromkeys([*sure, *(span.text for span in spot_names(text, load.places))]))


def _confirmed(load: Load, name: str) -> bool:
    return any(mark.text == name and mark.state == NameMark.State.CONFIRMED for mark in load.marks)


def is_third(sheet: Sheet, home: uuid.UUID) -> bool:
    return "H2" in sheet.codes or sheet.originator_id != home


def gates_of(load: Load, at: datetime.datetime | None = None) -> dict[uuid.UUID, GateAnswer]:
    """What the agreements answer for each agency; one question for all of them."""
    moment, home, sheets = at or now(), load.release.sheet.holder_id, load.sheets.values()
    named = any(sheet.access_class.named_subject for sheet in sheets)
    # An agency's own information coming home to it is no third host's.
    thirds = {sheet.originator_id for sheet in sheets if is_third(sheet, home)}
    held = defaultdict(list)
    for holding in holdings(load.agencies):
        held[holding.agreement.partner_id].append(holding)
    return {
        key: decide(agency, held[key], moment, Wants(load.release.label, bool(thirds - {key}), named))
        for key, agency in load.agencies.items()
    }
