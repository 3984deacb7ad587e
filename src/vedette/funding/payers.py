"""Who may lawfully pay a cost: each rule is asked in its turn, and answers with its reason and the lawful way. Pure.

Exactly one rule pays, the first that may: what is special (one post, the bureau's missions, a surge) is asked before what is
general. Its funders share the sum to the cent. Where none may, the nearest lawful way is that of the rule that lacks least of
what can still be brought about.
"""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from vedette.funding.models import Category, Grant, PayerRule, PayerShare
from vedette.funding.money import said, shared_out
from vedette.programme.gate import Holding
from vedette.programme.models import Mission
from vedette.programme.rota import day_words

SURGE_DAYS = 3
Work = PayerRule.Work
GENERAL = {Work.BUREAU: 0, Work.SURGE: 0, Work.POSTS: 1, Work.MISSIONS: 1, Work.ALL: 2}


@dataclass(frozen=True)
class Cost:
    """What is to be paid: its category, sum in minor units of the books, day, and the work it is for."""

    category: str
    amount: int
    day: datetime.date
    post: uuid.UUID | None = None
    origin: str = ""
    asker: str = ""
    kind: str = ""
    begins: datetime.date | None = None
    order_number: str = ""

    @property
    def is_mission(self) -> bool:
        """Whether a mission costs it, and no post."""
        return self.post is None


@dataclass(frozen=True)
class Purse:
    """A grant as it stands: its ceilings and what is used of them by category, and the agreement it rests on."""

    grant: Grant
    ceilings: Mapping[str, int]
    used: Mapping[str, int]
    holding: Holding | None = None

    def left(self, category: str) -> int:
        """What is left of a category, in minor units of the books."""
        return self.ceilings.get(category, 0) - self.used.get(category, 0)


@dataclass(frozen=True)
class Ruled:
    """A rule with its shares, and the agreement of its clause."""

    rule: PayerRule
    shares: tuple[PayerShare, ...]
    holding: Holding | None = None


@dataclass(frozen=True)
class Unmet:
    """What a rule lacks, and what would bring it about; empty where nothing can."""

    sentence: str
    way: str = ""


@dataclass(frozen=True)
class Part:
    """What one grant bears."""

    purse: Purse
    amount: int


