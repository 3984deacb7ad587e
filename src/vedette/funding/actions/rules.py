"""Payer rules: for which work and which categories who may lawfully pay."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from vedette.agencies.models import Agency
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.funding.models import Category, Funder, PayerRule, PayerShare
from vedette.funding.money import WHOLE
from vedette.handling.policy import require
from vedette.kit.errors import Refused
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.programme.models import Clause, Post


def record_funder(key: str, name: str, agency: Agency | None = None) -> Funder:
    """Make a funder, or bring the one with this key up to date."""
    return Funder.objects.update_or_create(key=key, defaults={"name": name, "agency": agency})[0]


@transaction.atomic
def set_funder(by: Viewer | None, *, name: str, agency: Agency, because: str) -> Funder:
    """Enter who pays: the city for our own agency, else the agency whose money it is; each agency is one funder."""
    viewer = require(by, "set_funder")
    reason = clean_line("because", because, limit=300, required=True)
    title = clean_line("name", name, required=True)
    if Funder.objects.filter(name__iexact=title).exists():
        raise Refused("name", "A funder of this name is there already.", "Choose that one, or name this one apart.")
    if agency.kind != Agency.Kind.HOME and Funder.objects.filter(agency=agency).exists():
        raise Refused("agency", "This agency is a funder already.", "Choose that one.")
    stem = slugify(title)[:30] or "funder"
    taken = set(Funder.objects.filter(key__startswith=stem).values_list("key", flat=True))
    key = next(one for one in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if one not in taken)
    made = record_funder(key, title, agency)
    record(viewer, "funder.set", [made.id], reason)
    announce("funding.set", made.id)
    return made


def record_payer_rule(*, shares: Mapping[Funder, int], **values: Any) -> PayerRule:
    """Write a rule with its shares."""
    rule: PayerRule = PayerRule.objects.create(**values)
    PayerShare.objects.bulk_create([PayerShare(rule=rule, funder=one, part=part) for one, part in shares.items()])
    return rule


@transaction.atomic
def set_payer_rule(
    by: Viewer | None,
    *,
    number: int,
    title: str,
    work: str,
    categories: Sequence[str],
    shares: Mapping[Funder, int],
    clause: Clause | None = None,
    post: Post | None = None,
    needs_order: bool = False,
    text: str = "",
    since: datetime.date | None = None,
    because: str,
) -> PayerRule:
    """Set a rule from today on; the one with its number that stood before ends today and is kept.

    A number that never stood may hold from an earlier day: who enters his books late pays what was owed then.
    """
    viewer = require(by, "set_payer_rule")
    if not 1 <= number <= 999:
        raise Refused("number", f"{number} is no number of a rule.", "Choose one from 1 to 999.")
    if work not in PayerRule.Work.values:
        raise Refused("work", f"“{work}” is no kind of work.", f"Choose one of: {', '.join(PayerRule.Work.values)}.")
    unknown = [one for one in categories if one not in Category.values]
    if unknown or not categories:
        raise Refused("categories", "Say for which categories it pays.", f"Choose of: {', '.join(Category.values)}.")
    if sum(shares.values()) != WHOLE or any(part <= 0 for part in shares.values()):
        raise Refused("shares", "The shares of its funders do not make 100 %.", "Let them add up to it.")
    _check_clause(clause, shares)
    reason = clean_line("because", because, limit=300, required=True)
    first = _first_day(number, since, clause)
    _close(number, now().date(), reason)
    rule = record_payer_rule(
        shares=shares,
        number=number,
        title=clean_line("title", title, required=True),
        work=work,
        categories=list(dict.fromkeys(categories)),
        clause=clause,
        post=post,
        needs_order=needs_order,
        text=clean_line("text", text, limit=400),
        since=first,
        by=viewer.seat_id,
        because=reason,
    )
    record(viewer, "payer.set", [rule.id], reason)
    announce("funding.set", rule.id)
    return rule


@transaction.atomic
def end_payer_rule(by: Viewer | None, *, rule: PayerRule, because: str) -> PayerRule:
    """End a rule with a reason: from today on nobody pays under it."""
    viewer = require(by, "end_payer_rule")
    reason = clean_line("because", because, limit=300, required=True)
    if rule.until is not None:
        raise Refused("because", "This rule was ended before.", "Nothing needs doing.")
    _close(rule.number, now().date(), reason)
    rule.refresh_from_db()
    record(viewer, "payer.ended", [rule.id], reason)
    announce("funding.set", rule.id)
    return rule


def _first_day(number: int, since: datetime.date | None, clause: Clause | None) -> datetime.date:
    """The day from which a rule holds: today, or an earlier day on which none of its number stood and its paper was signed."""
    today = now().date()
    first = since or today
    if first > today:
        raise Refused("since", "This day is still to come.", "Set the rule on its day.")
    stood = PayerRule.objects.filter(number=number).exclude(until__lte=first)
    if first < today and stood.exists():
        raise Refused("since", "A rule of this number stood on that day.", "Give another number, or leave it empty.")
    signed = clause.agreement.signed if clause is not None else first
    if signed is None or first < signed:
        raise Refused("since", "The agreement was not signed then.", "Give its day, or a later one.")
    return first


def _check_clause(clause: Clause | None, shares: Mapping[Funder, int]) -> None:
    """What another agency pays rests on a clause; a clause of an agreement with one of those who pay."""
    others = {one.agency_id for one in shares if one.agency and one.agency.kind != Agency.Kind.HOME}
    if others and clause is None:
        raise Refused("clause", "What another agency pays rests on a clause.", "Choose the clause that says so.")
    if clause is not None and others and clause.agreement.partner_id not in others:
        raise Refused(
            "clause", "This clause binds none of those who would pay.", "Choose one of an agreement with them."
        )


def _close(number: int, today: datetime.date, because: str) -> None:
    """End the rule with this number today; one that was set today never stood."""
    standing = PayerRule.objects.filter(number=number, until__isnull=True)
    standing.update(until=today, ended_because=because)
