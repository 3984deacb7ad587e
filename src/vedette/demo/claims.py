"""What a demonstration shows of the money beyond its costs: a commitment, a claim partly paid, a gift. All of it invented and said to be."""

import datetime

from django.db import transaction

from vedette.agencies.models import Seat
from vedette.agencies.queries import viewers_of
from vedette.agencies.viewer import Viewer
from vedette.demo.journeys import clock_set_back
from vedette.demo.money import FIRST_MONTH, GENERATED
from vedette.funding.actions import accept_gift, commit_cost, enter_payment, send_claim
from vedette.funding.models import Category, Grant
from vedette.kit.time import now, set_clock
from vedette.programme.missions import missions

DAY = datetime.timedelta(days=1)


@transaction.atomic
def load_claims() -> None:
    """The first quarter of the year is claimed of the foundation and paid in part; the next mission's overtime is committed."""
    finance, manager = _viewer("Finance officer"), _viewer("Programme manager")
    today = now().date()
    begins = datetime.date(today.year - (today.month < FIRST_MONTH), FIRST_MONTH, 1)
    grant = Grant.objects.filter(key=f"foundation-{begins.year}").first()
    if grant is not None and today > begins + 132 * DAY:
        with clock_set_back() as night:
            set_clock(shown=night - 40 * DAY, speed=1, paused=True)
            claim = send_claim(finance, grant=grant, begins=begins, ends=begins + 91 * DAY)
            set_clock(shown=night - 12 * DAY, speed=1, paused=True)
            paid = now().date()
            enter_payment(finance, claim=claim, amount=claim.total * 3 // 5, day=paid, note=GENERATED)
        accept_gift(
            finance, grant=grant, donor="An airline", what=f"Two flight vouchers, {GENERATED}", category=Category.TRAVEL,
            day=today, amount=1_180_00, currency="USD",
        )  # fmt: skip
    _commit(manager, begins)


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


def _viewer(label: str) -> Viewer:
    seat = Seat.objects.get(label=label, until__isnull=True)
    return viewers_of([seat.id])[seat.id]
