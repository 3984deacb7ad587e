"""Rules, grants, gifts and rates on the screen: set, ended, refused beside their fields."""

import pytest

from tests.cast import sign_in
from vedette.funding.models import Ceiling, Funder, Gift, Grant, PayerRule, Rate
from vedette.funding.queries import books

RULES, GRANTS, GIFTS, RATES = "/funding/rules/", "/funding/grants/", "/funding/gifts/", "/funding/rates/"


def rule(money, **values):
    plain = {"number": "2", "title": "Half each", "work": "posts", "post": "", "categories": ["lodging", "travel"]}
    clause = money.rules[2].clause
    shares = {f"share_{money.foundation.id.hex}": "50", f"share_{money.city.id.hex}": "50"}
    return {**plain, "clause": str(clause.id), "text": "", "because": "letter", **shares, **values}


def test_each_rule_shows_for_what_who_pays_and_which_clause_says_so(money, browser):
    page = browser.get(RULES).content.decode()
    assert "Foundation pays" in page and "liaison posts" in page and "Terms with foundation, 1" in page
    assert f'id="rule-{money.rules[2].id}"' in page and "with an order number only" in page


def test_a_new_rule_takes_the_place_of_the_one_with_its_number(money, browser):
    page = browser.post("/funding/new-rule/", rule(money), follow=True).content.decode()
    assert "Half each" in page and "50 %" in page and "1 ended rule" in page and "letter" in page
    assert PayerRule.objects.filter(number=2).count() == 2


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"categories": []}, "Nothing is chosen."),
        ({"clause": ""}, "rests on a clause"),
        ({"number": "0"}, "greater than or equal to 1"),
        ({"because": ""}, "It is empty."),
    ],
)
def test_a_rule_that_cannot_be_is_refused_and_what_was_typed_is_kept(money, browser, values, words):
    answer = browser.post("/funding/new-rule/", rule(money, **values))
    page = answer.content.decode()
    assert answer.status_code == 422 and words in page and "Half each" in page
    assert PayerRule.objects.filter(number=2).count() == 1


def test_shares_that_are_not_the_whole_are_refused(money, browser):
    answer = browser.post("/funding/new-rule/", rule(money, **{f"share_{money.city.id.hex}": "49.99"}))
    assert answer.status_code == 422 and "do not make 100 %" in answer.content.decode()


def test_an_ended_rule_is_folded_with_its_reason(money, browser):
    address = f"{RULES}{money.rules[2].id}/end/"
    assert browser.post(address, {"because": ""}).status_code == 422
    page = browser.post(address, {"because": "They stopped."}, follow=True).content.decode()
    assert "1 ended rule" in page and "They stopped." in page
    assert browser.post(f"{RULES}{money.city.id}/end/", {"because": "x"}).status_code == 404


def test_a_grant_is_entered_and_gets_its_ceilings(money, browser):
    values = {"funder": str(money.foundation.id), "title": "Next year", "begins": "2026-07-01", "ends": "2027-06-30"}
    refused = browser.post("/funding/new-grant/", {**values, "agreement": ""})
    assert refused.status_code == 422 and "rests on an agreement" in refused.content.decode()
    agreement = str(money.agreements["foundation"].id)
    page = browser.post("/funding/new-grant/", {**values, "agreement": agreement}, follow=True).content.decode()
    made = Grant.objects.get(title="Next year")
    assert "Next year" in page and f"{GRANTS}{made.key}/" in page
    assert "it pays nothing" in browser.get(f"{GRANTS}{made.key}/").content.decode()
    ceiling = {"category": "lodging", "amount": "1,000.00", "because": "letter"}
    page = browser.post(f"{GRANTS}{made.key}/ceilings/", ceiling, follow=True).content.decode()
    assert "$1,000.00" in page and "Lodging" in page
    browser.post(f"{GRANTS}{made.key}/ceilings/", {**ceiling, "amount": "0"})
    assert Ceiling.objects.get(grant=made, until__isnull=True).amount == 0
    assert browser.post(f"{GRANTS}{made.key}/ceilings/", {**ceiling, "amount": "-1"}).status_code == 422


def test_a_funder_is_entered_once_and_grants_may_name_it(money, browser):
    north = money.cast.agencies["north"]
    typed = {"name": "County fund", "agency": str(north.id), "because": "first day"}
    assert "County fund" in browser.post("/funding/new-funder/", typed, follow=True).content.decode()
    assert "County fund" in browser.get("/funding/new-grant/").content.decode()
    assert Funder.objects.get(name="County fund").agency == north
    for wrong in ({}, {"name": "Another of theirs"}, {"agency": "x", "name": "B"}, {"because": "", "name": "B"}):
        assert browser.post("/funding/new-funder/", {**typed, **wrong}).status_code == 422, wrong
    assert sign_in(money.cast.viewer("commander")).get("/funding/new-funder/").status_code == 403


def test_an_ended_grant_says_why(money, browser):
    address = f"{GRANTS}{money.grants['foundation'].key}/"
    page = browser.post(f"{address}end/", {"because": "The board stopped it."}, follow=True).content.decode()
    assert "The board stopped it." in page and "Set a ceiling" not in page
    assert browser.get(f"{GRANTS}none/").status_code == 404


def gift(money, **values):
    plain = {"grant": str(money.grants["foundation"].id), "donor": "Hotel A", "what": "Ten nights", "work": ""}
    rest = {"category": "lodging", "day": "2026-03-01", "amount": "900.00", "currency": "EUR", "disclosed": ""}
    return {**plain, **rest, **values}


def test_a_gift_is_entered_at_its_value(money, browser):
    page = browser.post("/funding/new-gift/", gift(money), follow=True).content.decode()
    assert "Ten nights" in page and "Hotel A" in page and "€900.00" in page and "$968.40" in page


def test_what_a_foreign_government_gives_is_disclosed_first(money, browser):
    answer = browser.post("/funding/new-gift/", gift(money, foreign_government="on"))
    assert answer.status_code == 422 and 'id="new_disclosed_error"' in answer.content.decode()
    assert not Gift.objects.exists()
    assert browser.post("/funding/new-gift/", gift(money, day="0001-01-01")).status_code == 422
    taken = gift(money, foreign_government="on", disclosed="2026-02-20")
    assert "foreign government" in browser.post("/funding/new-gift/", taken, follow=True).content.decode()


def test_a_rate_is_entered_with_its_source(money, browser):
    typed = {"currency": "gbp", "day": "2026-03-01", "rate": "1.2655", "source": "Bank of England"}
    page = browser.post(f"{RATES}enter/", typed, follow=True).content.decode()
    assert "1.2655" in page and "Bank of England" in page
    for field, wrong in (("rate", "0"), ("rate", "x"), ("currency", "USD"), ("day", "2026-03-03"), ("source", "")):
        answer = browser.post(f"{RATES}enter/", {**typed, field: wrong})
        assert answer.status_code == 422 and f'id="rate_{field}_error"' in answer.content.decode()
    assert Rate.objects.filter(currency="GBP").count() == 1


def test_the_year_of_the_books_begins_where_it_is_said_to(money, browser):
    browser.post(f"{RATES}books/", {"currency": "USD", "year_begins": "1"})
    assert books().year_begins == 1
    assert "2026, from 1 Jan 2026" in browser.get("/funding/").content.decode()