@dataclass(frozen=True)
class Verdict:
    """What one rule answers."""

    rule: PayerRule
    parts: tuple[Part, ...] = ()
    unmet: tuple[Unmet, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether this rule pays it."""
        return not self.unmet

    @property
    def sentence(self) -> str:
        """Why, or why not."""
        if self.allowed:
            return _("%(who)s pays it.") % {"who": " + ".join(part.purse.grant.funder.name for part in self.parts)}
        return " ".join(one.sentence for one in self.unmet)

    @property
    def distance(self) -> tuple[int, int]:
        """How far it is from paying: what cannot be brought about first, then what can."""
        return sum(not one.way for one in self.unmet), len(self.unmet)


@dataclass(frozen=True)
class Answer:
    """Who pays a cost, under which rule; or nobody, why, and the nearest lawful way."""

    verdicts: tuple[Verdict, ...] = field(default_factory=tuple)

    @property
    def chosen(self) -> Verdict | None:
        """The rule that pays: the first that may."""
        return next((one for one in self.verdicts if one.allowed), None)

    @property
    def nearest(self) -> Verdict | None:
        """Where none pays, the rule that lacks least."""
        return min(self.verdicts, key=lambda one: one.distance, default=None)

    @property
    def sentence(self) -> str:
        """Why nobody may pay it; the reasons of the nearest rule, by name."""
        near = self.nearest
        if near is None:
            return _("No rule says who pays for this.")
        return f"{near.rule.title}: {near.sentence}"

    @property
    def way_round(self) -> str:
        """The nearest lawful way."""
        near = self.nearest
        ways = [one.way for one in near.unmet if one.way] if near else []
        fixed = any(not one.way for one in near.unmet) if near else True
        if not ways or fixed:
            return _("No funder pays this for such work: take it out, or agree on a rule that does.")
        return " ".join(ways)


def payers(cost: Cost, rules: Iterable[Ruled], purses: Iterable[Purse], currency: str) -> Answer:
    """What each rule that stands on the day answers, the special before the general, then by number."""
    held = list(purses)
    standing = [
        one for one in rules if one.rule.since <= cost.day and (one.rule.until is None or one.rule.until > cost.day)
    ]
    ordered = sorted(
        standing, key=lambda one: (one.rule.post_id is None, GENERAL[Work(one.rule.work)], one.rule.number)
    )
    return Answer(tuple(_verdict(cost, one, held, currency) for one in ordered))


def _verdict(cost: Cost, ruled: Ruled, purses: list[Purse], currency: str) -> Verdict:
    unmet = [*_category(cost, ruled), *_work(cost, ruled.rule), *_order(cost, ruled.rule), *_agreed(cost, ruled)]
    parts: list[Part] = []
    amounts = shared_out(cost.amount, [share.part for share in ruled.shares])
    for share, amount in zip(ruled.shares, amounts, strict=True):
        own = [purse for purse in purses if purse.grant.funder_id == share.funder_id]
        purse, lacking = _purse(cost, share.funder.name, own, amount, currency)
        if purse and amount:
            parts.append(Part(purse, amount))
        # A rule that is not for this at all need not say that its purse is empty as well.
        if lacking and not unmet:
            unmet.append(lacking)
    return Verdict(ruled.rule, () if unmet else tuple(parts), tuple(unmet))


def _category(cost: Cost, ruled: Ruled) -> list[Unmet]:
    if cost.category in ruled.rule.categories:
        return []
    names = ", ".join(str(Category(one).label) for one in ruled.rule.categories)
    who = " + ".join(share.funder.name for share in ruled.shares)
    return [Unmet(_("%(who)s pays for %(categories)s only.") % {"who": who, "categories": names})]


def _work(cost: Cost, rule: PayerRule) -> list[Unmet]:
    if rule.post_id is not None and rule.post_id != cost.post:
        return [Unmet(_("This rule is for another post."))]
    if rule.work == Work.ALL:
        return []
    if rule.work == Work.POSTS:
        return [Unmet(_("It is for liaison posts; this is a mission."))] if cost.is_mission else []
    if not cost.is_mission:
        return [Unmet(_("It is for missions; this is a liaison post."))]
    if rule.work == Work.BUREAU and cost.origin != Mission.Origin.BUREAU:
        said_by = cost.asker or pgettext("who asked for a mission", "nobody of the bureau")
        return [
            Unmet(
                _("It pays only missions that the bureau asked for; this one was asked for by %(who)s.")
                % {"who": said_by},
                _("Have the request made through the bureau, which pays for everything on its missions."),
            )
        ]
    if rule.work == Work.SURGE:
        last = cost.begins + datetime.timedelta(days=SURGE_DAYS) if cost.begins else None
        if cost.kind != Mission.Kind.SURGE or cost.begins is None or last is None:
            return [Unmet(_("It is for a team sent after an attack."))]
        if not cost.begins <= cost.day < last:
            return [Unmet(_("It ended 72 hours after the team left, on %(day)s.") % {"day": day_words(last)})]
    return []


def _order(cost: Cost, rule: PayerRule) -> list[Unmet]:
    if not rule.needs_order or cost.order_number:
        return []
    return [
        Unmet(_("Its order number is missing."), _("Get the order number before travel and write it on the expense."))
    ]


def _agreed(cost: Cost, ruled: Ruled) -> list[Unmet]:
    """The clause behind a rule must stand on the day, in an agreement that is in force then."""
    clause, holding = ruled.rule.clause, ruled.holding
    if clause is None:
        return []
    if holding is None:
        return [Unmet(_("The agreement behind it is not known."), _("Enter the agreement."))]
    unmet = _in_force(holding, cost.day)
    if unmet:
        return [unmet]
    if clause.until is not None and clause.until.date() <= cost.day:
        words = {"n": clause.number, "title": holding.agreement.title, "day": day_words(clause.until.date())}
        return [
            Unmet(
                _("Clause %(n)s of “%(title)s” ended on %(day)s.") % words,
                _("Agree on a clause that covers such costs and tie the rule to it."),
            )
        ]
    return []


def _in_force(holding: Holding, day: datetime.date) -> Unmet | None:
    state, agreement = holding.state(day), holding.agreement
    words = {"title": agreement.title, "day": day_words(day)}
    if state == "in-force" and not holding.locked(day):
        return None
    ends = agreement.ended if state == "ended" else agreement.expires
    if state == "unsigned":
        said_so = _("“%(title)s” was not yet signed on %(day)s.") % words
    elif ends is not None and state != "in-force":
        said_so = _("“%(title)s” ended on %(last)s.") % {**words, "last": day_words(ends)}
    else:
        said_so = _("“%(title)s” is locked: it was not read again in time.") % words
    return Unmet(said_so, _("Renew it, or sign one that covers %(day)s.") % words)


def _purse(cost: Cost, funder: str, own: list[Purse], amount: int, currency: str) -> tuple[Purse | None, Unmet | None]:
    """The grant of a funder that bears its part: in force on the day, with enough left of the category."""
    open_ones = [one for one in own if cost.day in one.grant.days and not _ended(one.grant, cost.day)]
    words = {"who": funder, "day": day_words(cost.day), "category": str(Category(cost.category).label)}
    if not open_ones:
        way = _("Enter the grant or the budget that covers this day.")
        return None, Unmet(_("No grant of %(who)s is in force on %(day)s.") % words, way)
    agreed = [one for one in open_ones if one.holding is None or _in_force(one.holding, cost.day) is None]
    if not agreed:
        holding = open_ones[0].holding
        return None, _in_force(holding, cost.day) if holding else None
    enough = [one for one in agreed if one.left(cost.category) >= amount]
    if enough:
        return enough[0], None
    best = max(agreed, key=lambda one: one.left(cost.category))
    short = said(amount - best.left(cost.category), currency)
    sentence = _("“%(title)s” of %(who)s has %(left)s left for %(category)s: %(short)s too little.") % {
        **words, "title": best.grant.title, "left": said(max(0, best.left(cost.category)), currency), "short": short
    }  # fmt: skip
    return None, Unmet(sentence, _("Agree on a higher ceiling with %(who)s first.") % words)


def _ended(grant: Grant, day: datetime.date) -> bool:
    return grant.ended_at is not None and grant.ended_at.date() <= day
