"""Gifts in kind: valued, disclosed where a state gives, borne by nobody's money."""

import pytest
from django.db import IntegrityError, transaction

from vedette.funding.actions import accept_gift
from vedette.funding.models import Gift, Line
from vedette.kit.errors import Refused

from .conftest import DAY, TODAY


def gift(money, **values):
    plain = {
        "grant": money.grants["foundation"], "donor": "A hotel", "what": "30 nights", "category": "lodging",
        "post": money.cast.posts["a"], "day": TODAY, "amount": 9_000_00, "currency": "USD",
    }  # fmt: skip
    return accept_gift(money.finance, **{**plain, **values})


def test_a_gift_is_a_cost_borne_in_kind_and_no_cash_moves(money):
    made = gift(money, currency="EUR")
    assert made.base_amount == 9_684_00 and made.rate_day == TODAY - 3 * DAY
    lines = Line.objects.filter(entry__subject=made.pk)
    assert sorted(lines.values_list("account", "amount")) == [("cost", 9_684_00), ("given", -9_684_00)]


@pytest.mark.parametrize("disclosed", [None, TODAY + DAY])
def test_what_a_foreign_government_gives_is_disclosed_before_it_is_used(money, disclosed):
    with pytest.raises(Refused) as refusal:
        gift(money, foreign_government=True, disclosed=disclosed)
    assert refusal.value.field == "disclosed"
    assert gift(money, foreign_government=True, disclosed=TODAY).disclosed == TODAY


def test_the_database_holds_the_disclosure_too(money):
    made = gift(money)
    made.pk, made.foreign_government = None, True
    with pytest.raises(IntegrityError, match="gift_disclosed_before_use"), transaction.atomic():
        made.save(force_insert=True)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"amount": 0}, "amount"),
        ({"currency": "QQQ"}, "currency"),
        ({"category": "bribes"}, "category"),
        ({"day": TODAY + DAY}, "day"),
        ({"donor": " "}, "donor"),
        ({"what": ""}, "what"),
    ],
)
def test_bad_input_names_its_field_and_leaves_nothing(money, values, field):
    with pytest.raises(Refused) as refusal:
        gift(money, **values)
    assert refusal.value.field == field and refusal.value.way_out
    assert not Gift.objects.exists()
