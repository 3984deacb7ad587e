"""The page of agreements: how each stands, what is left, and the partners without one."""

import datetime

from vedette.kit.time import now
from vedette.programme.actions import change_agreement
from vedette.programme.models import Agreement

PAGE = "/programme/agreements/"


def test_without_agreements_the_page_says_that_nothing_may_be_released(browser):
    assert "nothing may be released to any partner" in browser.get(PAGE).content.decode()


def test_an_agreement_shows_its_partner_its_label_and_its_clauses(browser, agreement):
    page = browser.get(PAGE).content.decode()
    assert "Terms with the north" in page and "TLP:AMBER" in page and "no end" in page and "In force" in page


def test_an_agreement_that_ends_soon_is_warned_of(browser, agreement, manager):
    soon = now().date() + datetime.timedelta(days=7)
    change_agreement(
        manager, agreement=agreement, title="Terms", kind="sharing", signed=agreement.signed, expires=soon, because="x"
    )
    page = browser.get(PAGE).content.decode()
    assert "7 days" in page and "under 7 days" in page and "1 ends within 90 days" in page
    assert "Expires in 7 days: Terms" in browser.get("/programme/").content.decode()


def test_partners_without_an_agreement_are_listed_with_the_way_to_enter_one(cast, browser, agreement):
    page = browser.get(PAGE).content.decode()
    south = cast.agencies["south"]
    assert f"?with={south.id}" in page
    assert f"?with={cast.agencies['north'].id}" not in page
    assert f'value="{south.id}" selected' in browser.get(f"/programme/new-agreement/?with={south.id}").content.decode()


def test_a_new_agreement_leads_to_its_page_that_asks_for_clauses(cast, browser):
    typed = {"partner": str(cast.agencies["south"].id), "title": "Terms with the south", "kind": "sharing"}
    answer = browser.post("/programme/new-agreement/", {**typed, "signed": "2026-02-01", "expires": ""}, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [("/programme/agreements/terms-with-the-south/", 302)]
    assert "No clause yet: it lets nothing happen." in page


def test_a_refused_agreement_keeps_what_was_typed(cast, browser):
    typed = {"partner": str(cast.agencies["south"].id), "title": "Terms", "kind": "sharing"}
    answer = browser.post("/programme/new-agreement/", {**typed, "signed": "2026-02-01", "expires": "2026-01-01"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "It would expire before it is signed." in page and 'value="2026-01-01"' in page
    assert not Agreement.objects.exists()


def test_only_the_manager_enters_agreements(cast):
    browser = cast.signed_in("releasing")
    assert "New agreement" not in browser.get(PAGE).content.decode()
    assert browser.get("/programme/new-agreement/").status_code == 403
    assert cast.signed_in("north_1").get(PAGE).status_code == 403
