"""An officer with a phone, and the desk open beside it: what he files is read, what is asked is answered, what is refused is mended."""

import datetime
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, Route, expect

from tests.field.conftest import Rows, reports_saying, words
from tests.field.phones import NO_SYNC, Phone, until
from tests.flows.conftest import House
from tests.flows.walking import CHROMIUM, DESK
from tests.rules import violations

pytestmark = pytest.mark.browser
THERE = "Received, not read"
DAY = 24 * 60 * 60 * 1000
HOUR = 60 * 60 * 1000
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
    # The bundle names the newest reports only; what was read stays read.
    phone.page.evaluate("import('/static/field/sync.js').then((m) => { m.bundle().reports.length = 0; })")
    _go(phone, "home")
    phone.outbox()
    expect(phone.card(text).locator(".stateword")).to_have_text("Read")


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
    typed = words()
    quoted = {"field": "text", "reason": f"“{typed}” may name a person.", "way_out": "Ask."}
    phone.page.route("**/api/v1/packets", lambda route: route.fulfill(status=422, json=quoted))
    phone.file(typed)
    expect(phone.card(typed)).to_contain_text("“…” may name a person. Ask.")
    assert typed not in str(phone.stored("items")), "what was typed lies on the phone encrypted only"


def test_what_comes_for_a_phone_that_was_locked_meanwhile_is_let_go_and_is_no_lack_of_a_network(phone: Phone):
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    phone.page.route("**/api/v1/phone", hold)
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    until(lambda: bool(waiting), phone.page)
    before = phone.stored("kept")
    _go(phone, "phone").locator("[data-lock]").click()
    expect(phone.page.locator("#pin")).to_be_visible()
    with phone.page.expect_response("**/api/v1/phone"):
        waiting[0].continue_()
    ended = "import('/static/field/sync.js').then(async (m) => [await m.sync(), m.held().why, m.bundle()])"
    assert phone.page.evaluate(ended)[1:] == ["", None]
    assert phone.stored("kept") == before
    phone.page.unroute("**/api/v1/phone")
    phone.unlock()


def test_a_day_without_a_network_loses_nothing_and_says_when_each_thing_was_written(
    phone: Phone, rows: Rows, end_sessions
):
    texts = [words() for _ in range(3)]
    phone.offline()
    for text in texts:
        phone.file(text)
        assert phone.state_of(text) == "On this phone"
    expect(phone.page.locator("#held")).to_contain_text("No network")
    expect(phone.page.locator("#waiting")).to_have_text("3")
    # A day passes in a pocket: the app is closed, the session at the server runs out.
    phone.clock(DAY)
    end_sessions()
    phone.restart()
    phone.outbox()
    expect(phone.page.locator(".itemcard.wait")).to_have_count(3)
    phone.offline(False)
    expect(phone.page.locator("#held")).to_contain_text("Signed out", timeout=30_000)
    phone.sign_in()
    phone.open()
    phone.outbox()
    for text in texts:
        expect(phone.card(text).locator(".stateword")).to_have_text(THERE, timeout=30_000)
    assert [reports_saying(rows, text) for text in texts] == [1, 1, 1]


# Milliseconds from when a thing was saved to when it was received, as its card says.
APART = """async (text) => {
  const [{ list }, { savedAt }, time] = await Promise.all(['outbox', 'views/cards', 'time'].map((one) => import(`/static/field/${one}.js`)));
  const item = (await list()).find((one) => one.said.title === text);
  return Date.parse(item.receipt.received_at) - savedAt(item, { time });
}"""


def test_a_phone_whose_clock_is_nine_hours_wrong_never_reorders_the_desk_silently(phone: Phone, rows: Rows):
    before, after = words(), words()
    phone.file(before)
    expect(phone.card(before).locator(".stateword")).to_have_text(THERE)
    phone.clock(9 * HOUR)
    phone.open()
    phone.file(after)
    expect(phone.card(after).locator(".stateword")).to_have_text(THERE)
    expect(phone.page.locator("#held")).to_contain_text("clock is 9 h ahead")
    found = rows(
        """SELECT v.text, s.filed_at, r.observed_at, p.offset_ms, p.clock_wrong, p.device_written_at - p.server_at
           FROM reporting_version v JOIN reporting_report r ON r.sheet_id = v.report_id JOIN handling_sheet s ON s.id = r.sheet_id
           JOIN handsets_passage p ON p.report_id = r.sheet_id WHERE v.text = ANY(%s) ORDER BY s.filed_at""",
        [before, after],
    )
    assert [row[0] for row in found] == [before, after], "in the order in which they came"
    right, wrong = found
    assert abs(right[3]) < 60_000 and not right[4]
    assert abs(wrong[3] - 9 * HOUR) < 60_000 and wrong[4]
    assert abs(wrong[5] - datetime.timedelta(hours=9)) < datetime.timedelta(minutes=1), (
        "the phone's own reading is kept"
    )
    assert wrong[2] <= wrong[1], "and the corrected one lies before the report came"
    phone.scripts = []
    phone.restart()
    expect(phone.page.locator("#held")).to_be_hidden()
    assert abs(phone.page.evaluate(APART, after)) < 60_000, "and stays where it was once the clock is set right"


