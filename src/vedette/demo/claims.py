"""What a demonstration shows of the money beyond its costs: a commitment, a claim partly paid, a gift. All of it invented and said to be."""

import datetime
from dataclasses import replace

from django.db import transaction

from vedette.agencies.models import Agency, Seat
from vedette.agencies.queries import viewers_of
from vedette.agencies.viewer import Viewer
from vedette.demo.journeys import clock_set_back
from vedette.demo.money import FIRST_MONTH, GENERATED
from vedette.funding.actions import accept_gift, commit_cost, enter_payment, send_claim, share_post
from vedette.funding.claiming import claimable
from vedette.funding.models import Category, Grant
from vedette.kit.time import now, real_now, set_clock
from vedette.programme.actions import record_agreement, record_clause
from vedette.programme.missions import missions
from vedette.programme.models import Agreement, Post
from vedette.sharing.actions import write_standing_rule

DAY = datetime.timedelta(days=1)


@transaction.atomic
def load_claims() -> None:
    """The first quarter of the year is claimed of the foundation and paid in part; the next mission's overtime is committed."""
    finance, manager = _viewer("Finance officer"), _viewer("Programme manager")
    today = now().date()
    begins = datetime.date(today.year - (today.month < FIRST_MONTH), FIRST_MONTH, 1)
    grant = Grant.objects.filter(key=f"foundation-{begins.year}").first()
    if grant is not None and today > begins + 132 * DAY:
        first_quarter = begins, begins + 91 * DAY
        with clock_set_back() as night:
            set_clock(shown=night - 40 * DAY, speed=1, paused=True)
            # A city without posts abroad has nothing to claim.
            if claimable(finance, grant, *first_quarter):
                claim = send_claim(finance, grant=grant, begins=first_quarter[0], ends=first_quarter[1])
                set_clock(shown=night - 12 * DAY, speed=1, paused=True)
                paid = now().date()
                enter_payment(finance, claim=claim, amount=claim.total * 3 // 5, day=paid, note=GENERATED)
        accept_gift(
            finance, grant=grant, donor="An airline", what=f"Two flight vouchers, {GENERATED}", category=Category.TRAVEL,
            day=today, amount=1_180_00, currency="USD",
        )  # fmt: skip
    _commit(manager, begins)
    _share(finance)


def _commit(manager: Viewer, begins: datetime.date) -> None:
    """The overtime of the next mission that lies within the year of the books."""
    ends = begins.replace(year=begins.year + 1) - DAY
    for row in missions(manager):
        if now().date() < row.begins and row.last <= ends:
            commit_cost(
                manager, mission=row.mission, category=Category.PERSONNEL, begins=row.begins, ends=row.last,
                amount=24_000_00, currency="USD", because=f"Overtime of the team, {GENERATED}",
            )  # fmt: skip
            return


def _share(finance: Viewer) -> None:
    """Another city bears three parts in ten of the course costs of one post; agreement and clause are invented for it."""
    post = Post.objects.filter(key="hag").first()
    partner = Agency.objects.filter(kind=Agency.Kind.POLICE).order_by("name").first()
    if post is None or partner is None:
        return
    today = now().date()
    held = record_agreement(
        key="shared-post", partner=partner, title=f"One officer for two departments, {GENERATED}",
        kind=Agreement.Kind.POSTING, signed=today.replace(month=1, day=1), expires=today.replace(year=today.year + 1, month=12, day=31),
        basis=GENERATED,
    )  # fmt: skip
    clause = record_clause(
        held, number=1, text="Three tenths of what courses at the post cost are borne by the department.",
        gate="cost", effect="allows",
    )  # fmt: skip
    lets = record_clause(
        held, number=2, text="What the officer of the post reports may be shared with the department.",
        gate="share", effect="allows", up_to="AMBER",
    )  # fmt: skip
    share = share_post(finance, post=post, clause=clause, part=3_000, categories=[Category.TRAINING], because=GENERATED)
    officer = replace(_viewer("Releasing officer"), proved_at=real_now())
    write_standing_rule(officer, share=share, clause=lets, label="AMBER", last_day=today + 300 * DAY, because=GENERATED)


def _viewer(label: str) -> Viewer:
    seat = Seat.objects.get(label=label, until__isnull=True)
    return viewers_of([seat.id])[seat.id]
