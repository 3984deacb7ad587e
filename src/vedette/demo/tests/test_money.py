"""The generated money of a demonstration: two years, lawful by the product's own rules, balanced, marked as generated."""

import datetime
import json
from pathlib import Path

import pytest
from django.db.models import Sum

import vedette.demo
from vedette.demo.home import load_home
from vedette.demo.money import GENERATED, load_money
from vedette.funding.models import Allocation, Expense, ExpenseState, Grant, Line, Rate
from vedette.funding.queries import purses
from vedette.kit.time import set_clock

DATA = Path(vedette.demo.__file__).parent / "data"


@pytest.mark.whole
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("home", "day", "least"),
    [
        ("home-nyc", datetime.date(2015, 11, 12), 1_200),
        ("home-nyc", datetime.date(2008, 11, 25), 1_200),
        ("home-boston", datetime.date(2013, 4, 14), 60),
    ],
)
def test_two_years_of_costs_are_settled_lawfully_and_the_books_balance(home, day, least):
    set_clock(shown=datetime.datetime(day.year, day.month, day.day, 12, tzinfo=datetime.UTC), speed=1, paused=True)
    facts = json.loads((DATA / f"{home}.json").read_text(encoding="utf-8"))
    load_home(facts, "test")
    load_money(facts)
    rows = Expense.objects.as_house("a test")
    assert rows.count() >= least
    assert rows.filter(day__lt=day - datetime.timedelta(days=700)).exists() and not rows.filter(day__gt=day).exists()
    assert set(rows.values_list("note", flat=True)) == {GENERATED}
    states = ExpenseState.objects.as_house("a test").filter(until__isnull=True)
    assert set(states.values_list("state", flat=True)) == {"approved", "entered"}
    assert states.filter(state="entered").count() < 8
    assert Line.objects.aggregate(sum=Sum("amount"))["sum"] == 0
    borne = Allocation.objects.as_house("a test").aggregate(sum=Sum("amount"))["sum"]
    assert borne == Line.objects.filter(account="cost").aggregate(sum=Sum("amount"))["sum"] > 0
    assert all(purse.left(category) >= 0 for purse in purses() for category in purse.ceilings)
    assert all(GENERATED in title for title in Grant.objects.values_list("title", flat=True))
    assert set(Rate.objects.values_list("source", flat=True)) == {GENERATED}
