"""A random programme of a hundred costs: parts always add up, books always balance, no expense ever has an unlawful payer."""

import datetime
import random
from decimal import Decimal

from django.db.models import Sum

from vedette.funding.actions import approve_expense, record_payer_rule, record_rate, reverse_expense, send_claim
from vedette.funding.items import ITEMS
from vedette.funding.models import Allocation, Category, Entry, Line, PayerRule, PayerShare
from vedette.funding.queries import state_of
from vedette.kit.errors import Refused

from .conftest import TODAY, YEAR, grant
from .test_guards import whole

ROUNDS = 100
RATES = {"EUR": Decimal("1.0760"), "JPY": Decimal("0.0067"), "KWD": Decimal("3.25")}


def random_rule(money, dice, number):
    """A rule as somebody may set it: any work, any categories, one to three funders."""
    funders = dice.sample([money.city, money.foundation, money.bureau], dice.randint(1, 3))
    parts = [10_000 // len(funders)] * len(funders)
    parts[0] += 10_000 - sum(parts)
    clause = dice.choice([None, money.rules[2].clause, money.rules[3].clause])
    return record_payer_rule(
        shares=dict(zip(funders, parts, strict=True)),
        number=number,
        title=f"Rule {number}",
        work=dice.choice(PayerRule.Work.values),
        categories=dice.sample(Category.values, dice.randint(1, 6)),
        clause=clause,
        needs_order=dice.random() < 0.3,
        post=dice.choice([None, None, money.cast.posts["a"], money.cast.posts["b"]]),
        since=TODAY - datetime.timedelta(days=dice.randint(0, 400)),
    )


def lawful(money, row):
    """The rule of a payer, said a second time and without the product's own words."""
    expense, rule, held = row.expense, row.rule, row.rule.clause and row.rule.clause.agreement
    shares = set(PayerShare.objects.filter(rule=rule).values_list("funder", flat=True))
    return all(
        (
            expense.category in rule.categories,
            rule.since <= expense.day,
            row.grant.funder_id in shares,
            rule.post_id in (None, expense.post_id),
            not rule.needs_order or expense.order_number != "",
            rule.work not in ("bureau", "missions", "surge") or expense.mission_id is not None,
            rule.work != "posts" or expense.post_id is not None,
            rule.work != "bureau" or expense.mission.origin == "bureau",
            rule.work != "surge" or expense.mission.kind == "surge",
            held is None or held.signed <= expense.day <= (held.expires or expense.day),
            expense.day in row.grant.days,
        )
    )


def test_in_random_programmes_parts_add_up_books_balance_and_no_payer_is_unlawful(money):
    dice = random.Random(20151113)
    for code, rate in RATES.items():
        record_rate(code, TODAY - datetime.timedelta(days=20), rate, "a test")
    for number, key in enumerate(("more", "less"), start=1):
        grant(key, money.foundation, money.agreements["foundation"], dict.fromkeys(Category, number * 700_00))
    for number in range(10, 16):
        random_rule(money, dice, number)
    missions = [money.mission("host"), money.mission("bureau")]
    approved, refused = [], 0
    for _round in range(ROUNDS):
        work = (
            {"mission": dice.choice(missions)}
            if dice.random() < 0.5
            else {"post": dice.choice(list(money.cast.posts.values()))}
        )
        expense = money.expense(
            **work, item=dice.choice(list(ITEMS)), amount=dice.randint(1, 900_00), currency=dice.choice(["USD", *RATES]),
            day=TODAY - datetime.timedelta(days=dice.randint(0, 15)), order_number=dice.choice(["", "SO-1"]),
        )  # fmt: skip
        try:
            approved.append(approve_expense(money.second, expense=expense))
        except Refused as refusal:
            refused += 1
            assert refusal.field == "payer" and refusal.reason and refusal.way_out
            assert state_of(expense).state == "entered" and not Entry.objects.filter(subject=expense.pk).exists()
        if approved and dice.random() < 0.05:
            reverse_expense(money.finance, expense=approved.pop(dice.randrange(len(approved))), because="a test")
        if dice.random() < 0.03:
            try:
                send_claim(money.finance, grant=money.grants["bureau"], begins=YEAR[0], ends=YEAR[1])
            except Refused as refusal:
                assert refusal.field == "days"
    whole()
    rows = Allocation.objects.as_house("a test").select_related("expense__mission", "rule__clause__agreement", "grant")
    assert [row.expense_id for row in rows if not lawful(money, row)] == []
    sums = rows.values("expense").annotate(sum=Sum("amount")).values_list("expense", "sum", "expense__base_amount")
    assert [key for key, borne, cost in sums if borne != cost] == []
    assert Line.objects.values("entry").annotate(sum=Sum("amount")).exclude(sum=0).count() == 0
    assert Line.objects.aggregate(sum=Sum("amount"))["sum"] == 0
    assert len(approved) > 20 and refused > 20, (len(approved), refused)
