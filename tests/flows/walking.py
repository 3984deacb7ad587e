"""People who take their seats in a real browser, each in one of his own; what went wrong is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
DESK = (1440, 900)
expect.set_options(timeout=15_000)


@contextmanager
def started_browser() -> Iterator[Browser]:
    """Chromium without a window, for a file of tests."""
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed")
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield started
        started.close()


class Walk:
    """People who take their seats on the sign-in page, each in a browser of his own; what went wrong is kept."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address, self.wrong = browser, address, list[str]()

    def sit(self, label: str, agency: str = "", size: tuple[int, int] = DESK) -> Page:
        """A page with a seat, on the first screen that the seat has."""
        context = self.browser.new_context(viewport={"width": size[0], "height": size[1]}, base_url=self.address)
        page = context.new_page()
        page.on("pageerror", lambda error: self.wrong.append(f"{page.url}: {error}"))
        page.on("console", lambda said: self.wrong.append(f"{page.url}: {said.text}") if said.type == "error" else None)
        page.on("response", lambda got: self.wrong.append(f"{got.status} {got.url}") if got.status >= 400 else None)
        page.goto("/sign-in/")
        seats = page.locator("section").filter(has=page.get_by_role("heading", name=agency)) if agency else page
        seats.get_by_role("button").filter(has=page.get_by_text(label, exact=True)).first.click()
        expect(page.locator(".live")).to_have_text("Live")
        return page


@contextmanager
def walking(browser: Browser, address: str) -> Iterator[Walk]:
    """A walk that ends with nothing gone wrong."""
    walk = Walk(browser, address)
    yield walk
    for context in browser.contexts:
        context.close()
    assert walk.wrong == [], walk.wrong
