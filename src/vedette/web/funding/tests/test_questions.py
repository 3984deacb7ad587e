"""Each screen of the money asks as often for fifty rows as for one, and never more than is pinned here."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import sign_in
from vedette.funding.actions import approve_expense, commit_cost, send_claim, set_payer_rule
from vedette.funding.tests.conftest import DAY, TODAY, grant

# A screen that is pinned here may ask fewer questions, never more: lower the figure when it does.
# The grants' 15th names the funders, whether they gave anything yet or not.
SCREENS = {
    "/funding/": 33,
    "/funding/lines/": 12,
    "/funding/expenses/": 9,
    "/funding/commitments/": 9,
    "/funding/claims/": 8,
    "/funding/variance/": 17,
    "/funding/rules/": 9,
    "/funding/grants/": 15,
    "/funding/gifts/": 7,
    "/funding/new-claim/": 13,
}


def questions(viewer, address):
    client = sign_in(viewer)
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def some_rows(money, first, count):
    for number in range(first, first + count):
        grant(f"more-{number}", money.foundation, money.agreements["foundation"], {"training": 100})
        set_payer_rule(
            money.finance, number=100 + number, title="More", work="missions", categories=["other"],
            shares={money.city: 10_000}, because="more",
        )  # fmt: skip
        commit_cost(
            money.cast.viewer("narrow"), mission=money.mission("bureau"), category="travel", begins=TODAY, ends=TODAY,
            amount=100, currency="USD", order_number="SO",
        )  # fmt: skip
        approve_expense(money.second, expense=money.expense(amount=100 + number))
        money.expense(amount=7 + number)
        send_claim(money.finance, grant=money.grants["foundation"], begins=TODAY - DAY, ends=TODAY)


def test_every_screen_asks_as_often_for_fifty_rows_as_for_one(money):
    some_rows(money, 0, 1)
    for_one = {address: questions(money.finance, address) for address in SCREENS}
    some_rows(money, 1, 49)
    assert {address: questions(money.finance, address) for address in SCREENS} == for_one
    assert {address: asked for address, asked in for_one.items() if asked != SCREENS[address]} == {}


@pytest.mark.parametrize("count", [1, 12])
def test_a_claim_asks_as_often_for_many_items_as_for_one(money, count):
    for number in range(count):
        approve_expense(money.second, expense=money.expense(amount=100 + number))
    claim = send_claim(money.finance, grant=money.grants["foundation"], begins=TODAY - DAY, ends=TODAY)
    assert questions(money.finance, f"/funding/claims/{claim.id}/") == 18
