"""Standing rules read: which there are, whether one is in force and why not, which draft was made under which."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from vedette.agencies.queries import home_agency, viewers_of
from vedette.agencies.viewer import Viewer
from vedette.alerts.queries import ClockView, clocks_of
from vedette.funding.models import PostShare
from vedette.kit.time import now
from vedette.programme.gate import LABELS, Holding
from vedette.programme.models import Clause
from vedette.programme.queries import holdings
from vedette.sharing.basis import Within
from vedette.sharing.models import Release, StandingDraft, StandingRule

# The kind of the clock that runs until a draft by a rule is signed, and its ladder.
UNSIGNED, LADDER = "standing-release", "standing-release"
PARTS = ("share", "post", "partner", "clause__agreement", "by", "ended_by")


@dataclass(frozen=True)
class RuleRow:
    """A rule as its list shows it: why it drafts nothing any more (empty while it does), and the drafts the viewer may see."""

    rule: StandingRule
    lapse: str
    drafts: list[StandingDraft] = field(default_factory=list)

    @property
    def open(self) -> list[StandingDraft]:
        """The drafts that wait for a person."""
        return [one for one in self.drafts if not one.release.signed and one.until is None]

    @property
    def sent(self) -> int:
        """How many a person signed."""
        return sum(one.release.signed for one in self.drafts)


@dataclass(frozen=True)
class DraftedBy:
    """Under which rule a release was drafted, why that rule drafts nothing any more, until when somebody is to sign it."""

    draft: StandingDraft
    lapse: str
    clock: ClockView | None = None

    @property
    def rule(self) -> StandingRule:
        """The rule itself."""
        return self.draft.rule


def lapse_of(rule: StandingRule, held: Iterable[Holding], officer: Viewer | None, at: datetime.datetime) -> str:
    """Why a rule drafts nothing at a moment, as a sentence; empty while it is in force."""
    words = {"who": rule.partner.name, "n": rule.clause.number, "title": rule.clause.agreement.title}
    if rule.until is not None:
        return _("The rule was ended.")
    if rule.last_day < at.date():
        return _("The rule’s last day has passed.")
    if rule.share.until is not None:
        return _("The post is no longer shared with %(who)s.") % words
    holding = next((one for one in held if one.agreement.id == rule.clause.agreement_id), None)
    if not clause_lets(rule.clause, holding, rule.label, at):
        return _("Clause %(n)s of “%(title)s” no longer lets reports be shared.") % words
    if officer is None or not officer.holds("releasing"):
        return _("Whoever signed the rule is no releasing officer any more.")
    return ""


def clause_lets(clause: Clause, holding: Holding | None, label: str, at: datetime.datetime) -> bool:
    """Whether a clause lets reports be shared up to a label: it stands, in an agreement in force that was read in time."""
    return (
        holding is not None
        and holding.state(at.date()) == "in-force"
        and not holding.locked(at.date())
        and clause.id in {row.id for row in holding.standing(at)}
        and clause.gate == Clause.Gate.SHARE
        and clause.effect != Clause.Effect.FORBIDS
        and (not clause.up_to or LABELS.index(label) <= LABELS.index(clause.up_to))
    )


def lapses(rules: Iterable[StandingRule], at: datetime.datetime | None = None) -> dict[uuid.UUID, str]:
    """Why each of these rules drafts nothing, with one question for all of them."""
    rows, moment = list(rules), at or now()
    if not rows:
        return {}
    officers = viewers_of({row.by_id for row in rows})
    held: dict[uuid.UUID, list[Holding]] = defaultdict(list)
    for one in holdings({row.partner_id for row in rows}):
        held[one.agreement.partner_id].append(one)
    return {row.id: lapse_of(row, held[row.partner_id], officers.get(row.by_id), moment) for row in rows}


def standing_rules(viewer: Viewer | None) -> list[RuleRow]:
    """Every rule, those in force first, each with its drafts that the viewer may see."""
    rows = list(StandingRule.objects.select_related(*PARTS))
    said = lapses(rows)
    drafts: dict[uuid.UUID, list[StandingDraft]] = defaultdict(list)
    seen = StandingDraft.objects.seen_by(viewer).filter(rule__in=rows).select_related("release__sheet")
    for one in seen.order_by("-drafted_at"):
        drafts[one.rule_id].append(one)
    found = [RuleRow(row, said[row.id], drafts[row.id]) for row in rows]
    return sorted(found, key=lambda one: (bool(one.lapse), one.rule.post.city, -one.rule.since.timestamp()))


def rule_by_id(key: uuid.UUID) -> StandingRule | None:
    """One rule."""
    found: StandingRule | None = StandingRule.objects.select_related(*PARTS).filter(pk=key).first()
    return found


def drafted_by(viewer: Viewer | None, releases: Iterable[Release]) -> dict[uuid.UUID, DraftedBy]:
    """Which of these releases the house drafted under which rule."""
    rows = StandingDraft.objects.seen_by(viewer).filter(release__in=list(releases))
    found = list(rows.select_related(*(f"rule__{part}" for part in PARTS), "by"))
    said = lapses({one.rule_id: one.rule for one in found}.values())
    clocks = clocks_of(viewer, [one.release_id for one in found], UNSIGNED) if found else {}
    return {one.release_id: DraftedBy(one, said[one.rule_id], clocks.get(one.release_id)) for one in found}


def shares_in_force() -> list[PostShare]:
    """The posts that are shared today, each with whom."""
    rows = PostShare.objects.filter(until__isnull=True).select_related("post", "partner")
    return list(rows.order_by("post__city", "partner__name"))


def sharing_clauses() -> list[Clause]:
    """The clauses that let reports be shared today with a department that shares a post."""
    moment = now()
    partners = {row.partner_id for row in shares_in_force()}
    found = [
        (holding.agreement, row)
        for holding in holdings(partners)
        for row in holding.standing(moment)
        if clause_lets(row, holding, row.up_to or LABELS[0], moment)
    ]
    ordered = sorted(found, key=lambda pair: (pair[0].partner.name, pair[0].title, pair[1].number))
    return [clause for _agreement, clause in ordered]


def rule_of(release: Release) -> uuid.UUID | None:
    """The rule under which a draft was made; None for what a person drafted."""
    rows = StandingDraft.objects.as_house("what is signed says by which rule it was drafted").filter(release=release)
    found: uuid.UUID | None = rows.values_list("rule", flat=True).first()
    return found


def within_of(release: Release) -> Within | None:
    """What a draft under a rule may rest on, also when a person drafts it anew; None for what a person drafted."""
    rows = StandingDraft.objects.as_house("a draft by a rule rests on that post's reports alone").filter(
        release=release
    )
    found = rows.select_related("rule").first()
    return within(found.rule) if found else None


def within(rule: StandingRule) -> Within:
    """What this rule covers."""
    return Within(rule.post_id, rule.label, home_agency().id)
