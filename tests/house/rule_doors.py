"""The reader of standing rules: which releases the house drafted under one."""

import datetime
import uuid
from typing import TYPE_CHECKING

from tests.house.facts import World
from tests.house.money_doors import payer
from vedette.agencies.models import Agency, Seat
from vedette.funding.models import PostShare
from vedette.kit.time import now
from vedette.programme.actions import record_agreement, record_clause
from vedette.programme.models import Post
from vedette.sharing.models import StandingDraft, StandingRule
from vedette.sharing.rules import standing_rules

if TYPE_CHECKING:
    from tests.house.readers import Asker


def drafted_by_rules(asker: "Asker", world: World) -> set[uuid.UUID]:
    """The releases that stand under a rule: every one of the world was drafted by the same."""
    known = set(
        StandingDraft.objects.as_house("a test").filter(release__in=world.ids).values_list("release", flat=True)
    )
    rule = StandingRule.objects.first() or _rule()
    StandingDraft.objects.bulk_create(
        StandingDraft(release_id=key, rule=rule, mark=b"0" * 32, since=now(), drafted_at=now())
        for key in world.ids - known
    )
    return {one.release_id for row in standing_rules(asker.viewer) for one in row.drafts} & world.ids


def _rule() -> StandingRule:
    """A rule for a post that a partner shares."""
    post, partner = Post.objects.order_by("key")[0], Agency.objects.exclude(kind=Agency.Kind.HOME).order_by("key")[0]
    day = now().date()
    held = record_agreement(
        key="shared-with-one", partner=partner, title="Shared", kind="posting", signed=day, expires=day
    )
    clause = record_clause(held, number=1, text="May be shared.", gate="share", effect="allows", up_to="GREEN")
    share = PostShare.objects.create(
        post=post, partner=partner, clause=clause, rule=payer()[1], part=1, since=now(), because="a test"
    )
    return StandingRule.objects.create(
        share=share, post=post, partner=partner, clause=clause, label="GREEN", last_day=day + datetime.timedelta(days=9),
        jws="-", since=now(), by=Seat.objects.order_by("label")[0], because="a test",
    )  # fmt: skip
