"""Sums of money: read, shown, changed and shared out without losing or making a cent."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.funding.money import LARGEST, WHOLE, amount_of, changed, currency_of, rate_of, said, shared_out
from vedette.kit.errors import Refused


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("3,240.00", "EUR", 324_000),
        ("3240", "EUR", 324_000),
        ("0.01", "USD", 1),
        ("1 500", "JPY", 1500),
        ("1.234", "KWD", 1234),
    ],
)
def test_a_typed_sum_becomes_minor_units_of_its_currency(text, currency, minor):
    assert amount_of(text, currency) == minor


@pytest.mark.parametrize(
    ("text", "currency", "word"),
    [
        ("3.240,00", "EUR", "point before the cents"),
        ("12,34", "EUR", "point before the cents"),
        ("-5", "EUR", "never negative"),
        ("0", "EUR", "nothing"),
        ("0.001", "EUR", "2 places"),
        ("1.5", "JPY", "0 places"),
        ("", "EUR", "no sum"),
        ("1e9", "EUR", "no sum"),
        ("99999999999999", "EUR", "that large"),
        ("٣", "EUR", "no sum"),
    ],
)
def test_what_is_no_sum_is_refused_in_words(text, currency, word):
    with pytest.raises(Refused) as refusal:
        amount_of(text, currency)
    assert refusal.value.field == "amount" and refusal.value.way_out
    assert word in f"{refusal.value.reason} {refusal.value.way_out}"


@pytest.mark.parametrize("text", ["XXQ", "dollars", "", "€", "U$D"])
def test_a_currency_is_one_of_the_standard(text):
    assert currency_of(" eur ") == "EUR"
    with pytest.raises(Refused, match="no currency"):
        currency_of(text)


@pytest.mark.parametrize("text", ["0", "-1", "NaN", "Infinity", "one", "1e12"])
def test_a_rate_is_a_finite_number_above_nothing(text):
    assert rate_of("1.0760") == Decimal("1.076")
    with pytest.raises(Refused) as refusal:
        rate_of(text)
    assert refusal.value.field == "rate"


def test_a_sum_changes_currency_half_to_even_and_never_to_nothing():
    assert changed(324_000, "EUR", "USD", Decimal("1.0760")) == 348_624
    assert changed(1500, "JPY", "USD", Decimal("0.0067")) == 1005
    assert changed(1000, "USD", "JPY", Decimal("150")) == 1500
    assert [changed(value, "EUR", "USD", Decimal("0.5")) for value in (1, 3, 5)] == [1, 2, 2]


def test_a_sum_is_shown_with_its_sign_and_its_places():
    assert said(324_000, "EUR") == "€3,240.00"
    assert said(1500, "JPY") == "¥1,500"
    assert said(324_000, "EUR", "fr").replace("\u202f", " ").replace("\xa0", " ") == "3 240,00 €"


@given(st.integers(1, LARGEST), st.lists(st.integers(1, 500), min_size=1, max_size=12))
def test_parts_always_add_up_and_none_is_more_than_a_cent_off(minor, weights):
    parts = [weight * WHOLE // sum(weights) or 1 for weight in weights]
    parts[0] += WHOLE - sum(parts)
    if parts[0] <= 0:
        return
    shares = shared_out(minor, parts)
    assert sum(shares) == minor
    assert all(abs(share * WHOLE - minor * part) < WHOLE for share, part in zip(shares, parts, strict=True))


@pytest.mark.parametrize("parts", [[5_000, 4_999], [10_001], [10_000, 0], []])
def test_parts_that_make_no_whole_are_an_error_of_the_programme(parts):
    with pytest.raises(ValueError, match="whole"):
        shared_out(100, parts)
