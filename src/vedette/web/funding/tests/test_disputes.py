"""A funder pays less, on the screen: line by line, ended, and aged; the variance links to its lines."""

from vedette.funding.actions import approve_expense
from vedette.funding.claiming import items_of
from vedette.funding.models import Dispute
from vedette.funding.tests.test_claims import claimed


def test_a_line_is_disputed_and_ended_and_the_page_adds_up(money, browser):
    for amount in (100_00, 50_00):
        approve_expense(money.second, expense=money.expense(amount=amount))
    claim = claimed(money)
    address = f"/funding/claims/{claim.id}/"
    browser.post(f"{address}payments/", {"amount": "110.00", "day": "2026-03-02", "note": ""})
    item = items_of(money.finance, claim)[0].item
    said = {"amount": "40.00", "because": "no receipt"}
    assert browser.post(f"{address}items/{item.id}/dispute/", {**said, "amount": "500"}).status_code == 422
    page = browser.post(f"{address}items/{item.id}/dispute/", said, follow=True).content.decode()
    assert "no receipt" in page and "$60.00" in page and "for 0 days" in page
    held = Dispute.objects.as_house("a test").get()
    done = {"outcome": "written-off", "because": "agreed"}
    page = browser.post(f"{address}disputes/{held.id}/settle/", done, follow=True).content.decode()
    assert "Given up" in page and "Settled" in page
    assert browser.post(f"{address}disputes/{item.id}/settle/", done).status_code == 404


def test_the_variance_says_how_each_grant_runs_and_links_to_its_lines(money, browser):
    approve_expense(money.second, expense=money.expense(amount=123_45))
    page = browser.get("/funding/variance/").content.decode()
    assert "less than at an even pace." in page and "$123.45" in page
    link = "/funding/lines/?grant=foundation&category=lodging&from=2026-01-01&to=2026-03-31"
    assert link.replace("&", "&amp;") in page and "$123.45" in browser.get(link).content.decode()
    assert "$123.45" not in browser.get(link.replace("from=2026-01-01&to=2026-03-31", "to=2025-12-31")).content.decode()
