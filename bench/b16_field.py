"""B16: the field app on a 3G line (400 kb/s, 400 ms): its size, first paint cold and warm, a flash beside 50 waiting, the way home.

Floor of the paints: an empty page of the same server over the same line. Long tasks are the browser's own count.
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1] / "src")]

import httpx  # noqa: E402
from _house import cookie_of, database, option, seats, server, set_up  # noqa: E402
from _lines import Figure, show  # noqa: E402
from playwright.sync_api import BrowserContext, Error, Page, sync_playwright  # noqa: E402

CHROMIUM = "/usr/bin/chromium"
BYTES_A_SECOND, LATENCY_MS = 50_000, 400
SHELL_BYTES, COLD, WARM, LONG_TASK_MS, WAITING = 2 * 1024 * 1024, 5.0, 1.0, 50.0, 50
PIN = "482915"
LINE = {
    "offline": False,
    "latency": LATENCY_MS,
    "downloadThroughput": BYTES_A_SECOND,
    "uploadThroughput": BYTES_A_SECOND,
}


def shell_size(port: int) -> int:
    """Bytes of everything the phone keeps, as the server sends it to a browser that takes brotli."""
    from vedette.field.precache import addresses

    total = 0
    for address in ["/field", *addresses()]:
        answer = httpx.get(f"http://127.0.0.1:{port}{address}", headers={"Accept-Encoding": "br"}, timeout=60)
        total += answer.num_bytes_downloaded
    return total


def slow(page: Page) -> None:
    """The page is on the 3G line from now on."""
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", LINE)


def painted(page: Page, path: str) -> float:
    """Seconds from asking for a page until the first thing of it is seen."""
    page.goto(path, wait_until="commit", timeout=60_000)
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0", timeout=60_000)
    found: float = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000")
    return found


def usable(page: Page, mark: str) -> float:
    """Seconds since the page was asked for, once this can be typed into."""
    page.wait_for_selector(mark, timeout=60_000)
    found: float = page.evaluate("performance.now() / 1000")
    return found


def phone(driver: Any, folder: str, port: int, cookie: str) -> BrowserContext:
    """A browser of the phone's size, the officer signed in."""
    context: BrowserContext = driver.chromium.launch_persistent_context(
        folder, executable_path=CHROMIUM, args=["--no-sandbox"], base_url=f"http://127.0.0.1:{port}", bypass_csp=True,
        viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True,
    )  # fmt: skip
    pairs = (pair.split("=", 1) for pair in cookie.split("; "))
    context.add_cookies([{"name": name, "value": value, "url": f"http://127.0.0.1:{port}"} for name, value in pairs])
    return context


def starts(context: BrowserContext) -> list[Figure]:
    """Cold: nothing kept. Warm: the worker keeps the shell."""
    page = context.pages[0]
    slow(page)
    floor = bare(page)
    cold = painted(page, "/field")
    ready = usable(page, "#newpin")
    print(f"   cold: first paint {cold:.2f} s, the form can be typed into after {ready:.2f} s; bare page {floor:.2f} s")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("navigator.serviceWorker.controller !== null", timeout=120_000)
    # Without a page the browser would forget the session.
    again = context.new_page()
    page.close()
    slow(again)
    warm = painted(again, "/field")
    print(f"   warm: first paint {warm:.2f} s, the form after {usable(again, '#newpin'):.2f} s")
    return [
        Figure("B16 first paint, cold", cold, floor, cold / COLD, 1.0, unit=" s"),
        Figure("B16 first paint, warm", warm, floor, warm / WARM, 1.0, unit=" s"),
    ]


def bare(page: Page) -> float:
    """The floor: one small file of the same server over the same line."""
    page.goto("/static/shell/vedette.svg", wait_until="load")
    found: float = page.evaluate("performance.getEntriesByType('navigation')[0].responseEnd / 1000")
    return found


def beside_fifty(page: Page) -> Figure:
    """The longest task of the page while one more flash is written and filed beside fifty that wait."""
    page.evaluate(
        """async (n) => {
      const { add } = await import('/static/field/outbox.js');
      for (let i = 0; i < n; i += 1) {
        await add('report', { kind: 'flash', text: `Flash ${i}`, observed_t: { device: Date.now() } }, { title: `Flash ${i}` });
      }
      globalThis.longest = 0;
      new PerformanceObserver((list) => {
        for (const one of list.getEntries()) globalThis.longest = Math.max(globalThis.longest, one.duration);
      }).observe({ type: 'longtask', buffered: false });
    }""",
        WAITING,
    )
    processor = page.context.new_cdp_session(page)
    processor.send("Emulation.setCPUThrottlingRate", {"rate": int(option("slower", 1))})
    page.evaluate("location.hash = '#/report/flash'")
    page.wait_for_selector("#text")
    page.locator("#text").press_sequentially("Two explosions at the north gate; exits closed.", delay=20)
    page.locator("[data-send]").click()
    page.wait_for_function(f"document.querySelectorAll('.itemcard').length === {WAITING + 1}", timeout=30_000)
    page.wait_for_timeout(500)
    longest: float = page.evaluate("globalThis.longest")
    processor.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    return Figure(
        f"B16 longest task, a flash beside {WAITING}", longest, LONG_TASK_MS, longest / LONG_TASK_MS, 1.0, unit=" ms"
    )


def way_home(context: BrowserContext, page: Page) -> Figure:
    """How many requests the phone makes, after the network is back, until the server has the words."""
    asked: list[str] = []
    slow(page)
    page.on("request", lambda request: asked.append(request.url) if "/api/" in request.url else None)
    with page.expect_response("**/api/v1/packets") as first:
        context.set_offline(False)
    first.value.finished()
    if first.value.status != 200:
        raise SystemExit(f"The server answered {first.value.status}: {first.value.text()}")
    trips = asked.index(next(url for url in asked if url.endswith("/packets"))) + 1
    return Figure("B16 round trips until the words are home", trips, 1, float(trips), 1.0)


def main() -> int:
    """Measure and print; 0 when every bar was reached."""
    with database():
        set_up()
        from vedette.programme.queries import post_of_seat

        officer = next(viewer for viewer in seats("officer") if post_of_seat(viewer.seat_id))
        cookie = cookie_of(officer)
        with server() as port, tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
            context = phone(driver, folder, port, cookie)
            size, most = shell_size(port), SHELL_BYTES / 1e6
            figures = [Figure("B16 shell and data, brotli", size / 1e6, most, size / SHELL_BYTES, 1.0, unit=" MB")]
            figures += starts(context)
            page = context.pages[-1]
            page.fill("#newpin", PIN)
            page.fill("#againpin", PIN)
            page.locator("form [type=submit]").click()
            try:
                page.wait_for_selector(".bigflash", timeout=20_000)
            except Error:
                raise SystemExit(f"The phone was not set up: {page.inner_text('main')}") from None
            context.set_offline(True)
            figures += [beside_fifty(page), way_home(context, page)]
            context.close()
    return show(figures)


if __name__ == "__main__":
    sys.exit(main())
