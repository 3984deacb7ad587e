"""What is for the officer, on his phone: questions answered with no network, what is taken back wiped, signs of life, money."""

import io
import re
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.field.conftest import Rows
from tests.field.phones import PIN, Phone, until
from tests.flows.conftest import House
from vedette.demo.client import Person

pytestmark = pytest.mark.browser
POST, OTHER = "par", "739164"


@pytest.fixture(scope="module")
def investigator(base: House) -> Iterator[Person]:
    with closing(Person(base.address, "Investigator, robbery squad")) as found:
        yield found


@pytest.fixture(scope="module")
def watch(base: House) -> Iterator[Person]:
    with closing(Person(base.address, "Watch officer 1")) as found:
        yield found


@pytest.fixture
def question(investigator: Person) -> tuple[str, str]:
    """A question to Paris nobody asked before: its id and its words."""
    words = f"Which hotel did the blue van stop at, {uuid.uuid4().hex[:8]}?"
    said = investigator.post("/api/v1/requests", {"question": words, "why": "Two suspects left in it.", "post": POST})
    return said["id"], words


def round_now(phone: Phone) -> None:
    """One round of the phone now, as its timer would make one."""
    phone.page.evaluate("import('/static/field/sync.js').then((m) => m.sync(true))")


def fetched(phone: Phone, words: str) -> None:
    """A round of the phone that brought what holds these words."""
    round_now(phone)
    until(lambda: words in kept(phone), phone.page, 40)


def go(phone: Phone, view: str) -> None:
    phone.page.evaluate("view => { location.hash = `#/${view}`; }", view)
    expect(phone.page.locator(f"body[data-view='{view.split('/', maxsplit=1)[0]}']")).to_be_attached()


def kept(phone: Phone) -> str:
    """What the phone keeps of its bundle, opened."""
    script = "import('/static/field/sync.js').then((m) => JSON.stringify(m.bundle()))"
    return str(phone.page.evaluate(script))


def test_an_investigators_question_is_answered_with_no_network_and_closes_when_there_is_one(
    phone: Phone, watch: Person, question, rows: Rows
):
    key, words = question
    fetched(phone, words)
    go(phone, "to-me")
    row = phone.page.locator("[data-questions] a").filter(has_text=words)
    expect(row).to_contain_text("Investigator, robbery squad")
    expect(row.locator(".clock")).to_be_visible()
    phone.offline()
    row.tap()
    answer = f"The Hôtel du Nord, from 21:10 to 22:40, {uuid.uuid4().hex[:8]}."
    phone.page.fill("#text", answer)
    expect(phone.page.locator("[data-caveats]")).to_contain_text("No onward step without the host's leave.")
    # Typed and not sent: a killed app has it still.
    expect(phone.page.locator("[data-kept]")).not_to_be_empty()
    phone.restart()
    go(phone, f"question/{key}")
    expect(phone.page.locator("#text")).to_have_value(answer)
    phone.page.get_by_role("button", name="Answer", exact=True).tap()
    expect(phone.page.locator(".itemcard .stateword")).to_have_text("On this phone")
    expect(phone.page.locator("main form")).to_be_hidden()
    phone.offline(False)
    standing = "SELECT state FROM reporting_requeststate WHERE request_id = %s AND until IS NULL"
    until(lambda: rows(standing, key) == [("answered",)], phone.page, 40)
    answered = """SELECT v.text FROM reporting_request r
                  JOIN reporting_version v ON v.report_id = r.answer_id WHERE r.sheet_id = %s"""
    found = rows(answered, key)
    assert found == [(answer,)]
    # The desk sees when it reached the phone and when it was opened there.
    page = watch.page(f"/ask/{key}/").text
    assert "opened there" in page and answer in re.sub(r"\s+", " ", page)
    go(phone, "to-me")
    expect(phone.page.locator("[data-questions] li").filter(has_text=words)).to_contain_text("Answered", timeout=40_000)


def test_what_is_taken_back_at_home_is_wiped_at_the_next_contact_and_what_was_typed_for_it_is_not_lost(
    phone: Phone, watch: Person, question, tmp_path: Path
):
    key, words = question
    fetched(phone, words)
    go(phone, f"question/{key}")
    phone.page.fill("#text", "I had begun to ask.")
    phone.page.fill("#where", "Gare du Nord")
    phone.page.locator("[data-locate]").tap()
    expect(phone.page.locator("[data-position]")).to_contain_text("within 18 m")
    photo = tmp_path / "platform.jpg"
    photo.write_bytes(uuid.uuid4().bytes * 64)
    phone.page.set_input_files("[name=photo]", str(photo))
    expect(phone.page.locator("[data-files] li")).to_have_count(1)
    expect(phone.page.locator("[data-kept]")).not_to_be_empty()
    assert words in kept(phone)
    phone.offline()
    watch.post(f"/api/v1/requests/{key}/refuse", {"reason_code": "law", "text": "The law of the place forbids it."})
    assert words in kept(phone), "nothing can be wiped from a phone that hears nothing"
    phone.offline(False)
    round_now(phone)
    until(lambda: words not in kept(phone), phone.page, 40)
    expect(phone.page.get_by_role("heading", name="This question is not here any more")).to_be_visible()
    expect(phone.page.locator("[data-typed]")).to_contain_text("I had begun to ask.")
    phone.page.get_by_role("button", name="File it as a spot report").tap()
    expect(phone.page.locator("#text")).to_have_value("I had begun to ask.")
    # Not its words alone: its place, its point and its files go on with it.
    expect(phone.page.locator("#where")).to_have_value("Gare du Nord")
    expect(phone.page.locator("[data-position]")).to_contain_text("48.8630, 2.3700")
    expect(phone.page.locator("[data-files] li")).to_contain_text("platform.jpg")
    go(phone, "to-me")
    expect(phone.page.locator("[data-recalled]")).to_contain_text("because: refused: The law of the place forbids it.")
    # Nor does the phone have it after it was locked: what is kept is the newest bundle and no older one.
    phone.page.reload()
    phone.unlock(PIN)
    assert words not in kept(phone)


