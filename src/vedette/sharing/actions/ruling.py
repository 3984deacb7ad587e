"""A releasing officer writes and signs a standing rule, ends it, or sets a draft of it aside."""

import datetime

from django.db import transaction

from vedette.agencies.keys import sign
from vedette.agencies.queries import home_agency
from vedette.agencies.viewer import Viewer
from vedette.alerts.actions import stop_clock
from vedette.audit.actions import record
from vedette.funding.models import PostShare
from vedette.handling.actions import record_list
from vedette.handling.policy import require
from vedette.kit.errors import Conflict, Refused
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.programme.models import Clause, Post
from vedette.programme.queries import holdings
from vedette.sharing.actions.drafting import check_label, draft_of
from vedette.sharing.models import Release, StandingDraft, StandingRule
from vedette.sharing.rules import UNSIGNED, RuleRow, clause_lets, standing_rules

LONGEST = datetime.timedelta(days=366)


def read_standing_rules(by: Viewer | None) -> list[RuleRow]:
    """Every rule with its drafts, as a page shows them; which they were is written down, as with every list."""
    viewer = require(by, "see_standing_rules")
    rows = standing_rules(viewer)
    record(viewer, "standing.listed", [row.rule.id for row in rows])
    record_list(viewer, [one.release_id for row in rows for one in row.drafts])
    return rows


@transaction.atomic
def write_standing_rule(
    by: Viewer | None, *, share: PostShare, clause: Clause, label: str, last_day: datetime.date, because: str
) -> StandingRule:
    """Sign a rule under which the house drafts for the partner of a shared post, and releases nothing. Asks who one is once more."""
    viewer = require(by, "write_standing_rule")
    reason = clean_line("because", because, limit=300, required=True)
    moment, plain = now(), check_label(label)
    if not plain:
        raise Refused("label", "A rule says up to which label it goes.", "Choose a label.")
    if not moment.date() <= last_day <= moment.date() + LONGEST:
        raise Refused("last_day", "A rule ends on a day to come, at most a year ahead.", "Choose such a day.")
    # Two who write one at once: the second waits here, then finds the first one's rule.
    Post.objects.select_for_update(of=("self",)).get(pk=share.post_id)
    held = PostShare.objects.select_related("post", "partner").get(pk=share.pk)
    if held.until is not None:
        raise Refused("share", "The post is no longer shared.", "Choose a post that is shared today.")
    _check_clause(held, clause, plain, moment)
    if StandingRule.objects.filter(post=held.post_id, partner=held.partner_id, until__isnull=True).exists():
        raise Refused("share", "A rule for this post and department stands.", "End that one first.")
    rule = StandingRule(
        share=held, post=held.post, partner=held.partner, clause=clause, label=plain, last_day=last_day, since=moment,
        by_id=viewer.seat_id, because=reason,
    )  # fmt: skip
    rule.jws = sign(document_of(rule))
    rule.save()
    record(viewer, "standing.signed", [rule.id, held.post_id, held.partner_id, clause.id], reason)
    announce("standing.signed", rule.id)
    return rule


def _check_clause(share: PostShare, clause: Clause, label: str, moment: datetime.datetime) -> None:
    """The clause is one of an agreement with that very partner, and lets reports be shared up to the label."""
    holding = next((one for one in holdings([share.partner_id]) if one.agreement.id == clause.agreement_id), None)
    if not clause_lets(clause, holding, clause.up_to or label, moment):
        raise Refused(
            "clause",
            f"No reports may be shared with {share.partner.name} under this clause today.",
            "Choose a standing clause about sharing, of an agreement in force with the department.",
        )
    if not clause_lets(clause, holding, label, moment):
        raise Refused(
            "label", f"The clause goes up to TLP:{clause.up_to}.", f"Choose TLP:{clause.up_to} or a wider one."
        )


def document_of(rule: StandingRule) -> dict[str, object]:
    """What is signed: which post, which partner, up to what, under which clause, until when."""
    return {
        "type": "standing-rule",
        "id": str(rule.id),
        "originator": home_agency().key,
        "post": rule.post.key,
        "partner": rule.partner.key,
        "agreement": rule.clause.agreement.key,
        "clause": rule.clause.number,
        "label": f"TLP:{rule.label}",
        "last_day": rule.last_day.isoformat(),
        "signed_at": rule.since,
    }


@transaction.atomic
def end_standing_rule(by: Viewer | None, *, rule: StandingRule, because: str) -> StandingRule:
    """End a rule at once, with a reason: nothing more is drafted, and nobody is chased for what waits."""
    viewer = require(by, "end_standing_rule")
    reason = clean_line("because", because, limit=300, required=True)
    held = StandingRule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    if held.until is not None:
        raise Conflict("This rule was ended before.", "Look at it again.")
    held.until, held.ended_by_id, held.ended_because = now(), viewer.seat_id, reason
    held.save(update_fields=["until", "ended_by", "ended_because"])
    stop_waiting(held, "its standing rule was ended")
    record(viewer, "standing.ended", [held.id, held.post_id, held.partner_id], reason)
    announce("standing.ended", held.id)
    return held


def stop_waiting(rule: StandingRule, because: str) -> int:
    """Part of a verb: nobody is chased any more for the unsigned drafts of a rule; how many clocks that were."""
    drafts = StandingDraft.objects.as_house("a rule that drafts no more chases nobody")
    waiting = drafts.filter(rule=rule, release__signed_at__isnull=True).values_list("release", flat=True)
    return sum(stop_clock(key, UNSIGNED, because) for key in waiting)


@transaction.atomic
def set_draft_aside(by: Viewer | None, *, release: Release, because: str) -> StandingDraft:
    """Say that a draft by a rule is not to be sent: its clock stops; when the facts change another one is drafted."""
    viewer = draft_of(by, "set_draft_aside", release)
    reason = clean_line("because", because, limit=300, required=True)
    rows = StandingDraft.objects.as_house("a draft is set aside once").select_for_update(of=("self",))
    held: StandingDraft | None = rows.filter(release=release).first()
    if held is None or held.until is not None:
        raise Conflict("No standing rule waits with this draft.", "Look at it again.")
    held.until, held.by_id, held.because = now(), viewer.seat_id, reason
    held.save(update_fields=["until", "by", "because"])
    stop_clock(release.pk, UNSIGNED, "it was set aside")
    record(viewer, "release.set_aside", [release.pk, held.rule_id], reason)
    announce("release.edited", release.pk)
    return held
