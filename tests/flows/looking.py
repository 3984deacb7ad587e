"""Going wherever a seat's own pages lead, and looking at each screen once."""

import re

from playwright.sync_api import Error, Page

from tests.flows.walking import Walk
from tests.rules import violations

# Screens that open on what one types.
ASKED_FOR = {"Auditor": ["/audit/trail/PAR-15-0004/"], "Analyst 1": ["/search/?q=Bataclan"]}
ONE_OF_MANY = (
    (re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "id"),
    (re.compile(r"[A-Z]{2,5}-\d{2}-\d{4}"), "reference"),
    (re.compile(r"(/posts|/agreements|/summaries|/grants)/[\w-]+"), r"\1/key"),
)
# A screen may renew itself while it is looked at: something was recalled, a record left its reader's sight.
RENEWALS, RENEWED = 3, re.compile("context was destroyed|ERR_ABORTED")
NO_SCREENS = re.compile(r"\.(pdf|csv|json|xlsx|ics)$|/sign-in/|/checkpoints/|/entries/|/files/|/pack/")


def links_of(page: Page) -> list[str]:
    """Where the page leads."""
    found: list[str] = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
    return found


class Look:
    """Goes wherever a seat's own pages lead, looks at each screen once, in three sizes, dark and light."""

    def __init__(self, walk: Walk) -> None:
        self.walk, self.seen, self.found = walk, set[str](), dict[str, list[str]]()

    def all_of(self, label: str, agency: str) -> None:
        page = self.walk.sit(label, agency)
        waiting = [page.url.removeprefix(self.walk.address), *links_of(page), *ASKED_FOR.get(label, [])]
        while waiting:
            path = waiting.pop(0).split("#")[0]
            if self._is_new(path):
                waiting += self._look(page, path)
        page.context.close()

    def _is_new(self, path: str) -> bool:
        form = path.split("?", maxsplit=1)[0]
        for one, name in ONE_OF_MANY:
            form = one.sub(name, form)
        if not path.startswith("/") or NO_SCREENS.search(form) or form in self.seen:
            return False
        self.seen.add(form)
        return True

    def _look(self, page: Page, path: str) -> list[str]:
        """What a look at the screen found is kept; where it leads. A live page that renews itself meanwhile is looked at again."""
        for _ in range(RENEWALS):
            try:
                return self._look_once(page, path)
            except Error as error:
                if not RENEWED.search(str(error)):
                    raise
                page.wait_for_load_state()
        return self._look_once(page, path)

    def _look_once(self, page: Page, path: str) -> list[str]:
        first, second = ("dark", "light") if len(self.seen) % 2 else ("light", "dark")
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(path)
        links = links_of(page)
        self._hold(page, path, first)
        page.set_viewport_size({"width": 1920, "height": 1080})
        self._hold(page, path, second, rules=False)
        page.set_viewport_size({"width": 390, "height": 844})
        self._hold(page, path, second)
        return links

    def _hold(self, page: Page, path: str, theme: str, rules: bool = True) -> None:
        page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
        wrong = [f"{where} too wide" for where in page.evaluate(TOO_WIDE)]
        if rules:
            wrong += [f"{rule['id']} {one['target']}" for rule in violations(page) for one in rule["nodes"]]
        if wrong:
            size = page.viewport_size or {}
            self.found.setdefault(f"{path} {theme} {size.get('width')}", []).extend(wrong)


TOO_WIDE = """() => [...document.querySelectorAll('html, #main')]
    .filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.tagName)"""
