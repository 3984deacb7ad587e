"""What the tests of standing rules share: a post that Boston shares, a rule for it, and reports of our own officers."""

import datetime
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.kept import for_a_file
from vedette.agencies.models import Agency, Seat
from vedette.agencies.queries import home_agency, viewers_of
from vedette.funding.actions import share_post
from vedette.funding.actions.rules import record_funder
from vedette.funding.models import PostShare
from vedette.incidents.actions import link_report
from vedette.kit.time import now, set_clock
from vedette.programme.actions import record_agreement, record_clause
from vedette.programme.models import Clause, Post
from vedette.reporting.actions import file_report, make_claim
from vedette.reporting.actions.claims import ClaimDraft
from vedette.reporting.drafts import GradeDraft, PlaceDraft, ReportDraft
from vedette.reporting.models import Claim, Report
from vedette.sharing.actions import write_standing_rule
from vedette.sharing.models import StandingRule
from vedette.sharing.tests.stage import Stage, play

MINUTE = datetime.timedelta(minutes=1)
PARTNER = "pt-bos"


@dataclass
class Ruled:
    """The stage with a shared post, the clause, and the rule that stands for it."""

    stage: Stage
    share: PostShare
    clause: Clause
    rule: StandingRule


@pytest.fixture(scope="module")
def ruled_evening(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator["Ruled"]:
    """The Paris evening up to its third line, with a shared post and a rule for it."""
    with for_a_file(django_db_blocker):
        yield ruled(play("paris-2015", "PAR-003"))


@pytest.fixture
def house(ruled_evening: "Ruled", db: None) -> "Ruled":
    """That evening as it was."""
    return ruled_evening


def ruled(stage: Stage) -> Ruled:
    """Boston shares the post in Paris, and a rule stands for it up to TLP:AMBER."""
    partner, home = Agency.objects.get(key=PARTNER), home_agency()
    record_funder("city", home.name, home)
    today = now().date()
    held = record_agreement(
        key="shared-post", partner=partner, title="One officer for two", kind="posting",
        signed=today - datetime.timedelta(days=90), expires=today + datetime.timedelta(days=700),
    )  # fmt: skip
    cost = record_clause(held, number=1, text="It bears its part.", gate="cost", effect="allows")
    clause = record_clause(
        held, number=2, text="What the post reports may be shared.", gate="share", effect="allows", up_to="AMBER"
    )
    share = share_post(
        stage.viewer("Finance officer"), post=Post.objects.get(key="par"), clause=cost, part=3_000,
        categories=["training"], because="the letter",
    )  # fmt: skip
    return Ruled(stage, share, clause, written(stage, share, clause))


def written(stage: Stage, share: PostShare, clause: Clause, **values: object) -> StandingRule:
    """A rule for half a year, up to TLP:AMBER."""
    plain = {
        "label": "AMBER",
        "last_day": now().date() + datetime.timedelta(days=180),
        "because": "every night the same",
    }
    return write_standing_rule(stage.releasing, share=share, clause=clause, **{**plain, **values})  # type: ignore[arg-type]


def later(minutes: int) -> None:
    """The shown clock goes on."""
    set_clock(shown=now() + minutes * MINUTE, speed=1, paused=True)


def seen(
    stage: Stage,
    post: str,
    place: str,
    *,
    killed: int = 0,
    at: tuple[float, float] = (48.80, 2.30),
    kind: str = "liaison-officer",
    **values: object,
) -> tuple[Report, Claim]:
    """What an officer at a post saw himself, linked to the main incident; how many were killed there, as he says."""
    officer = Seat.objects.get(postings__post__key=post)
    plain: dict[str, object] = {
        "client_id": uuid.uuid4(), "kind": "spot", "text": f"{killed} dead at {place}.", "observed_at": now(), "happened_at": now(),
        "post_key": post, "language": "en", "place": PlaceDraft(name=place, lat=at[0], lon=at[1], precision_m=50),
        "source_label": "own observation", "source_kind": kind, "grade": GradeDraft("NATO", "B", "2"),
        "nexus": "none-known",
    }  # fmt: skip
    report = file_report(viewers_of([officer.id])[officer.id], ReportDraft(**{**plain, **values}))  # type: ignore[arg-type]
    link_report(stage.watch, report=report.sheet, incident=stage.main)
    claim = make_claim(stage.watch, report=report, draft=ClaimDraft("killed", str(killed), "", number=killed))
    return report, claim
