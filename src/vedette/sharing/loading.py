"""What is to leave, read whole: the text, the sheets under it, whom it goes to, and what the agreements answer."""

import datetime
import re
import uuid
from collections import defaultdict
from dataclasses import dataclass, field

from vedette.agencies.models import Agency
from vedette.handling.models import Sheet
from vedette.kit.time import now
from vedette.programme.gate import LABELS, GateAnswer, Wants, decide
from vedette.programme.queries import holdings
from vedette.reporting.models import NameMark, Report
from vedette.reporting.models import Version as Wording
from vedette.reporting.names import spot_names
from vedette.sharing.models import Paragraph, Recipient, Release, Rest
from vedette.sharing.quoting import quotes

# The label that a sheet's own sensitivity asks for at least.
FLOORS = {1: "GREEN", 2: "AMBER", 3: "AMBER+STRICT", 4: "RED"}


@dataclass
class Load:
    """What is to leave: the release, its kept paragraphs with the sheets under them, its recipients."""

    release: Release
    paragraphs: list[Paragraph]
    rests: dict[uuid.UUID, list[Sheet]]
    recipients: list[Recipient]
    reports: dict[uuid.UUID, Report] = field(default_factory=dict)
    wordings: dict[uuid.UUID, list[str]] = field(default_factory=dict)
    marks: list[NameMark] = field(default_factory=list)

    @property
    def sheets(self) -> dict[uuid.UUID, Sheet]:
        """Every sheet that something kept rests on."""
        return {sheet.id: sheet for paragraph in self.paragraphs for sheet in self.rests.get(paragraph.id, [])}

    @property
    def agencies(self) -> dict[uuid.UUID, Agency]:
        """The agencies that would receive it; a seat counts for its agency."""
        found = (row.agency or (row.seat.agency if row.seat else None) for row in self.recipients)
        return {agency.id: agency for agency in found if agency is not None}

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
    recipients = Recipient.objects.as_house("pre-flight looks at every recipient").filter(release=release)
    load = Load(release, paragraphs, rests, list(recipients.select_related("agency", "unit", "seat__agency")))
    _read_reports(load)
    return load


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


def wants_for(load: Load, agency: Agency) -> Wants:
    """What this release would carry to an agency: its own information coming home is no third host's."""
    home = load.release.sheet.holder_id
    third = any(is_third(sheet, home) and sheet.originator_id != agency.id for sheet in load.sheets.values())
    named = any(sheet.access_class.named_subject for sheet in load.sheets.values())
    return Wants(load.release.label, third_host=third, named=named)


def gates_of(load: Load, at: datetime.datetime | None = None) -> dict[uuid.UUID, GateAnswer]:
    """What the agreements answer for each agency; one question for all of them."""
    moment, agencies = at or now(), load.agencies
    held = defaultdict(list)
    for holding in holdings(agencies):
        held[holding.agreement.partner_id].append(holding)
    return {key: decide(agency, held[key], moment, wants_for(load, agency)) for key, agency in agencies.items()}
