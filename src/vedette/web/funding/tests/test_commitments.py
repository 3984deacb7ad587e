"""Commitments on the screen: entered for a mission, refused beside the field, ended, shown beside what is spent and left."""

import pytest

from tests.cast import sign_in
from vedette.funding.actions import approve_expense, commit_cost
from vedette.funding.models import Commitment
from vedette.funding.tests.conftest import DAY, TODAY

LIST, NEW = "/funding/commitments/", "/funding/new-commitment/"


@pytest.fixture
def manager(money):
    return sign_in(money.cast.viewer("narrow"))


def typed(of, **values):
    plain = {"mission": str(of.pk), "category": "travel", "begins": "2026-03-02", "ends": "2026-03-06"}
    return {**plain, "amount": "1,000.00", "currency": "USD", "order_number": "SO-1", "because": "", **values}


def test_a_cost_is_committed_and_stands_on_the_list_the_mission_the_grant_and_the_overview(money, manager):
    mission = money.mission("bureau")
    assert f'value="{mission.pk}" selected' in manager.get(f"{NEW}?mission={mission.pk}").content.decode()
    page = manager.post(NEW, typed(mission), follow=True).content.decode()
    assert mission.sheet.reference in page and "$1,000.00" in page and "Bureau" in page
    for address in (f"/programme/missions/{mission.pk}/", "/funding/", "/funding/grants/bureau/"):
        assert "$1,000.00" in manager.get(address).content.decode()
    paid = money.expense(mission=mission, item="rail", amount=300_00, order_number="SO-1")
    approve_expense(money.second, expense=paid)
    assert "$700.00" in manager.get(f"{LIST}?grant=bureau&category=travel").content.decode()
    held = Commitment.objects.as_house("a test").get()
    assert (
        "Ended: its grants have it again."
        in manager.post(f"{LIST}{held.id}/release/", {"because": "by train"}, follow=True).content.decode()
    )
    assert manager.post(f"{LIST}{held.id}/release/", {"because": "again"}).status_code == 404


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"amount": "-1"}, "A cost is never negative."),
        ({"ends": "2026-03-01"}, "It ends before it begins."),
        ({"begins": "2026-03-01"}, "This day has passed."),
        ({"order_number": ""}, "Its order number is missing."),
        ({"mission": "nobody"}, "This is not on the list."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_committed(money, manager, values, words):
    answer = manager.post(NEW, typed(money.mission("bureau"), **values))
    assert answer.status_code == 422 and words in answer.content.decode()
    assert not Commitment.objects.as_house("a test").exists()


def test_who_may_not_read_the_mission_sees_the_sum_alone(money, browser):
    mission = money.mission("bureau")
    commit_cost(
        money.cast.viewer("narrow"), mission=mission, category="travel", begins=TODAY, ends=TODAY + DAY,
        amount=1_000_00, currency="USD", order_number="SO-1",
    )  # fmt: skip
    page = browser.get(LIST).content.decode()
    assert "$1,000.00" in page and "not for your seat" in page
    assert mission.sheet.reference not in page and str(mission.pk) not in page


def test_an_order_number_comes_later_on_the_expense(money, browser):
    expense = money.expense(by=money.second)
    address = f"/funding/expenses/{expense.pk}/"
    answer = browser.post(f"{address}order/", {"number": "", "because": "it came"})
    assert answer.status_code == 422
    page = browser.post(f"{address}order/", {"number": "SO-9", "because": "it came"}, follow=True).content.decode()
    assert "SO-9" in page and "it came" in page
