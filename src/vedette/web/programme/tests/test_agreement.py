"""The page of one agreement: what it lets us do, the lock as a question, clauses with their history."""

import pytest

from vedette.programme.models import Clause

PAGE = "/programme/agreements/terms-with-the-north/"
CLAUSE = {
    "number": "3",
    "text": "No onward release.",
    "gate": "onward",
    "effect": "condition",
    "up_to": "",
    "because": "letter",
}


def test_it_says_what_it_lets_us_do_and_under_which_clause(browser, agreement):
    page = browser.get(PAGE).content.decode()
    assert "Reports may go to North County Police up to TLP:AMBER." in page
    assert "A named subject may not go: Never a name." in page
    assert f'href="#clause-{agreement.clauses.get(number=1).id}"' in page


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("?label=AMBER", "It may go."),
        ("?label=RED", "reaches TLP:AMBER at most; this is TLP:RED."),
        ("?label=GREEN&named=on", "Clause 2 of “Terms with the north” does not let a named subject go: Never a name."),
        ("?label=NOTHING", "This is not on the list."),
    ],
)
def test_the_lock_answers_a_question(browser, agreement, question, said):
    answer = browser.get(f"{PAGE}{question}")
    assert answer.status_code == 200 and said in answer.content.decode()


def test_another_wording_keeps_the_one_before(browser, agreement):
    first = agreement.clauses.get(number=1)
    typed = {**CLAUSE, "number": "1", "text": "Reports go, cut.", "gate": "share", "up_to": "GREEN"}
    page = browser.post(f"{PAGE}clauses/{first.id}/", typed, follow=True).content.decode()
    assert "Reports go, cut." in page and "Reports go to the commands." in page and "1 older wording" in page
    assert Clause.objects.filter(agreement=agreement, number=1).count() == 2


def test_a_clause_without_a_label_is_refused_beside_the_field(browser, agreement):
    typed = {**CLAUSE, "gate": "share", "effect": "allows"}
    answer = browser.post(f"{PAGE}clauses/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="clause_up_to_error"' in page and "says up to which label" in page
    assert "No onward release." in page
    assert not agreement.clauses.filter(number=3).exists()


def test_an_ended_clause_stays_on_the_page_with_its_reason(browser, agreement):
    clause = agreement.clauses.get(number=1)
    page = browser.post(
        f"{PAGE}clauses/{clause.id}/end/", {"because": "withdrawn by them"}, follow=True
    ).content.decode()
    assert "withdrawn by them" in page and "It lets no report go to North County Police." in page


def test_a_reading_is_written_down(browser, agreement):
    page = browser.post(f"{PAGE}reviews/", {"done": "2026-02-01", "note": "Stands."}, follow=True).content.decode()
    assert "1 Feb 2026" in page and "Stands." in page and "To be read again by 1 Feb 2029." in page


def test_a_reading_to_come_is_refused_and_kept(browser, agreement):
    answer = browser.post(f"{PAGE}reviews/", {"done": "2099-02-01", "note": "Will stand."})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This day is still to come." in page and 'value="Will stand."' in page and 'value="2099-02-01"' in page


def test_an_ended_agreement_says_why_and_offers_no_form(browser, agreement):
    page = browser.post(
        f"{PAGE}end/", {"ended": "2026-03-01", "because": "They passed it on."}, follow=True
    ).content.decode()
    assert "They passed it on." in page and "Nothing rests on it any more" in page
    assert 'method="post" action="/programme/agreements/' not in page


def test_the_paper_is_changed_with_a_reason_and_its_history_is_shown(browser, agreement):
    typed = {"title": "Terms, prolonged", "kind": "sharing", "signed": "2026-01-05", "expires": "2030-01-05"}
    assert browser.post(f"{PAGE}change/", {**typed, "because": ""}).status_code == 422
    page = browser.post(f"{PAGE}change/", {**typed, "because": "by letter"}, follow=True).content.decode()
    assert "Terms, prolonged" in page and "2 states written down" in page and "by letter" in page


@pytest.mark.parametrize("name", ["watch", "releasing", "commander"])
def test_the_desk_reads_and_changes_nothing(cast, agreement, name):
    browser = cast.signed_in(name)
    page = browser.get(PAGE).content.decode()
    assert "Add a clause" not in page and "Ask the lock" in page
    assert browser.post(f"{PAGE}clauses/", CLAUSE).status_code == 403
    assert browser.post(f"{PAGE}end/", {"ended": "2026-03-01", "because": "x"}).status_code == 403


def test_a_partner_does_not_read_even_his_own_agreement_here(cast, agreement):
    assert cast.signed_in("north_1").get(PAGE).status_code == 403


def test_an_unknown_agreement_and_an_unknown_clause_are_not_there(cast, browser, agreement):
    assert browser.get("/programme/agreements/none/").status_code == 404
    assert browser.post(f"{PAGE}clauses/{cast.seats['watch'].id}/end/", {"because": "x"}).status_code == 404
