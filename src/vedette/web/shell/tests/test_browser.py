"""The shell in a real browser: read by everyone, driven by keys, live without losing an event."""

import datetime
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.rules import violations
from vedette.kit.time import Clock
from vedette.web.shell.tests import stage

pytestmark = pytest.mark.browser
CHROMIUM = Path("/usr/bin/chromium")
SHOWN = datetime.datetime(2015, 11, 13, 20, 52, tzinfo=datetime.UTC)
PAGES = ["/gallery/", "/gallery/?as=partner", "/gallery/?as=none", "/sign-in/"]
PAGES += [f"/wrong/{name}" for name in ("404", "503", "sign_in")]


@pytest.fixture(scope="module")
def address():
    clock = Clock(datetime.datetime.now(datetime.UTC), SHOWN, 1.0, True)
    with pytest.MonkeyPatch.context() as patch, override_settings(ROOT_URLCONF="vedette.web.shell.tests.stage"):
        patch.setattr("vedette.agencies.signin.viewer_of_session", stage.seat)
        patch.setattr("vedette.kit.time.shown_clock", lambda: clock)
        patch.setattr("vedette.web.shell.context.installation_kind", lambda: "demonstration")
        patch.setattr("vedette.web.parts.views.installation_kind", lambda: "demonstration")
        patch.setattr("vedette.web.shell.context.newest", lambda: 0)
        patch.setattr("vedette.web.shell.context.waits", lambda viewer: False)
        patch.setattr("vedette.config.middleware.newest", lambda: 0)
        patch.setattr("vedette.agencies.signin.note_use", lambda request: None)
        server = stage.serve()
        yield f"http://127.0.0.1:{server.server_port}"
        stage.cut.set()
        server.shutdown()
        server.server_close()
        stage.cut.clear()


@pytest.fixture(scope="module")
def browser():
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed")
    with sync_playwright() as driver:
        flags = ["--no-sandbox", "--disable-background-networking"]
        started = driver.chromium.launch(executable_path=str(CHROMIUM), args=flags)
        yield started
        started.close()


def opened(
    browser: Browser,
    address: str,
    path: str,
    *,
    theme: str = "dark",
    width: int = 1440,
    height: int = 900,
) -> Page:
    # Colours are asked of what stands, not of what fades in.
    context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    context.add_init_script(f"localStorage.setItem('vedette-theme', '{theme}')")
    page = context.new_page()
    page.goto(address + path)
    return page


@pytest.mark.parametrize(
    ("theme", "width", "height", "paths"),
    [
        ("dark", 1440, 900, PAGES),
        ("light", 390, 844, PAGES),
        ("light", 1920, 1080, PAGES[:1]),
        ("dark", 390, 844, PAGES[:1]),
    ],
)
def test_no_page_of_the_shell_breaks_an_accessibility_rule(browser, address, theme, width, height, paths):
    found = {}
    page = opened(browser, address, paths[0], theme=theme, width=width, height=height)
    for path in paths:
        page.goto(address + path)
        broken = violations(page)
        found |= {path: [rule["id"] for rule in broken]} if broken else {}
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.context.close()
    assert found == {}


@pytest.mark.parametrize("opener", ["?", "Control+k", "seat"])
def test_no_dialog_of_the_shell_breaks_an_accessibility_rule(browser, address, opener):
    page = opened(browser, address, "/gallery/")
    expect(page.locator(".live")).to_have_text("Live")
    page.locator(".seat summary").click() if opener == "seat" else page.keyboard.press(opener)
    assert violations(page) == []
    page.context.close()


def test_a_lost_connection_shows_within_20_seconds_and_heals_without_losing_an_event(browser, address):
    page = opened(browser, address, "/gallery/")
    page.evaluate("window.got = []; document.addEventListener('vedette:event', (e) => window.got.push(e.detail.seq))")
    expect(page.locator(".live")).to_have_text("Live")
    stage.cut.set()
    expect(page.locator(".live.lost")).to_be_visible(timeout=20_000)
    expect(page.locator("[data-lost]")).to_contain_text("Nothing is missed")
    stage.cut.clear()
    expect(page.locator(".live.lost")).to_have_count(0, timeout=15_000)
    before = len(page.evaluate("window.got"))
    page.wait_for_function("before => window.got.length > before + 2", arg=before)
    got = page.evaluate("window.got")
    assert got == list(range(got[0], got[0] + len(got)))
    page.context.close()


def test_a_page_about_what_is_gone_is_loaded_anew_once_however_often_it_is_told(browser, address):
    page, loads = opened(browser, address, "/gallery/"), []
    page.on("load", lambda page: loads.append(page.url))
    stage.told[:] = [{"seq": number, "kind": "sheet.gone", "id": "4711"} for number in (1, 2)]
    page.goto(address + "/incidents/?of=4711")
    page.wait_for_timeout(3_000)
    stage.told.clear()
    assert 2 <= len(loads) <= 3, "once for each thing it was told"
    page.context.close()


def test_a_page_that_would_load_itself_anew_lets_its_reader_go_where_he_has_clicked(browser, address):
    page = opened(browser, address, "/gallery/")
    renew = "import('/static/shell/renew.js').then(({ renew }) => renew())"
    page.evaluate(f"location.assign('/slow/'); setTimeout(() => {renew}, 300)")
    page.wait_for_timeout(2_500)
    assert page.url == address + "/slow/"
    page.goto(address + "/gallery/")
    with page.expect_event("load"):
        page.evaluate(f"void {renew}")
    page.context.close()


def test_keys_go_anywhere_step_through_rows_and_can_be_switched_off(browser, address):
    page = opened(browser, address, "/gallery/")
    expect(page.locator(".live")).to_have_text("Live")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.matches('.qrow')")
    page.keyboard.press("Control+k")
    page.keyboard.type("rail")
    expect(page.locator("#palette .opt[aria-selected=true]")).to_contain_text("PAR-26-0412")
    page.keyboard.press("Escape")
    page.locator(".seat summary").click()
    page.locator("[data-keys-switch]").click()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.locator(".seat summary").click()
    page.locator("[data-keys-switch]").click()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("i")
    page.wait_for_url("**/incidents/")
    page.context.close()


def test_a_new_row_keeps_the_readers_place_and_says_how_many_are_new(browser, address):
    page = opened(browser, address, "/gallery/")
    expect(page.locator(".live")).to_have_text("Live")
    moved = page.evaluate(
        """() => {
          const list = document.querySelector('[data-rows]'), box = list.closest('[data-live-list]');
          Object.assign(box.style, {overflow: 'auto', maxHeight: '150px', flex: 'none'});
          box.scrollTop = 80;
          const row = list.children[1], before = row.getBoundingClientRect().top;
          const html = '<li id="row-9"><a class="qrow unread" href="#x">new</a></li>';
          list.dispatchEvent(new CustomEvent('vedette:put', {bubbles: true, detail: {html}}));
          return Math.abs(row.getBoundingClientRect().top - before);
        }"""
    )
    assert moved < 1
    expect(page.locator("[data-newbar]")).to_contain_text("1 new above")
    page.context.close()


def test_the_clock_of_the_page_is_the_shown_one_in_the_home_zone(browser, address):
    page = opened(browser, address, "/gallery/")
    expect(page.locator("[data-now]")).to_have_text("15:52")
    expect(page.locator("[data-today]")).to_have_text("Fri 13 Nov 2015")
    page.context.close()