# The position is not found, and not at once.
NOWHERE = (
    "() => { navigator.geolocation.getCurrentPosition = (_found, not) => setTimeout(() => not({ code: 3 }), 400); }"
)


# Tapped twice, and once more when it is filed and its form still stands.
TAPPED = """async () => {
  const { items } = await import('/static/field/store.js');
  const form = document.querySelector('main form');
  form.requestSubmit();
  form.requestSubmit();
  while (!(await items()).length);
  form.requestSubmit();
}"""
# The server refuses what stands there.
REFUSE = """import('/static/field/store.js').then(async ({ alterItem, changed, items }) => {
  const [item] = await items();
  await alterItem(item.id, () => ({ state: 'refused', refusal: { reason: 'No.', way_out: '' } }));
  changed('items');
  return { id: item.id, saved_at: item.saved_at };
})"""


def _go(phone: Phone, view: str) -> Page:
    phone.page.evaluate("view => { location.hash = `#/${view}`; }", view)
    expect(phone.page.locator(f"body[data-view={view.split('/', maxsplit=1)[0]}]")).to_be_attached()
    return phone.page


def test_what_is_only_opened_left_half_way_tapped_twice_or_ended_with_enter_loses_and_doubles_nothing(
    phone: Phone, tmp_path: Path
):
    photo = tmp_path / "receipt.bin"
    photo.write_bytes(random.Random(3).randbytes(6 * 1024 * 1024))
    page = _go(phone, "expense")
    expect(page.locator("#amount")).to_be_visible(timeout=40_000)
    expect(page.locator("#tabs [aria-current=page]")).to_have_count(0)
    phone.offline()
    _go(phone, "report/flash")
    expect(page.locator("[data-position]")).to_contain_text("within 18 m")
    _go(phone, "expense")
    assert phone.stored("drafts") == [], "a position by itself is nothing that was begun"
    page.fill("#amount", "1.250")
    page.locator("main form [type=submit]").click()
    expect(page.locator("[data-problem]")).to_contain_text("12.50")
    page.fill("#amount", "1,250")
    page.press("#amount", "Enter")
    page.set_input_files("[name=photo]", str(photo))
    _go(phone, "home")
    _go(phone, "expense")
    page.fill("#note", "typed while the photo was encrypted")
    expect(page.locator("[data-files] li")).to_have_count(1, timeout=30_000)
    assert phone.stored("items") == [], "a line was ended, nothing was sent"
    page.evaluate(TAPPED)
    expect(phone.card("1250 EUR")).to_be_visible()
    assert (len(phone.stored("items")), len(phone.stored("files")), phone.stored("drafts")) == (1, 1, [])
    page.evaluate(NOWHERE)
    _go(phone, "safety").locator("[data-well]").click()
    _go(phone, "home")
    expect(page.locator("#said")).to_have_text("Kept on this phone: nobody has heard it yet.")
    until(lambda: [item["kind"] for item in phone.stored("items")].count("check-in") == 1, page)


def test_what_is_mended_says_when_it_was_first_written_and_overwrites_nothing_that_was_begun(phone: Phone):
    text, begun = words(), words()
    page = phone.page
    phone.offline()
    phone.write(text, kind="spot")
    page.locator("label").filter(has=page.locator("[name=began][value='10']")).click()
    page.locator("[data-send]").click()
    expect(phone.card(text)).to_be_visible()
    first = page.evaluate(REFUSE)
    phone.write(begun, kind="spot")
    _go(phone, f"item/{first['id']}").locator("[data-mend]").click()
    expect(page.locator("#text")).to_have_value(text)
    expect(page.locator("[name=began][value=set]")).to_be_checked()
    _go(phone, "home")
    expect(page.locator("[data-drafts] a")).to_have_count(2)
    page.locator("[data-drafts] a").filter(has_text=text).click()
    expect(page.locator("#text")).to_have_value(text)
    page.locator("[data-send]").click()
    expect(phone.card(text)).to_be_visible()
    said = page.evaluate("import('/static/field/outbox.js').then(async (m) => (await m.list())[0].said)")
    body = said["body"]
    assert body["observed_t"] == {"device": first["saved_at"]}
    assert said["written"] == first["saved_at"], "it comes from where it was written"
    began = page.evaluate("Date.parse", body["t"])
    shown = page.evaluate("at => import('/static/field/time.js').then((m) => m.shown(at))", first["saved_at"] - 600_000)
    assert 0 <= shown - began < 60_000, "ten minutes before it was written, to the minute"
    _go(phone, "report/spot")
    expect(page.locator("#text")).to_have_value(begun)


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
        expect(page.locator("#head .btn")).to_be_in_viewport(ratio=1)
    page.reload()
    expect(page.locator("#pin")).to_be_visible()
    found["lock"] = _rules(page)
    assert {screen: rules for screen, rules in found.items() if rules} == {}
