"""Commitments: what a mission will cost, entered before it travels and only where somebody may lawfully pay on every day."""

import datetime
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.funding.actions.entering import Rates, lock_grants
from vedette.funding.models import Category, Commitment, CommitmentPart
from vedette.funding.money import changed, checked, currency_of
from vedette.funding.payers import Cost, Verdict
from vedette.funding.promises import less_promised, payers_through
from vedette.funding.queries import books, cost_for_mission, first_day_of, purses, ruled
from vedette.handling.policy import require
from vedette.kit.errors import Conflict, Refused
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.programme.actions.going import record_check
from vedette.programme.actions.missions import NOT_LEFT, standing_state
from vedette.programme.models import Mission, MissionCheck, MissionState
from vedette.programme.rota import day_words

DAY = datetime.timedelta(days=1)
MOST_DAYS = 366
# A mission that does not go, or is declined, commits nothing.
OPEN_STATES = frozenset(NOT_LEFT) - {MissionState.State.NO_GO}


@transaction.atomic
def commit_cost(
    by: Viewer | None,
    *,
    mission: Mission,
    category: str,
    begins: datetime.date,
    ends: datetime.date,
    amount: int,
    currency: str,
    order_number: str = "",
    because: str = "",
) -> Commitment:
    """Enter what a mission will cost in a category from one day to another, in minor units of its currency.

    Refused where nobody may pay it on one of these days, with the nearest lawful way; what is committed elsewhere is not left.
    """
    viewer = require(by, "commit_cost", mission.sheet)
    if category not in Category.values:
        raise Refused("category", f"“{category}” is no category.", f"Choose one of: {', '.join(Category.values)}.")
    _check_days(begins, ends)
    if standing_state(mission).state not in OPEN_STATES:
        raise Refused("mission", "Costs are committed before the team leaves.", "Enter what was paid as an expense.")
    values = _money(amount, currency)
    number = clean_line("order_number", order_number, limit=40)
    # Two who commit the rest of a grant at once: the second waits here, then finds what is left.
    lock_grants()
    _check_overlap(mission, category, begins, ends)
    cost = cost_for_mission(
        Cost(category, values["base_amount"], begins, order_number=number), mission, first_day_of(mission)
    )
    verdict = _payer(cost, ends)
    made: Commitment = Commitment.objects.create(
        mission=mission, category=category, days=DateRange(begins, ends + DAY), order_number=number, since=now(),
        by=viewer.seat_id, because=clean_line("because", because, limit=300), **values,
    )  # fmt: skip
    CommitmentPart.objects.bulk_create(
        CommitmentPart(commitment=made, grant=part.purse.grant, rule=verdict.rule, amount=part.amount)
        for part in verdict.parts
    )
    _tick(viewer, mission)
    record(viewer, "cost.committed", [mission.pk, made.id, verdict.rule.id])
    announce("mission.set", mission.pk)
    return made


@transaction.atomic
def release_commitment(by: Viewer | None, *, commitment: Commitment, because: str) -> Commitment:
    """End a commitment with a reason: its grants have it again, and the line of the list is open once nothing is committed."""
    viewer = require(by, "release_commitment", commitment.mission.sheet)
    reason = clean_line("because", because, limit=300, required=True)
    rows = Commitment.objects.as_house("a commitment is ended once").select_for_update(of=("self",))
    held: Commitment = rows.get(pk=commitment.pk)
    if held.until is not None:
        raise Conflict("This commitment was ended before.", "Look at it again.")
    held.until, held.ended_because, held.ended_by = now(), reason, viewer.seat_id
    held.save(update_fields=["until", "ended_because", "ended_by"])
    _tick(viewer, held.mission)
    record(viewer, "commitment.released", [held.mission_id, held.id], reason)
    announce("mission.set", held.mission_id)
    return held


def _check_days(begins: datetime.date, ends: datetime.date) -> None:
    if ends < begins:
        raise Refused("ends", "It ends before it begins.", "Look at the two days again.")
    if begins < now().date():
        raise Refused("begins", "This day has passed.", "Enter what was paid as an expense.")
    if (ends - begins).days >= MOST_DAYS:
        raise Refused("ends", f"That is more than {MOST_DAYS} days.", "Enter it a year at a time.")


def _money(amount: int, currency: str) -> dict[str, Any]:
    """What it costs in the books, at the newest rate of today."""
    rates, code = Rates(), currency_of(currency)
    rate, rate_day = rates.on(code, now().date())
    base = amount if code == rates.base else changed(checked(amount), code, rates.base, rate)
    return {
        "amount": checked(amount),
        "currency": code,
        "rate": rate,
        "rate_day": rate_day,
        "base_amount": checked(base),
    }


def _check_overlap(mission: Mission, category: str, begins: datetime.date, ends: datetime.date) -> None:
    rows = Commitment.objects.as_house("days of one category are committed once")
    held = rows.filter(
        mission=mission, category=category, until__isnull=True, days__overlap=DateRange(begins, ends + DAY)
    ).first()
    if held is not None:
        raise Refused(
            "begins",
            f"{day_words(held.days.lower)} to {day_words(held.days.upper - DAY)} are committed already.",
            "End that commitment first, or choose other days.",
        )


def _payer(cost: Cost, ends: datetime.date) -> Verdict:
    """The rule that pays on all these days; Refused with the day on which that ends, and the nearest lawful way."""
    asked = payers_through(cost, ends, ruled(), less_promised(purses()), books().currency)
    if asked.verdict is not None:
        return asked.verdict
    if asked.answer.chosen is not None and asked.broken is not None:
        raise Refused(
            "ends",
            f"From {day_words(asked.broken)} on another rule or another grant pays.",
            "Enter the days before it and those after it as two.",
        )
    if asked.broken is not None and asked.broken > cost.day:
        raise Refused("payer", f"From {day_words(asked.broken)} on: {asked.answer.sentence}", asked.answer.way_round)
    raise Refused("payer", asked.answer.sentence, asked.answer.way_round)


def _tick(viewer: Viewer, mission: Mission) -> None:
    """The line of the list before travel, as the books have it: done up to the last day that is committed, else open."""
    rows = Commitment.objects.as_house("whether a mission is paid for is asked for the whole house")
    days = [row.days.upper - DAY for row in rows.filter(mission=mission, until__isnull=True)]
    state = MissionCheck.State.DONE if days else MissionCheck.State.OPEN
    record_check(viewer, mission, MissionCheck.Kind.FUNDING, state, valid_until=max(days, default=None))
