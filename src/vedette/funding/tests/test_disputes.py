"""A funder pays less: which lines, why, and what came of it; the books balance through all of it."""

import random

import pytest

from vedette.funding.actions import (
    approve_expense,
    dispute_item,
    enter_payment,
    reverse_expense,
    settle_dispute,
)
from vedette.funding.claiming import items_of
from vedette.funding.models import Dispute
from vedette.funding.reading import claim_by_id, claims
from vedette.funding.settling import by_line, disputes_of
from vedette.kit.errors import Conflict, Forbidden, Refused

from .conftest import TODAY
from .test_claims import balance, claimed
from .test_guards import whole


def sent(money, *amounts):
    for amount in amounts:
        approve_expense(money.second, expense=money.expense(amount=amount))
    return claimed(money)


def lines(money, claim):
    row = claim_by_id(claim.id)
    return by_line(items_of(money.finance, claim), disputes_of(money.finance, claim), row.paid)


def dispute(money, claim, place, amount):
    item = items_of(money.finance, claim)[place].item
    return dispute_item(money.finance, item=item, amount=amount, because="no receipt, they say")


def settle(money, held, outcome):
    return settle_dispute(money.finance, dispute=held, outcome=outcome, because="agreed by letter")


def test_a_payment_counts_against_the_oldest_lines_and_what_is_disputed_last(money):
    claim = sent(money, 100_00, 50_00, 30_00)
    dispute(money, claim, 0, 40_00)
    enter_payment(money.finance, claim=claim, amount=120_00, day=TODAY)
    assert [(line.paid, line.disputed, line.outstanding) for line in lines(money, claim)] == [
        (60_00, 40_00, 40_00),
        (50_00, 0, 0),
        (10_00, 0, 20_00),
    ]


def test_what_is_written_off_is_no_longer_due_and_nothing_is_claimed_of_it(money):
    claim = sent(money, 100_00)
    settle(money, dispute(money, claim, 0, 40_00), "written-off")
    assert (claim_by_id(claim.id).due, balance("due"), balance("recovered")) == (60_00, 60_00, -60_00)
    with pytest.raises(Refused, match="still due"):
        enter_payment(money.finance, claim=claim, amount=60_01, day=TODAY)
    enter_payment(money.finance, claim=claim, amount=60_00, day=TODAY)
    assert claims(open_only=True) == [] and balance("due") == 0
    with pytest.raises(Refused, match="Nothing is to be claimed"):
        claimed(money)
    whole()


def test_what_is_taken_back_stands_in_the_next_claim_once(money):
    claim = sent(money, 100_00)
    settle(money, dispute(money, claim, 0, 40_00), "again")
    second = claimed(money)
    assert (claim_by_id(claim.id).due, second.total, balance("due")) == (60_00, 40_00, 100_00)
    assert [one.amount for one in items_of(money.finance, second)] == [40_00]
    with pytest.raises(Refused, match="Nothing is to be claimed"):
        claimed(money)
    whole()


@pytest.mark.parametrize(("outcome", "credit"), [("written-off", -60_00), ("again", -60_00), ("paid", -100_00)])
def test_the_credit_of_a_reversed_cost_takes_back_only_what_claims_still_hold(money, outcome, credit):
    claim = sent(money, 100_00)
    settle(money, dispute(money, claim, 0, 40_00), outcome)
    expense = items_of(money.finance, claim)[0].allocation.expense
    reverse_expense(money.finance, expense=expense, because="paid by the host")
    assert sent(money, 200_00).total == 200_00 + credit


def test_a_line_is_disputed_once_at_a_time_and_for_no_more_than_is_due(money):
    claim = sent(money, 100_00)
    for amount in (0, -1, 100_01):
        with pytest.raises(Refused):
            dispute(money, claim, 0, amount)
    held = dispute(money, claim, 0, 100_00)
    with pytest.raises(Conflict):
        dispute(money, claim, 0, 1)
    enter_payment(money.finance, claim=claim, amount=70_00, day=TODAY)
    with pytest.raises(Refused, match="paid meanwhile"):
        settle(money, held, "written-off")
    with pytest.raises(Refused, match="what came of it"):
        settle(money, held, "forgotten")
    settle(money, held, "paid")
    with pytest.raises(Conflict):
        settle(money, held, "paid")


def test_in_random_claims_every_line_adds_up_and_the_books_balance(money):
    dice = random.Random(7)
    claim = sent(money, *(dice.randint(1, 500_00) for _ in range(12)))
    for _round in range(60):
        try:
            if dice.random() < 0.4:
                enter_payment(money.finance, claim=claim, amount=dice.randint(1, 300_00), day=TODAY)
            elif dice.random() < 0.6:
                dispute(money, claim, dice.randrange(12), dice.randint(1, 400_00))
            else:
                held = dice.choice(disputes_of(money.finance, claim) or [None])
                if held:
                    settle(money, held, dice.choice(Dispute.Outcome.values))
        except (Refused, Conflict):
            pass
        row, each = claim_by_id(claim.id), lines(money, claim)
        assert sum(one.paid for one in each) == row.paid and sum(one.given_up for one in each) == row.given_up
        assert sum(one.outstanding for one in each) == row.due == balance("due") >= 0
        assert all(one.outstanding >= 0 and one.paid >= 0 for one in each)
    assert Dispute.objects.as_house("a test").filter(until__isnull=False).count() > 3
    whole()


@pytest.mark.parametrize("name", ["commander", "narrow", "officer_a", "foundation"])
def test_only_a_finance_officer_disputes(money, name):
    claim = sent(money, 100_00)
    item = items_of(money.finance, claim)[0].item
    with pytest.raises(Forbidden):
        dispute_item(money.cast.viewer(name), item=item, amount=1, because="no")
