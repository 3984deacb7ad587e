"""Claims on the screen: looked at before they are sent, paid, and taken along as a pack that holds nobody's words."""

import io
import zipfile

import pytest
from django.core.files.base import ContentFile

from vedette.audit.models import Entry
from vedette.funding.actions import approve_expense, attach_receipt, enter_payment, reverse_expense, send_claim
from vedette.funding.models import Claim
from vedette.funding.tests.conftest import TODAY
from vedette.funding.tests.test_claims import MARCH, claimed

LIST, NEW = "/funding/claims/", "/funding/new-claim/"
MARK = "zebrafish"


def asked(money, grant="foundation", days=MARCH):
    return {"grant": str(money.grants[grant].id), "begins": days[0].isoformat(), "ends": days[1].isoformat()}


def page(browser, claim):
    return browser.get(f"{LIST}{claim.id}/").content.decode()


def test_a_claim_is_looked_at_before_it_is_sent_and_then_sent(money, browser):
    costs = [approve_expense(money.second, expense=money.expense(amount=amount)) for amount in (100_00, 23_15)]
    shown = browser.get(NEW, asked(money)).content.decode()
    assert "$123.15" in shown and all(cost.sheet.reference in shown for cost in costs) and "Send the claim" in shown
    assert not Claim.objects.exists()
    sent = browser.post(NEW, asked(money), follow=True).content.decode()
    claim = Claim.objects.get()
    assert f"Claim {claim.reference}" in sent and "is sent: its items are fixed." in sent and "$123.15" in sent
    assert "Nothing is to be claimed for these days." in browser.get(NEW, asked(money)).content.decode()
    assert browser.post(NEW, asked(money)).status_code == 422


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"grant": "none"}, "not on the list"),
        ({"begins": ""}, "empty"),
        ({"ends": "2020-01-01"}, "ends before it begins"),
        ({"ends": "9999-12-31"}, "No books hold such a day."),
    ],
)
def test_a_claim_that_cannot_be_is_refused_beside_its_field(money, browser, values, words):
    answer = browser.post(NEW, {**asked(money), **values})
    assert answer.status_code == 422 and words in answer.content.decode() and not Claim.objects.exists()


def test_our_own_budget_is_not_offered_to_be_claimed(money, browser):
    assert str(money.grants["city"].id) not in browser.get(NEW).content.decode()
    assert browser.post(NEW, asked(money, "city")).status_code == 422


def test_payments_make_it_partly_paid_and_settled(money, browser):
    approve_expense(money.second, expense=money.expense(amount=100_00))
    claim = claimed(money)
    assert "Sent" in page(browser, claim) and "$100.00 due" in browser.get(LIST).content.decode()
    address = f"{LIST}{claim.id}/payments/"
    refused = browser.post(address, {"amount": "100.01", "day": TODAY.isoformat(), "note": ""})
    assert refused.status_code == 422 and "More was paid than is still due." in refused.content.decode()
    part = browser.post(address, {"amount": "60.00", "day": TODAY.isoformat(), "note": "wire"}, follow=True)
    assert "Partly paid" in part.content.decode() and "wire" in part.content.decode()
    rest = browser.post(address, {"amount": "40", "day": TODAY.isoformat(), "note": ""}, follow=True).content.decode()
    assert "Settled" in rest and "Enter a payment" not in rest


def test_who_may_not_read_its_expenses_is_told_so_and_takes_no_pack(money):
    expense = approve_expense(money.second, expense=money.expense(amount=100_00))
    claim = claimed(money)
    browser = money.cast.signed_in("narrow")
    shown = page(browser, claim)
    assert "It holds more than you may read: $100.00" in shown and expense.sheet.reference not in shown
    assert "Claim pack" not in shown and browser.get(f"{LIST}{claim.id}/pack/").status_code == 403
    assert money.cast.signed_in("watch").get(f"{LIST}{claim.id}/pack/").status_code == 403


def texts_of(pack):
    """Every text of a pack, the workbook taken apart; of the paper, the facts that it was written from."""
    found = {}
    for name in pack.namelist():
        body = pack.read(name)
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(body)) as book:
                found[name] = "".join(book.read(part).decode() for part in book.namelist())
        else:
            found[name] = body.decode()
    return found


@pytest.fixture
def papers(monkeypatch):
    """What each paper is written from stands in it: all that a paper can say."""
    monkeypatch.setattr(
        "vedette.formats.pdf.writing.typst.compile", lambda *_, sys_inputs, **__: sys_inputs["facts"].encode()
    )


@pytest.fixture
def marked(money):
    """A claim on expenses, a mission, a claim before it and a report that all hold a marker word where people type."""
    money.cast.report(text=f"{MARK} seen at the north gate.")
    mission = money.mission("bureau", title=f"{MARK} drill")
    flight = money.expense(mission=mission, item="flight", order_number=MARK, note=f"{MARK} seat", amount=70_00)
    earlier = money.expense(mission=mission, item="rail", order_number=MARK, note=MARK, amount=20_00)
    approve_expense(money.second, expense=earlier)
    first = send_claim(money.finance, grant=money.grants["bureau"], begins=MARCH[0], ends=MARCH[1])
    enter_payment(money.finance, claim=first, amount=5_00, day=TODAY, note=MARK)
    reverse_expense(money.finance, expense=earlier, because=MARK)
    attach_receipt(money.finance, expense=flight, stream=ContentFile(b"Fare 70.00"), name=f"{MARK}.txt")
    approve_expense(money.second, expense=flight)
    return flight, send_claim(money.finance, grant=money.grants["bureau"], begins=MARCH[0], ends=MARCH[1])


def test_the_pack_holds_paper_workbook_and_receipts_and_no_word_that_anyone_typed(browser, marked, papers):
    flight, claim = marked
    answer = browser.get(f"{LIST}{claim.id}/pack/")
    assert answer["Content-Disposition"] == f'attachment; filename="{claim.reference}.zip"'
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as pack:
        texts = texts_of(pack)
    receipt = f"receipts/{flight.sheet.reference}-1.txt"
    assert sorted(texts) == ["claim.pdf", "claim.xlsx", receipt]
    assert texts[receipt] == "Fare 70.00"
    for name in ("claim.pdf", "claim.xlsx"):
        assert flight.sheet.reference in texts[name] and "Flight" in texts[name] and "50" in texts[name]
    assert [name for name, text in texts.items() if MARK in text.lower() or MARK in name] == []


def test_the_pack_opens_as_real_files(browser, marked):
    _, claim = marked
    with zipfile.ZipFile(io.BytesIO(b"".join(browser.get(f"{LIST}{claim.id}/pack/").streaming_content))) as pack:
        assert pack.testzip() is None and pack.read("claim.pdf").startswith(b"%PDF")


def test_each_receipt_in_a_pack_is_written_down_as_opened(money, browser, marked):
    _, claim = marked
    before = Entry.objects.filter(code="sheet.opened").count()
    b"".join(browser.get(f"{LIST}{claim.id}/pack/").streaming_content)
    assert Entry.objects.filter(code="sheet.opened").count() == before + 1


def test_an_unknown_claim_is_not_there(money, browser):
    key = money.cast.seats["watch"].id
    for address in (f"{LIST}{key}/", f"{LIST}{key}/pack/"):
        assert browser.get(address).status_code == 404
