"""An officer with a phone, and the desk open beside it: what he files is read, what is asked is answered, what is refused is mended."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, Route, expect

from tests.field.conftest import Rows, reports_saying, words
from tests.field.phones import NO_SYNC, Phone
from tests.flows.conftest import House
from tests.flows.walking import CHROMIUM, DESK
from tests.rules import violations

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


def test_what_the_server_stumbles_over_holds_up_nothing_that_was_filed_after_it(bare_phone: Phone, rows: Rows):
    bare_phone.scripts = [NO_SYNC]
    bare_phone.switch_off()
    bare_phone.switch_on()
    phone, first, second, refused = bare_phone.set_up(), words(), words(), list[str]()

    def stumble(route: Route) -> None:
        sealed = route.request.post_data or ""
        refused[:] = refused or [sealed]
        if sealed == refused[0]:
            route.fulfill(status=500, body="{}")
        else:
            route.continue_()

    phone.page.route("**/api/v1/packets", stumble)
    phone.offline()
    phone.file(first)
    phone.file(second)
    phone.offline(False)
    expect(phone.card(second).locator(".stateword")).to_have_text(THERE, timeout=20_000)
    assert (phone.state_of(first), reports_saying(rows, first)) == ("On this phone", 0)
    phone.page.unroute("**/api/v1/packets")
    phone.page.locator("[data-now]").click()
    expect(phone.card(first).locator(".stateword")).to_have_text(THERE, timeout=20_000)


def test_the_hosts_rules_are_shown_before_a_report_goes_that_rests_on_the_hosts_word(phone: Phone):
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.page.locator("#head")).to_contain_text("Paris")
    phone.write(words())
    expect(phone.page.locator("[data-caveats]")).to_contain_text("No onward step without the host's leave.")
    phone.page.locator("label").filter(has=phone.page.locator("[value=own-observation]")).click()
    expect(phone.page.locator("[data-caveats]")).to_be_hidden()


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
