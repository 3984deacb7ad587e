"""The release desk: one release with its sources, its lineage, its pre-flight and its recipients, as one page shows them."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from vedette.agencies.models import Agency, Unit
from vedette.agencies.queries import partners, units
from vedette.agencies.viewer import Viewer
from vedette.incidents.models import Incident
from vedette.programme.queries import partners_without
from vedette.reporting.queries import ReportRow, rows_of
from vedette.sharing.actions.drafting import Address, draft_release
from vedette.sharing.basis import LeftOut, ground_of
from vedette.sharing.models import Paragraph, Release
from vedette.sharing.preflight import BLOCK, PASS, WAIT, Check, preflight
from vedette.sharing.queries import (
    ParagraphRow,
    Reach,
    ReleaseRow,
    correction_of,
    paragraphs_of,
    reach_of,
    standing_of,
    together_with,
    verdict_of,
)
from vedette.sharing.rules import DraftedBy, drafted_by, within_of
from vedette.sharing.tallies import Tally, shown_of, tally_of

Version = Release.Version
# The version that each kind of agency gets unless a person chooses otherwise.
FOR_KIND = {
    Agency.Kind.FEDERAL: Version.FEDERAL,
    Agency.Kind.BUREAU: Version.FEDERAL,
    Agency.Kind.PRIVATE: Version.SECTOR,
}


@dataclass(frozen=True)
class DraftLine:
    """A paragraph with its number on the page, its lineage, and how the pre-flight judges it: clear, waiting or blocked."""

    row: ParagraphRow
    number: int
    state: str
    why: str = ""

    @property
    def paragraph(self) -> Paragraph:
        """The paragraph itself."""
        return self.row.paragraph


@dataclass(frozen=True)
class Source:
    """A report under the release and the paragraphs that rest on it."""

    row: ReportRow
    used_in: list[int]


@dataclass(frozen=True)
class ReleasePage:
    """Everything the release desk draws."""

    standing: ReleaseRow
    lines: list[DraftLine]
    cut: list[ParagraphRow]
    sources: list[Source]
    left_out: list[LeftOut]
    checks: list[Check]
    reached: list[Reach]
    siblings: list[Release]
    correction: Release | None
    verified: bool
    tally: Tally
    rule: DraftedBy | None = None
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def held(self) -> list[Check]:
        """What blocks it."""
        return [check for check in self.checks if check.state == BLOCK]

    @property
    def kept(self) -> int:
        """How many paragraphs go."""
        return len(self.lines)


def release_page(viewer: Viewer | None, release: Release) -> ReleasePage:
    """One release at the desk, of what the viewer may see."""
    rows = paragraphs_of(viewer, release)
    checks = [] if release.signed else preflight(viewer, release)
    kept = [row for row in rows if row.paragraph.state == Paragraph.State.KEPT]
    left_out: list[LeftOut] = []
    if release.incident and not release.signed:
        left_out = [
            one for one in ground_of(viewer, release.incident, within_of(release)).left_out if one.reason != "kind"
        ]
    return ReleasePage(
        standing=standing_of(viewer, release),
        lines=[_line(row, checks) for row in kept],
        cut=[row for row in rows if row.paragraph.state == Paragraph.State.CUT],
        sources=_sources(viewer, kept),
        left_out=left_out,
        checks=checks,
        reached=reach_of(viewer, [release], only=shown_of(viewer, release) if viewer else ()),
        tally=tally_of(viewer, release),
        siblings=together_with(viewer, release),
        correction=correction_of(viewer, release),
        verified=verdict_of(release)[0] if release.signed else False,
        rule=drafted_by(viewer, [release]).get(release.pk),
        counts={state: sum(check.state == state for check in checks) for state in (BLOCK, WAIT, PASS)},
    )


def _line(row: ParagraphRow, checks: list[Check]) -> DraftLine:
    position = row.paragraph.position
    about = [check for check in checks if position in check.paragraphs]
    held = next((check for check in about if check.state == BLOCK), None)
    waits = next((check for check in about if check.state == WAIT), None)
    state = "blocked" if held else "waiting" if waits else "clear"
    first = held or waits
    return DraftLine(row, position, state, first.title if first else "")


def _sources(viewer: Viewer | None, rows: Iterable[ParagraphRow]) -> list[Source]:
    used: dict[uuid.UUID, list[int]] = defaultdict(list)
    for row in rows:
        for sheet in row.rests:
            used[sheet.id].append(row.paragraph.position)
    found = sorted(rows_of(viewer, used), key=lambda one: one.report.observed_at, reverse=True)
    return [Source(row, used[row.report.pk]) for row in found]


@dataclass(frozen=True)
class Choices:
    """Whom a draft may be addressed to: our own commands first, then agencies by the version they get."""

    units: list[Unit]
    agencies: dict[str, list[Agency]]
    without: frozenset[uuid.UUID] = frozenset()


def choices() -> Choices:
    """Every possible recipient; a foundation is not among them, it never gets operational text."""
    without = frozenset(agency.id for agency in partners_without())
    found: dict[str, list[Agency]] = defaultdict(list)
    for agency in sorted(partners(), key=lambda row: (row.id in without, row.name)):
        if agency.kind != Agency.Kind.FOUNDATION:
            found["host" if agency.kind == Agency.Kind.HOST else version_for(agency)].append(agency)
    heads = {str(version): str(version.label) for version in (Version.POLICE, Version.FEDERAL, Version.SECTOR)}
    heads["host"] = _("foreign hosts, police version")
    return Choices(units(), {words: found[key] for key, words in heads.items() if found[key]}, without)


def version_for(agency: Agency) -> str:
    """The version an agency gets by its kind."""
    return str(FOR_KIND.get(Agency.Kind(agency.kind), Version.POLICE))


def draft_versions(
    by: Viewer | None, *, incident: Incident, unit_ids: Iterable[str], agency_ids: Iterable[str], order: bool
) -> list[Release]:
    """Draft a version for each kind of recipient chosen, all together: a bulletin (or order) for our own, one an audience."""
    ours = [unit for unit in units() if str(unit.id) in set(unit_ids)]
    wanted = {str(key) for key in agency_ids}
    groups: dict[str, list[Address]] = defaultdict(list)
    for unit in ours:
        groups[Version.ORDER if order else Version.BULLETIN].append(Address(unit=unit.id))
    for agency in partners():
        if str(agency.id) in wanted:
            groups[version_for(agency)].append(Address(agency=agency.id))
    drafts: list[Release] = []
    for version, addresses in groups.items():
        together = drafts[0].together if drafts else None
        drafts.append(draft_release(by, incident=incident, version=version, recipients=addresses, together=together))
    return drafts
