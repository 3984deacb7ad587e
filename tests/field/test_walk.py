"""An officer with a phone, and the desk open beside it: what he files is read, what is asked is answered, what is refused is mended."""

import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.field.conftest import Rows, reports_saying, words
from tests.field.phones import Phone
from tests.flows.conftest import House
from tests.flows.walking import CHROMIUM, DESK
from tests.rules import violations
from vedette.demo.client import Person

pytestmark = pytest.mark.browser
THERE = "Received, not read"
SCREENS = (
    "home",
    "report/flash",
    "report/assessment",
    "outbox",
    "to-me",
    "post",
    "safety",
    "expense",
    "phone",
    "renew",
)


@pytest.fixture(scope="module")
def desk_browser(driver: Playwright) -> Iterator[Browser]:
    started = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
    yield started
    started.close()


@pytest.fixture
def desk(desk_browser: Browser, base: House) -> Iterator[Page]:
    """The watch officer's desk, live."""
    context = desk_browser.new_context(viewport={"width": DESK[0], "height": DESK[1]}, base_url=base.address)
    page = context.new_page()
    page.goto("/sign-in/")
    page.locator("button").filter(has=page.get_by_text("Watch officer 1", exact=True)).first.click()
    expect(page.locator(".live")).to_have_text("Live")
    yield page
    context.close()


def test_what_was_written_without_a_network_is_on_the_desk_when_it_is_back_and_the_phone_says_who_read_it(
    phone: Phone, desk: Page
):
    text = words()
    phone.offline()
    phone.file(text)
    expect(desk.get_by_text(text)).to_have_count(0)
    phone.offline(False)
    row = desk.locator("#queue > li").filter(has_text=text).first
    expect(row).to_be_visible()
    row.locator("a").click()
    desk.get_by_role("button", name="Acknowledge").click()
    expect(desk.locator(".chip.ok", has_text="Read").first).to_be_visible()
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.card(text).locator(".stateword")).to_have_text("Read", timeout=40_000)
    expect(phone.card(text)).to_contain_text("watch officer")


def test_a_question_from_ask_is_answered_without_a_network_and_closes(phone: Phone, base: House, rows: Rows):
    question, answer = f"How many doors does the hall have? {words()}", words()
    with closing(Person(base.address, "Investigator, robbery squad")) as asker:
        asked = asker.post(
            "/api/v1/requests", {"question": question, "why": "Drill at ours.", "urgency": "8h", "post": "par"}
        )
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    phone.page.evaluate("location.hash = '#/to-me'")
    expect(phone.page.get_by_text(question)).to_be_visible(timeout=30_000)
    phone.offline()
    phone.page.get_by_text(question).click()
    phone.page.fill("#text", answer)
    phone.page.locator("form [type=submit]").click()
    expect(phone.page.locator(".itemcard").filter(has_text="On this phone").first).to_be_visible()
    phone.offline(False)
    state = "SELECT state FROM reporting_requeststate WHERE request_id = %s AND until IS NULL"
    expect(phone.page.locator(".itemcard").filter(has_text=THERE).first).to_be_visible(timeout=30_000)
    assert rows(state, asked["id"])[0][0] == "answered"
    assert reports_saying(rows, answer) == 1


def test_what_the_server_refuses_stays_with_its_reason_is_mended_and_goes(phone: Phone, rows: Rows):
    text = words()
    phone.write(text, kind="spot")
    phone.page.locator("label").filter(has=phone.page.locator("[name=began][value=set]")).click()
    phone.page.fill("#began_at", "2031-01-01T10:00")
    phone.page.locator("[data-send]").click()
    expect(phone.card(text).locator(".stateword")).to_have_text("Not taken")
    expect(phone.card(text)).to_contain_text("lies in the future")
    assert reports_saying(rows, text) == 0
    phone.card(text).locator(".words").click()
    phone.page.locator("[data-mend]").click()
    expect(phone.page.locator("#text")).to_have_value(text)
    phone.page.locator("label").filter(has=phone.page.locator("[name=began][value=now]")).click()
    phone.page.locator("[data-send]").click()
    expect(phone.card(text).locator(".stateword")).to_have_text(THERE)
    assert reports_saying(rows, text) == 1


def test_the_hosts_rules_are_shown_before_a_report_goes_that_rests_on_the_hosts_word(phone: Phone):
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.page.locator("#head")).to_contain_text("Paris")
    phone.write(words())
    expect(phone.page.locator("[data-caveats]")).to_contain_text("No onward step without the host's leave.")
    phone.page.locator("label").filter(has=phone.page.locator("[value=own-observation]")).click()
    expect(phone.page.locator("[data-caveats]")).to_be_hidden()


def test_an_expense_with_its_receipt_takes_two_taps_beside_the_amount(phone: Phone, rows: Rows, tmp_path: Path):
    receipt = tmp_path / "receipt.jpg"
    Image.frombytes("RGB", (200, 200), random.Random(3).randbytes(120_000)).save(receipt)
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.page.locator("#head")).to_contain_text("Paris")
    phone.page.evaluate("location.hash = '#/expense'")
    before = rows("SELECT count(*) FROM funding_expense")[0][0]
    phone.page.fill("[name=amount]", "12,50")
    phone.page.set_input_files("[name=photo]", str(receipt))
    expect(phone.page.locator("[data-files] li")).to_have_count(1)
    phone.page.locator("form [type=submit]").click()
    card = phone.page.locator(".itemcard").filter(has_text="12.50")
    expect(card).to_contain_text("File there and checked", timeout=30_000)
    assert rows("SELECT count(*) FROM funding_expense")[0][0] == before + 1


def test_a_sign_of_life_is_one_tap_and_one_set_is_expected_at_the_desk(phone: Phone, rows: Rows):
    phone.page.evaluate("location.hash = '#/safety'")
    expect(phone.page.locator("main")).to_contain_text("reaches the desk only with a network")
    phone.page.locator("form [type=submit]").click()
    expect(phone.page.locator("[data-last]")).to_contain_text("Check-in set")
    kinds = "SELECT kind FROM handsets_packet WHERE handset_id = %s ORDER BY received_at"
    phone.page.locator("[data-well]").click()
    expect(phone.page.locator("[data-last] li")).to_have_count(2)
    phone.page.wait_for_timeout(1500)
    assert [row[0] for row in rows(kinds, phone.number)] == ["set-check-in", "check-in"]


def _rules(page: Page) -> list[str]:
    """The rules that the page breaks, with the first place of each."""
    return [f"{rule['id']}: {rule['nodes'][0]['target'] if rule['nodes'] else ''}" for rule in violations(page)]


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_every_screen_of_the_phone_keeps_the_rules_of_accessibility(bare_phone: Phone, theme: str):
    page = bare_phone.page
    bare_phone.context.add_init_script(f"localStorage.setItem('vedette-theme', '{theme}')")
    page.goto("/field")
    expect(page.locator("#newpin")).to_be_visible()
    found = {"setup": _rules(page)}
    bare_phone.set_up()
    bare_phone.file(words())
    for screen in SCREENS:
        page.evaluate("screen => { location.hash = `#/${screen}`; }", screen)
        expect(page.locator(f"body[data-view={screen.split('/')[0]}]")).to_be_attached()
        page.wait_for_timeout(150)
        found[screen] = _rules(page)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), screen
    page.reload()
    expect(page.locator("#pin")).to_be_visible()
    found["lock"] = _rules(page)
    assert {screen: rules for screen, rules in found.items() if rules} == {}
