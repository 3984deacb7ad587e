"""The rules of accessibility, asked of a page in a real browser: every rule that axe holds, of the whole page."""

from functools import cache
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# The sheets are read where they stand: fetching them anew serves one rule about locked orientation, which ours never lock,
# and the page's rule for contents refuses it.
# Where each element stands is worked out only when there is something to tell: on a long table it is a third of the work.
ASK = """async (only) => {
  const asked = {resultTypes: [only], preload: false};
  const found = (await axe.run(document, {...asked, selectors: false}))[only];
  return found.length ? (await axe.run(document, asked))[only] : found;
}"""


@cache
def _script() -> str:
    return str(Axe().axe_script)


def ask(page: Page, only: str) -> list[dict[str, Any]]:
    """What the rules find of one kind: `violations`, or `incomplete` where they can tell nothing."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_script())
    found: list[dict[str, Any]] = page.evaluate(ASK, only)
    return found


def violations(page: Page) -> list[dict[str, Any]]:
    """The rules that the page breaks, each with the places."""
    return ask(page, "violations")
