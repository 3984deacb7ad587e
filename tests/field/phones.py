"""An officer's phone: a Chromium with a profile of its own, which can be killed, cut off and set wrong, and comes back as it was."""

import contextlib
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Error, Locator, Page, Playwright, expect

from tests.flows.walking import CHROMIUM

PIN = "482915"
OFFICER = "LO Paris"
HALL = {"latitude": 48.8630, "longitude": 2.3700, "accuracy": 18}
# The worker is the same phone with the same clock; a test that sets the page's clock wrong lets only the page send.
NO_SYNC = "delete ServiceWorkerRegistration.prototype.sync; delete window.SyncManager;"
WRONG = """(() => {{
  const True = Date, ahead = {ms};
  globalThis.Date = class extends True {{
    constructor(...said) {{ if (said.length) super(...said); else super(True.now() + ahead); }}
    static now() {{ return True.now() + ahead; }}
  }};
}})();"""


class Phone:
    """One phone; `page` is the app on it."""

    def __init__(self, driver: Playwright, folder: Path, address: str) -> None:
        self.driver, self.folder, self.address = driver, folder, address
        self.scripts: list[str] = []
        self.wrong: list[str] = []
        self.away = False
        self.number = ""
        self.context: BrowserContext | None = None
        self.switch_on()

    page: Page

    def switch_on(self) -> None:
        """Start the browser on the profile that is there."""
        self.context = self.driver.chromium.launch_persistent_context(
            str(self.folder), executable_path=str(CHROMIUM), args=["--no-sandbox"], base_url=self.address,
            viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True, geolocation=HALL, permissions=["geolocation", "background-sync"],
        )  # fmt: skip
        for script in self.scripts:
            self.context.add_init_script(script)
        self.page = self.context.pages[0]
        self.watch(self.page)

    def watch(self, page: Page) -> None:
        """Keep what goes wrong in the page's own programs; a lost connection is no fault of theirs."""
        page.on("pageerror", lambda error: self.wrong.append(f"{error} {error.stack}"))

    def second_tab(self) -> Page:
        """Another tab of the same app."""
        assert self.context
        page = self.context.new_page()
        self.watch(page)
        page.goto("/field")
        return page

    def clock(self, ahead_ms: int) -> None:
        """The phone's clock runs so far ahead from the next page on; only the page sends then."""
        assert self.context
        self.scripts = [NO_SYNC, WRONG.format(ms=ahead_ms)]
        for script in self.scripts:
            self.context.add_init_script(script)

    def sign_in(self, seat: str = OFFICER) -> None:
        """Sign in as an officer does in a demonstration."""
        self.page.goto("/sign-in/")
        self.page.locator("button").filter(has=self.page.get_by_text(seat, exact=True)).first.click()
        self.page.wait_for_load_state()

    def set_up(self, seat: str = OFFICER, duress: str = "") -> "Phone":
        """Signed in, set up and open, the shell kept by the worker."""
        self.sign_in(seat)
        self.page.goto("/field")
        self.page.fill("#newpin", PIN)
        self.page.fill("#againpin", PIN)
        if duress:
            self.page.locator("summary").click()
            self.page.fill("#duresspin", duress)
        self.page.locator("form [type=submit]").click()
        expect(self.page.locator(".bigflash")).to_be_visible()
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        self.number = self.page.evaluate(
            "import('/static/field/store.js').then(async (m) => (await m.get('meta', 'handset')).id)"
        )
        return self

    def open(self, pin: str = PIN) -> None:
        """Open the app from the phone's screen and unlock it."""
        self.page.goto("/field")
        self.unlock(pin)

    def unlock(self, pin: str = PIN) -> None:
        """Type the PIN."""
        self.page.fill("#pin", pin)
        self.page.locator("form [type=submit]").click()
        expect(self.page.locator("#tabs")).to_be_visible()

    def write(self, text: str, kind: str = "flash", page: Page | None = None) -> Page:
        """Open the form and type; nothing is sent."""
        here = page or self.page
        here.evaluate("kind => { location.hash = `#/report/${kind}`; }", kind)
        expect(here.locator("body[data-view=report]")).to_be_attached()
        here.fill("#text", text)
        expect(here.locator("[data-kept]")).not_to_be_empty()
        return here

    def file(self, text: str, kind: str = "flash", page: Page | None = None, photo: Path | None = None) -> None:
        """Write and press send."""
        here = self.write(text, kind, page)
        if photo:
            here.set_input_files("[name=photo]", str(photo))
            expect(here.locator("[data-files] li")).to_have_count(1, timeout=30_000)
        here.locator("[data-send]").click()
        expect(self.card(text, here)).to_be_visible()

    def card(self, text: str, page: Page | None = None) -> Locator:
        """The card of the outbox that says so; it shows the beginning of a long text."""
        return (page or self.page).locator(".itemcard").filter(has_text=text[:60])

    def outbox(self) -> Page:
        """The outbox on the screen."""
        self.page.evaluate("location.hash = '#/outbox'")
        expect(self.page.locator("body[data-view=outbox]")).to_be_attached()
        return self.page

    def state_of(self, text: str) -> str:
        """What the card says of its state."""
        return self.card(text).locator(".stateword").inner_text().strip()

    def offline(self, away: bool = True) -> None:
        """Cut the network, or give it back."""
        assert self.context
        self.away = away
        self.context.set_offline(away)

    def devtools(self) -> CDPSession:
        """The browser's own protocol, on the page."""
        assert self.context
        return self.context.new_cdp_session(self.page)

    def close_the_app(self) -> Callable[[], None]:
        """The app is closed, its worker stays; the answer wakes it as the browser does when there is a network again.

        The browser's own protocol wakes it, from a page of the house that is not the app: whether the machine has a
        network is not the test's to say.
        """
        assert self.context
        self.page.goto("/static/shell/vedette.svg")
        tools, found = self.devtools(), list[str]()
        tools.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda said: found.extend(one["registrationId"] for one in said["registrations"] if not one["isDeleted"]),
        )
        tools.send("ServiceWorker.enable")
        until(lambda: bool(found), self.page)
        woken = {"origin": self.address, "registrationId": found[0], "tag": "outbox", "lastChance": False}
        return lambda: tools.send("ServiceWorker.dispatchSyncEvent", woken)

    def throttle(self, bytes_a_second: int, latency_ms: int = 0) -> None:
        """A slow network, by the browser's own protocol."""
        said = {
            "offline": False,
            "latency": latency_ms,
            "downloadThroughput": bytes_a_second,
            "uploadThroughput": bytes_a_second,
        }
        self.devtools().send("Network.emulateNetworkConditions", said)

    def stored(self, table: str) -> list[dict[str, Any]]:
        """The rows of a table of the phone's store, as they lie there."""
        script = """async (table) => {
          const { all } = await import('/static/field/store.js');
          return (await all(table)).map((row) => JSON.parse(JSON.stringify(row, (_k, v) => (v instanceof Uint8Array ? v.length : v))));
        }"""
        found: list[dict[str, Any]] = self.page.evaluate(script, table)
        return found

    def kill(self) -> None:
        """kill -9 of the browser with all its processes, in the middle of whatever it does."""
        mark = f"--user-data-dir={self.folder}".encode()
        for number in filter(str.isdigit, os.listdir("/proc")):
            try:
                mine = mark in Path(f"/proc/{number}/cmdline").read_bytes()
            except OSError:
                continue
            if mine:
                os.kill(int(number), signal.SIGKILL)
        self.switch_off()

    def switch_off(self) -> None:
        """Close the browser, if it still runs."""
        if self.context:
            # It may have been killed.
            with contextlib.suppress(Error):
                self.context.close()
        self.context = None

    def restart(self) -> None:
        """Killed and started again, the app open and unlocked."""
        self.restart_locked()
        self.unlock()

    def restart_locked(self) -> None:
        """Killed and started again, the app at its lock; cut off still, if it was."""
        away = self.away
        assert self.context
        cookies = self.context.cookies()
        self.kill()
        # A killed browser leaves its lock, which a phone that starts again does not mind.
        for left in self.folder.glob("Singleton*"):
            left.unlink(missing_ok=True)
        self.switch_on()
        # A browser writes cookies down every half minute; the session of a phone in use is older than that.
        self.context.add_cookies([{**cookie} for cookie in cookies])
        self.offline(away)
        self.page.goto("/field")


def until(done: Callable[[], bool], page: Page, seconds: float = 20) -> None:
    """Wait for something outside the page while the page goes on."""
    last = time.monotonic() + seconds
    while not _now(done):
        assert time.monotonic() < last, f"not within {seconds} s"
        page.wait_for_timeout(100)


def _now(done: Callable[[], bool]) -> bool:
    try:
        return done()
    except Error:
        return False  # The page is on its way to another.
