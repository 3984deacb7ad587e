"""Statements of a report: a person writes one down or confirms a proposal; and what a source goes back to."""

import datetime
from dataclasses import dataclass

from django.db import transaction

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.policy import require
from vedette.kit.errors import Refused
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.reporting.drafts import check_moment
from vedette.reporting.extraction import KINDS
from vedette.reporting.models import Claim, Report, Rooting, Source, Version
from vedette.reporting.sources import root_of

CLAIM_KINDS = (*KINDS, "place", "route", "vehicle", "claim-of-responsibility", "other")
QUALIFIERS = ("", "about", "at least", "up to", "denied", "unconfirmed")


@dataclass(frozen=True)
class ClaimDraft:
    """One statement: about what, of which kind, its value; the words of the report it rests on."""

    kind: str
    value: str
    subject: str = ""
    number: int | None = None
    qualifier: str = ""
    place_name: str = ""
    at: datetime.datetime | None = None
    quote: str = ""


@transaction.atomic
def make_claim(by: Viewer | None, *, report: Report, draft: ClaimDraft) -> Claim:
    """Write down one statement of a report; its quotation must stand in a wording of that report."""
    viewer = require(by, "make_claim", report.sheet)
    columns = _check(draft)
    quote = clean_line("quote", " ".join(draft.quote.split()), limit=500)
    if quote and not _stands_in(viewer, report, quote):
        raise Refused("quote", "These words do not stand in the report.", "Quote it word for word, or leave it out.")
    rows = Claim.objects.as_house("the same statement of a report is written down once")
    known: Claim | None = rows.filter(report=report, **columns).first()
    if known:
        return known
    claim: Claim = Claim.objects.create(report=report, quote=quote, made_by_id=viewer.seat_id, made_at=now(), **columns)
    record(viewer, "claim.made", [report.pk, claim.id])
    announce("claim.made", report.pk)
    return claim


def _check(draft: ClaimDraft) -> dict[str, object]:
    if draft.kind not in CLAIM_KINDS:
        raise Refused("kind", f"“{draft.kind}” is not a kind of statement.", f"Use one of: {', '.join(CLAIM_KINDS)}.")
    if draft.qualifier not in QUALIFIERS:
        raise Refused(
            "qualifier", f"“{draft.qualifier}” is not known here.", f"Use none or: {', '.join(QUALIFIERS[1:])}."
        )
    value = clean_line("value", draft.value, limit=300, required=True)
    number = draft.number
    if number is None and value.isdigit() and len(value) < 9:
        number = int(value)
    if number is not None and not 0 <= number <= 100_000_000:
        raise Refused("number", f"{number} is not a count.", "Give a number from 0 to 100,000,000.")
    if draft.at is not None:
        check_moment("at", draft.at, now())
    return {
        "kind": draft.kind,
        "value": value,
        "number": number,
        "subject": clean_line("subject", draft.subject),
        "qualifier": draft.qualifier,
        "place_name": clean_line("place", draft.place_name),
        "at": draft.at,
    }


def _stands_in(viewer: Viewer, report: Report, quote: str) -> bool:
    wordings = Version.objects.seen_by(viewer).filter(report=report).values_list("text", "gloss")
    return any(quote.casefold() in " ".join(text.split()).casefold() for pair in wordings for text in pair)


@transaction.atomic
def set_root_source(by: Viewer | None, *, report: Report, root: Source | None, known: bool, because: str) -> Source:
    """Say what the source of a report goes back to: another source, itself (no `root`, `known`), or nobody knows."""
    viewer = require(by, "set_root_source", report.sheet)
    reason = clean_line("because", because, limit=300, required=True)
    source = Source.objects.select_for_update(of=("self",)).select_related("root").get(id=report.source_id)
    if root is not None and (root.id == source.id or _leads_to(root, source)):
        raise Refused("root", "These two would go back to each other.", "Name the one that had it first.")
    source.root, source.root_known = (root, True) if known else (None, False)
    source.save(update_fields=["root", "root_known"])
    _date(source, viewer, now())
    record(viewer, "source.rooted", [report.pk, source.id, root_of(source)], reason)
    announce("source.rooted", report.pk)
    return source


def _date(source: Source, by: Viewer, moment: datetime.datetime) -> None:
    """What was said before ends here, and what is said now begins."""
    Rooting.objects.filter(source=source, until__isnull=True).update(until=moment)
    Rooting.objects.create(source=source, root=source.root, known=source.root_known, since=moment, by_id=by.seat_id)


def _leads_to(source: Source, wanted: Source) -> bool:
    seen = set()
    while source.root is not None and source.id not in seen:
        seen.add(source.id)
        source = source.root
        if source.id == wanted.id:
            return True
    return False
