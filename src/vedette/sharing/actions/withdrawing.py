"""Withdrawing a report: it stays, struck with its reason, and everyone whom something resting on it reached is told."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db import transaction

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.actions import record_handling
from vedette.handling.models import Sheet
from vedette.handling.policy import require
from vedette.incidents.models import Basis, Fact
from vedette.kit.errors import Conflict, Refused
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.reporting.models import Report
from vedette.sharing.actions.correcting import in_force_among, record_correction_due, record_recall
from vedette.sharing.models import Release, Rest, Withdrawal

HOUSE = "everything that rests on a withdrawn report is found"


@dataclass(frozen=True)
class Withdrawn:
    """What a withdrawal did: the releases recalled, those to be corrected, the facts struck."""

    withdrawal: Withdrawal
    recalled: list[Release] = field(default_factory=list)
    correction_due: list[Release] = field(default_factory=list)
    facts: int = 0


@transaction.atomic
def withdraw_report(by: Viewer | None, *, report: Report, because: str, replaced_by: Report | None = None) -> Withdrawn:
    """Strike a report with its reason. Releases that lose a paragraph's only basis are recalled, the others are due for correction.

    May: its author, a watch officer, the releasing officer. Everyone reached is told in the same moment.
    """
    viewer = require(by, "withdraw_report", report.sheet)
    reason = clean_line("because", because, limit=300, required=True)
    sheet = Sheet.objects.select_for_update().get(id=report.pk)
    if sheet.withdrawn_at is not None:
        raise Conflict("It was withdrawn already.", "Load the page anew.")
    if replaced_by is not None and replaced_by.pk == report.pk:
        raise Refused("replaced_by", "A report does not replace itself.", "Choose the report that is right.")
    moment = now()
    record_handling(
        sheet,
        viewer,
        because=reason,
        withdrawn_at=moment,
        withdrawn_because=reason,
        replaced_by=replaced_by.sheet if replaced_by else None,
    )
    withdrawal = Withdrawal.objects.create(
        report=sheet,
        because=reason,
        replaced_by=replaced_by.sheet if replaced_by else None,
        at=moment,
        by_id=viewer.seat_id,
    )
    done = Withdrawn(withdrawal, facts=_strike_facts(report, reason))
    _reach_everyone(viewer, sheet, reason, done)
    record(viewer, "report.withdrawn", [sheet.id, *(row.pk for row in (*done.recalled, *done.correction_due))], reason)
    announce("report.withdrawn", sheet.id)
    return done


def _strike_facts(report: Report, because: str) -> int:
    """Facts that rest on nothing else any more are closed; what they said stays in the past."""
    touched = Basis.objects.filter(claim__report=report.pk).values("fact")
    standing = Basis.objects.exclude(claim__report__sheet__withdrawn_at__isnull=False).values("fact")
    rows = Fact.objects.as_house(HOUSE).filter(id__in=touched, until__isnull=True).exclude(id__in=standing)
    return rows.update(until=now(), because=_brought(f"its report was withdrawn: {because}"))


def _brought(words: str) -> str:
    """The reason of what a withdrawal brings about, as long as a reason may be."""
    return words[:300]


def _reach_everyone(viewer: Viewer, sheet: Sheet, because: str, done: Withdrawn) -> None:
    said = _brought(f"{sheet.reference}, on which it rests, was withdrawn: {because}")
    outside = _brought(f"a report on which it rests was withdrawn: {because}")
    for release in in_force_among(releases_on(sheet.id)):
        if loses_a_paragraph(release):
            record_recall(viewer, release, said if release.inside else outside)
            done.recalled.append(release)
            announce("release.recalled", release.pk)
        else:
            record_correction_due(viewer, release, sheet, outside)
            done.correction_due.append(release)
            announce("release.correction_due", release.pk)


def releases_on(sheet: uuid.UUID) -> set[uuid.UUID]:
    """Part of a verb: every release of which a kept paragraph rests on this sheet."""
    rests = Rest.objects.as_house(HOUSE).filter(sheet=sheet, paragraph__state="kept")
    return set(rests.values_list("paragraph__release", flat=True))


def loses_a_paragraph(release: Release, gone: Collection[uuid.UUID] = ()) -> bool:
    """Part of a verb: whether some paragraph has nothing standing under it any more; `gone` are sheets about to go."""
    rests = Rest.objects.as_house(HOUSE).filter(paragraph__release=release, paragraph__state="kept")
    all_of, standing = set(), set()
    for paragraph, sheet, withdrawn in rests.values_list("paragraph", "sheet", "sheet__withdrawn_at"):
        all_of.add(paragraph)
        if withdrawn is None and sheet not in gone:
            standing.add(paragraph)
    return bool(all_of - standing)
