"""A person of the demonstration at the product's own doors: signs in with one click, then speaks HTTP like anyone."""

import datetime
import re
from collections import Counter
from typing import Any

import httpx


class DoorRefused(RuntimeError):
    """A door answered with an error; the message is what it said."""


# The doors whose every use must leave its own entry in the log: address form -> audit code.
LEAVES = (
    (r"POST /api/v1/reports$", "report.filed"),
    (r"POST /api/v1/incidents$", "incident.opened"),
    (r"POST /api/v1/incidents/[^/]+/links$", "incident.linked"),
    (r"POST /api/v1/incidents/[^/]+/facts$", "fact.chosen"),
    (r"POST /api/v1/runs$", "run.started"),
    (r"POST /api/v1/tasks/[^/]+/acknowledge$", "order.acknowledged"),
    (r"POST /api/v1/tasks/[^/]+/complete$", "order.completed"),
    (r"POST /api/v1/releases$", "release.drafted"),
    (r"POST /api/v1/releases/[^/]+/sign$", "release.signed"),
    (r"POST /api/v1/inbox/[^/]+/acknowledge$", "delivery.acknowledged"),
    (r"POST /api/v1/inbox/[^/]+/ask$", "delivery.asked"),
    (r"POST /api/v1/reports/[^/]+/withdraw$", "report.withdrawn"),
    (r"POST /replay/clock/$", "clock.set"),
    (r"GET /api/v1/incidents/[^/]+/analogues$", "sheet.opened"),
    (r"GET /$", "sheet.listed"),
)


class Person:
    """One seat signed in over HTTP; `left` counts the entries that its deeds must have left in the log."""

    left: Counter[str]

    def __init__(self, base: str, label: str, agency: str = "") -> None:
        self.label, self.left = label, Counter()
        # Over TLS a form says where it was sent from; a browser does so by itself.
        said = {"Accept": "application/json", "Referer": f"{base}/"}
        self.http = httpx.Client(base_url=base, timeout=30, headers=said)
        page = self.http.get("/sign-in/", headers={"Accept": "text/html"}).text
        self._post_form("/sign-in/", {"seat": _seat(page, label, agency)})

    def _post_form(self, path: str, fields: dict[str, str]) -> None:
        answer = self.http.post(path, data={**fields, "csrfmiddlewaretoken": self.http.cookies["vedette_csrf"]})
        if answer.status_code not in (200, 302):
            raise DoorRefused(f"{self.label}: {path} answered {answer.status_code}")

    def get(self, path: str) -> Any:
        """The JSON a door answers."""
        return self._read(self.http.get(path))

    def post(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """Send JSON; DoorRefused with the door's own reason when it is refused."""
        return self._read(self.post_raw(path, body))

    def post_raw(self, path: str, body: dict[str, Any] | None = None) -> httpx.Response:
        """Send JSON and hand back the whole answer."""
        token = self.http.cookies["vedette_csrf"]
        return self.http.post(path, json=body or {}, headers={"X-CSRFToken": token})

    def close(self) -> None:
        """Let go of the connections."""
        self.http.close()

    def form(self, path: str, fields: dict[str, str]) -> None:
        """Send a form as a browser does; DoorRefused when it is not taken."""
        self._post_form(path, fields)

    def page(self, path: str) -> httpx.Response:
        """A page as a browser would ask for it."""
        answer = self.http.get(path, headers={"Accept": "text/html"})
        self._count(answer)
        return answer

    def _count(self, answer: httpx.Response) -> None:
        done = f"{answer.request.method} {answer.request.url.path}"
        if answer.status_code < 400:
            self.left.update(code for form, code in LEAVES if re.match(form, done))

    def _read(self, answer: httpx.Response) -> Any:
        self._count(answer)
        if answer.status_code >= 400:
            raise DoorRefused(f"{self.label}: {answer.request.method} {answer.request.url.path}: {answer.text[:500]}")
        return answer.json() if answer.content else None


def _seat(page: str, label: str, agency: str) -> str:
    """The id of a seat on the demonstration's sign-in page, found as a person finds it: by agency and label."""
    part = page
    if agency:
        start = page.find(f">{agency}</h2>")
        part = page[start : page.find("</section>", start)] if start >= 0 else ""
    for button in re.findall(r"<button.*?</button>", part, re.S):
        if re.search(rf'class="name">\s*{re.escape(label)}\s*<', button):
            found = re.search(r'value="([0-9a-f-]{36})"', button)
            if found:
                return found.group(1)
    raise DoorRefused(f"There is no seat “{label}” {agency}".strip())


def moment(text: str) -> datetime.datetime:
    """A moment from JSON."""
    return datetime.datetime.fromisoformat(text)
