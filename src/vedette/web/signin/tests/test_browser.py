"""The front door in a real browser, with a virtual authenticator that verifies its user."""

import re
import threading
from functools import partial
from pathlib import Path

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.rules import violations
from vedette.agencies.models import Lock, Passkey, Seat
from vedette.web.shell.tests.stage import QuietHandler
from vedette.web.signin.tests.stage import PASSWORD, House, code_now, entries, sign_in, spelled_secret

pytestmark = pytest.mark.browser
CHROMIUM = Path("/usr/bin/chromium")
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Server(ThreadedWSGIServer):
    """Answers inside the test's own transaction, whose connection its threads share and must not close."""

    daemon_threads = True

    def _close_connections(self) -> None:
        """Not ours to close."""


@pytest.fixture
def address(house, settings, monkeypatch):
    """The house at http://localhost."""
    connection = connections["default"]
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)
    connection.inc_thread_sharing()
    server = Server(("localhost", 0), QuietHandler, connections_override={"default": connection})
    server.set_app(get_wsgi_application())
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    settings.PUBLIC_URL = f"http://localhost:{server.server_port}"
    yield settings.PUBLIC_URL
    server.shutdown()
    server.server_close()
    connection.dec_thread_sharing()


@pytest.fixture(scope="module")
def browser():
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as driver:
        # The driver runs a loop in this thread, beside which the tests ask the database in the plain way.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        flags = ["--no-sandbox", "--disable-background-networking"]
        started = driver.chromium.launch(executable_path=str(CHROMIUM), args=flags)
        yield started
        started.close()
        # Within the driver's loop the connections are others than those the database is torn down with.
        connections.close_all()


@pytest.fixture
def opened(browser):
    """The devices of a test, all put away at its end."""
    contexts = []
    yield contexts
    for context in contexts:
        context.close()


@pytest.fixture
def device(browser, address, opened):
    """Makes devices, each with an authenticator inside."""
    return partial(new_device, browser, address, opened)


def new_device(
    browser: Browser,
    address: str,
    opened: list[BrowserContext],
    width: int = 1440,
    height: int = 900,
    theme: str = "dark",
) -> Page:
    """A device of its own, with an authenticator inside."""
    context = browser.new_context(viewport={"width": width, "height": height}, base_url=address)
    opened.append(context)
    context.add_init_script(f"localStorage.setItem('vedette-theme', '{theme}')")
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return page


def take_up(page: Page, house: House, name: str) -> None:
    """Take an invitation up with a passkey and put the codes away."""
    page.goto(house.link(name))
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_role("heading", name="Ten codes")).to_be_visible()
    expect(page.locator(".codes code")).to_have_count(10)
    page.get_by_role("button", name="I have put them away").click()


