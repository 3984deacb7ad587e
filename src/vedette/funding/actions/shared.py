"""Sharing a post with another department: its part of the costs by a rule of its own, under a clause of the agreement with it."""

from collections.abc import Sequence

from django.db import transaction

from vedette.agencies.models import Agency
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.funding.actions.rules import record_funder, record_payer_rule
from vedette.funding.models import Category, Funder, PayerRule, PostShare
from vedette.funding.money import WHOLE
from vedette.handling.policy import require
from vedette.kit.errors import Conflict, Refused
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.programme.models import Clause, Post

# Rules of shared posts are numbered from here: the first of them is asked before any that is general.
FIRST_NUMBER = 500
LONGEST_KEY = 35


@transaction.atomic
def share_post(
    by: Viewer | None, *, post: Post, clause: Clause, part: int, categories: Sequence[str], because: str
) -> PostShare:
    """Share a post from today on with the department that the clause binds: `part` ten-thousandths of these categories are its own."""
    viewer = require(by, "share_post")
    if not 1 <= part < WHOLE:
        raise Refused("part", "A share is more than nothing and less than all.", "Write it in per cent, such as 30.")
    if not categories or any(one not in Category.values for one in categories):
        raise Refused(
            "categories", "Say of which categories it bears its part.", f"Choose of: {', '.join(Category.values)}."
        )
    reason = clean_line("because", because, limit=300, required=True)
    partner = _partner(clause)
    # Two who share the same post at once: the second waits here, then finds the first one's share.
    Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    standing = PostShare.objects.filter(post=post, until__isnull=True).select_related("partner").first()
    if standing is not None:
        raise Refused("post", f"{standing.partner.name} shares it already.", "End that share first.")
    # Two who share two posts at once are numbered one after the other: the second waits here.
    purse = Funder.objects.select_for_update(of=("self",)).filter(agency__kind=Agency.Kind.HOME)
    home = purse.order_by("name").first()
    if home is None:
        raise Refused("post", "Our own budget is not entered.", "Enter the city as a funder first.")
    # Two departments whose keys begin alike are two funders: a key that is too long is not cut.
    key = f"dept-{partner.key}" if len(partner.key) <= LONGEST_KEY else f"dept-{partner.id.hex}"
    theirs = Funder.objects.filter(agency=partner).first() or record_funder(key, partner.name, partner)
    rule = record_payer_rule(
        shares={home: WHOLE - part, theirs: part},
        number=_number(),
        title=f"{post.city}, shared with {partner.name}"[:200],
        work=PayerRule.Work.POSTS,
        categories=list(dict.fromkeys(categories)),
        clause=clause,
        post=post,
        text=clause.text[:400],
        since=now().date(),
        by=viewer.seat_id,
        because=reason,
    )
    made: PostShare = PostShare.objects.create(
        post=post, partner=partner, clause=clause, rule=rule, part=part, since=now(), by=viewer.seat_id, because=reason
    )
    record(viewer, "post.shared", [made.id, post.id, rule.id], reason)
    announce("funding.set", rule.id)
    return made


@transaction.atomic
def end_share(by: Viewer | None, *, share: PostShare, because: str) -> PostShare:
    """End a share with a reason: from today on its rule pays nothing, and its questions wait as all others do."""
    viewer = require(by, "end_share")
    reason = clean_line("because", because, limit=300, required=True)
    held = PostShare.objects.select_for_update(of=("self",)).get(pk=share.pk)
    if held.until is not None:
        raise Conflict("This share was ended before.", "Look at it again.")
    held.until, held.ended_because = now(), reason
    held.save(update_fields=["until", "ended_because"])
    rules = PayerRule.objects.filter(pk=held.rule_id, until__isnull=True)
    rules.update(until=now().date(), ended_because=reason)
    record(viewer, "share.ended", [held.id, held.post_id, held.rule_id], reason)
    announce("funding.set", held.rule_id)
    return held


def _partner(clause: Clause) -> Agency:
    """The department that the clause binds: a standing one about costs, of an agreement that is signed and not ended."""
    agreement = clause.agreement
    if clause.until is not None or clause.gate != Clause.Gate.COST or agreement.ended is not None:
        raise Refused("clause", "This clause says nothing of costs today.", "Choose a standing clause about costs.")
    if agreement.signed is None or agreement.signed > now().date():
        raise Refused("clause", "The agreement was not signed then.", "Enter the day on which it was signed first.")
    if agreement.partner.kind == Agency.Kind.HOME:
        raise Refused("clause", "This clause binds ourselves.", "Choose one of an agreement with the department.")
    return agreement.partner


def _number() -> int:
    taken = set(PayerRule.objects.filter(until__isnull=True, number__gte=FIRST_NUMBER).values_list("number", flat=True))
    return next(number for number in range(FIRST_NUMBER, FIRST_NUMBER + 500) if number not in taken)
