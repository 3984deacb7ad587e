"""What the books say before a mission goes: every cost that is committed must still find who lawfully pays it."""

from vedette.funding.models import Commitment
from vedette.funding.payers import Cost
from vedette.funding.promises import DAY, payers_through
from vedette.funding.queries import books, cost_for_mission, first_day_of, purses, ruled
from vedette.programme.going import Lacking
from vedette.programme.models import Mission


def unpaid(mission: Mission) -> list[Lacking]:
    """What nobody may pay any more: a clause, an agreement, a grant or a rule that ended since it was committed."""
    rows = Commitment.objects.as_house("whether a mission is paid for is asked for the whole house")
    held = list(rows.filter(mission=mission, until__isnull=True).order_by("category", "days"))
    if not held:
        return []
    rules, pots, currency, begins = ruled(), purses(), books().currency, first_day_of(mission)
    found = []
    for one in held:
        cost = Cost(one.category, one.base_amount, one.days.lower, order_number=one.order_number)
        asked = payers_through(cost_for_mission(cost, mission, begins), one.days.upper - DAY, rules, pots, currency)
        if asked.verdict is None and asked.answer.chosen is None:
            found.append(Lacking("funding", asked.answer.sentence, asked.answer.way_round))
    return found