def leave(page: Page) -> None:
    """Sign out by the seat's menu."""
    page.locator(".seat summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_from_the_invitation_by_passkey_to_a_privileged_act_and_out(device, address, house, monkeypatch):
    page = device()
    take_up(page, house, "keeper")
    expect(page).to_have_url(f"{address}/settings/")
    assert Passkey.objects.get().person.username == "keeper"
    leave(page)
    page.goto("/settings/people/")
    expect(page).to_have_url(re.compile(r"/sign-in/\?next="))
    page.get_by_role("button", name="Continue with passkey").click()
    expect(page).to_have_url(f"{address}/settings/people/")
    assert [entry.reason for entry in entries("person.signed_in")] == ["passkey"]

    monkeypatch.setattr("vedette.handling.policy.PROOF_LASTS_SECONDS", -1)
    page.goto(f"/settings/people/{house.seats['watch1'].id}/")
    reason = page.locator("#id_because")
    reason.fill("moved to the night watch")
    page.get_by_role("button", name="Change the seat").click()
    expect(page.get_by_role("heading", name="Show again that it is you")).to_be_visible()
    expect(page.get_by_text("It was not done yet")).to_be_visible()
    assert entries("person.seat_set") == []
    monkeypatch.setattr("vedette.handling.policy.PROOF_LASTS_SECONDS", 600)
    page.get_by_role("button", name="Prove with passkey").click()
    expect(reason).to_have_value("moved to the night watch")
    page.get_by_role("button", name="Change the seat").click()
    expect(page.locator(".toast")).to_contain_text("The seat is changed")
    assert [entry.reason for entry in entries("person.seat_set")] == ["moved to the night watch"]
    assert Seat.objects.get(id=house.seats["watch1"].id).changes.count() == 2
    leave(page)


def test_by_an_app_and_locked_after_five_wrong_codes_while_a_passkey_still_opens(device, house):
    page = device()
    take_up(page, house, "watch1")
    secret, _ = house.with_codes("watch1")
    leave(page)
    page.get_by_text("Use a code instead").click()
    for number in range(6):
        page.get_by_label("Sign-in name").fill("watch1")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_label("Code of your app").fill("000000" if number < 5 else code_now(secret))
        page.get_by_role("button", name="Sign in with a code").click()
        expect(page.locator("[data-problems]")).to_be_visible()
    expect(page.locator("[data-problems]")).to_contain_text("is locked")
    assert Lock.objects.filter(until=None).count() == 1
    page.get_by_role("button", name="Continue with passkey").click()
    expect(page.locator(".seat summary")).to_be_visible()


def test_an_app_takes_an_invitation_up_and_signs_in(device, house):
    page = device(width=390, height=844)
    page.goto(house.link("watch2"))
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_text("Use an authenticator app instead").click()
    secret = spelled_secret(page.content())
    page.get_by_label("The code your app shows now").fill(code_now(secret))
    page.get_by_role("button", name="Take it up with this app").click()
    page.get_by_role("button", name="I have put them away").click()
    expect(page.locator(".seat summary")).to_be_visible()


def test_a_passkey_that_does_not_verify_its_user_or_was_revoked_opens_nothing(device, house):
    page = device()
    take_up(page, house, "watch1")
    leave(page)
    Passkey.objects.update(until=Passkey.objects.get().since)
    page.get_by_role("button", name="Continue with passkey").click()
    expect(page.locator("[data-says]")).to_contain_text("This passkey was not taken")
    assert len(entries("person.refused")) == 1


def test_an_answer_of_a_passkey_opens_once(device, house):
    page = device()
    take_up(page, house, "watch1")
    leave(page)
    sent = []
    page.on("request", lambda request: sent.append(request) if request.url.endswith("/sign-in/passkey/") else None)
    page.get_by_role("button", name="Continue with passkey").click()
    expect(page.locator(".seat summary")).to_be_visible()
    answer = sent[-1].post_data
    leave(page)
    again = page.evaluate(
        """async (answer) => (await fetch('/sign-in/passkey/', {method: 'POST', body: answer,
            headers: {'Content-Type': 'application/json', Accept: 'application/json',
            'X-CSRFToken': document.querySelector('[data-token]').dataset.token}})).status""",
        answer,
    )
    assert again == 422


@pytest.mark.parametrize(("width", "height", "theme"), [(1440, 900, "dark"), (390, 844, "light")])
def test_no_page_of_the_door_or_of_settings_breaks_an_accessibility_rule(device, house, width, height, theme):
    page = device(width=width, height=height, theme=theme)
    seat = house.seats["watch1"].id
    house.with_codes("watch2")
    for _ in range(5):
        sign_in(Client(), "watch2", "000000", SERVER_NAME="localhost")
    found = {}

    def look(path: str) -> None:
        page.goto(path)
        if page.locator("details.otherway").count():
            page.locator("details.otherway").evaluate("element => { element.open = true }")
        rules = [rule["id"] for rule in violations(page)]
        wide = page.evaluate("document.documentElement.scrollWidth") > width
        if rules or wide:
            found[path] = [*rules, *(["too wide"] if wide else [])]

    look("/sign-in/?next=/settings/people/")
    look("/invitation/nothing/")
    look(house.link("keeper"))
    take_up(page, house, "keeper")
    paths = ["/settings/", "/settings/app/", "/settings/password/", "/settings/people/", "/settings/people/invite/"]
    for path in [*paths, f"/settings/people/{seat}/", "/settings/locks/", "/settings/house/", "/prove/?again=1"]:
        look(path)
    page.goto("/settings/")
    page.evaluate("""async () => fetch('/lock/', {method: 'POST', headers: {Accept: 'application/json',
        'X-CSRFToken': document.querySelector('meta[name="csrf-token"]').content}})""")
    look("/locked/?next=/settings/")
    assert found == {}