def test_an_answer_to_a_question_that_was_closed_meanwhile_is_kept_as_a_report_and_says_so(
    phone: Phone, watch: Person, question, rows: Rows
):
    key, words = question
    fetched(phone, words)
    go(phone, f"question/{key}")
    phone.offline()
    answer = f"It stopped at none, {uuid.uuid4().hex[:8]}."
    phone.page.fill("#text", answer)
    phone.page.get_by_role("button", name="Answer", exact=True).tap()
    expect(phone.page.locator(".itemcard")).to_be_visible()
    watch.post(f"/api/v1/requests/{key}/refuse", {"reason_code": "not-held", "text": "Nobody holds it."})
    phone.offline(False)
    round_now(phone)
    until(lambda: rows("SELECT count(*) FROM reporting_version WHERE text = %s", answer) == [(1,)], phone.page, 40)
    assert rows("SELECT why FROM handsets_lateanswer WHERE meant_id = %s", key) == [("closed",)]
    board = watch.page("/ask/board/").text
    assert "Answers that came late" in board


def test_a_sign_of_life_is_one_tap_with_its_position_and_says_that_nobody_hears_it_without_a_network(
    phone: Phone, rows: Rows
):
    note = f"meets the host {uuid.uuid4().hex[:8]}"
    go(phone, "safety")
    phone.page.fill("#note", note)
    phone.page.get_by_role("button", name="Set it").tap()
    owed = phone.page.locator("[data-owed] li").filter(has_text=note)
    expect(owed).to_be_visible(timeout=40_000)
    phone.offline()
    expect(phone.page.locator("[data-alone]")).to_contain_text("this page cannot alert anybody now")
    owed.get_by_role("button", name="All is well").tap()
    expect(phone.page.locator("[data-said]")).to_have_text("Kept on this phone: nobody has heard it yet.")
    expect(owed).to_contain_text("On this phone")
    given = "SELECT round(told_lat::numeric, 3)::text, told_precision_m FROM programme_safetycheck WHERE note = %s AND done_at IS NOT NULL"
    assert rows(given, note) == []
    phone.offline(False)
    round_now(phone)
    until(lambda: rows(given, note) == [("48.863", 18)], phone.page, 40)
    expect(phone.page.locator("[data-owed] li").filter(has_text=note)).to_have_count(0, timeout=40_000)


def test_an_expense_is_two_taps_beside_the_typing_and_its_receipt_hangs_on_it(phone: Phone, rows: Rows, tmp_path: Path):
    paper, colour = io.BytesIO(), tuple(uuid.uuid4().bytes[:3])
    Image.new("RGB", (900, 1200), colour).save(paper, "JPEG")
    receipt = tmp_path / "receipt.jpg"
    receipt.write_bytes(paper.getvalue())
    go(phone, "expense")
    fetched(phone, "EUR")
    expect(phone.page.locator("#currency")).to_have_value("EUR")
    phone.offline()
    phone.page.fill("#amount", "12,50")
    phone.page.set_input_files("[name=photo]", str(receipt))
    expect(phone.page.locator("[data-files] li")).to_have_count(1)
    phone.page.get_by_role("button", name="Save").tap()
    card = phone.page.locator(".itemcard").filter(has_text="12.50 EUR")
    expect(card.locator(".stateword")).to_have_text("On this phone")
    phone.offline(False)
    expect(card.locator(".stateword")).to_have_text("Received", timeout=40_000)
    expect(card).to_contain_text("File there and checked", timeout=40_000)
    number = card.locator(".steps").inner_text().split()[-1]
    entered = """SELECT e.amount, e.currency, e.receipt <> '' FROM funding_expense e
                 JOIN handling_sheet s ON s.id = e.sheet_id WHERE s.reference = %s"""
    found = rows(entered, number)
    assert found == [(1250, "EUR", True)]


def test_who_is_on_duty_and_the_hosts_rules_stand_on_the_phone_with_no_network(phone: Phone):
    fetched(phone, "duty")
    phone.offline()
    phone.restart()
    go(phone, "post")
    expect(phone.page.locator("[data-duty]")).to_contain_text("Watch officer 1")
    expect(phone.page.locator("[data-caveats]")).to_contain_text("No onward step without the host's leave.")


def test_the_head_tells_the_two_pins_apart_by_nothing(bare_phone: Phone):
    phone = bare_phone.set_up(duress=OTHER)
    head = phone.page.locator("#head")
    expect(head).to_contain_text("Paris", timeout=40_000)
    expect(head).to_contain_text("New York")
    shown = re.sub(r"\d", "0", head.inner_text())
    phone.page.reload()
    phone.unlock(OTHER)
    assert re.sub(r"\d", "0", head.inner_text()) == shown
