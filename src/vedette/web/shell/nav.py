"""Which screens a seat finds in its rail: by role, and only those whose address exists."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from vedette.agencies.viewer import Viewer

DESK = frozenset({"watch", "clerk", "analyst", "commander", "releasing"})
HOME = DESK | {"officer", "unit", "investigator", "auditor", "administrator", "programme", "finance", "privacy"}


@dataclass(frozen=True)
class Screen:
    """A screen: its key (also its URL name), what it is called, its sign, its key after `g`, and who sees it."""

    key: str
    label: Promise
    icon: str
    letter: str
    roles: frozenset[str]
    foot: bool = False


SCREENS: tuple[Screen, ...] = (
    Screen("desk", _("Desk"), "radar-2", "d", DESK),
    Screen("orders", _("My orders"), "checklist", "o", frozenset({"unit"})),
    Screen("inbox", _("Inbox"), "mail", "m", frozenset({"partner", "unit"})),
    Screen("field", _("Field"), "device-mobile", "f", frozenset({"officer"})),
    Screen("my_reports", _("My reports"), "send", "y", frozenset({"officer"})),
    Screen("brief", _("Brief"), "file-text", "b", frozenset({"commander"})),
    Screen("received", _("Received"), "mail", "v", frozenset({"watch", "clerk", "analyst"})),
    Screen("incidents", _("Incidents"), "alert-octagon", "i", DESK),
    Screen("topics", _("Topics"), "flag", "q", frozenset({"watch", "analyst", "commander", "programme", "officer"})),
    Screen("response", _("Response"), "list-details", "r", DESK - {"clerk"}),
    Screen("shift", _("Shift"), "clock", "h", DESK),
    Screen("releases", _("Releases"), "file-export", "l", DESK - {"clerk"}),
    Screen("summaries", _("Summaries"), "file-text", "y", DESK | {"officer"}),
    Screen("ask", _("Ask"), "message-question", "a", DESK | {"officer", "unit", "investigator", "programme"}),
    Screen("safety", _("Safety"), "heart-handshake", "k", DESK - {"clerk"} | {"programme"}),
    Screen("programme", _("Programme"), "world-pin", "p", DESK | {"programme", "finance"}),
    Screen("funding", _("Funding"), "report-money", "u", frozenset({"programme", "finance", "commander"})),
    Screen("expenses", _("Expenses"), "report-money", "x", frozenset({"officer"})),
    Screen("missions", _("Missions"), "plane", "j", frozenset({"officer"})),
    Screen("my_service", _("My service"), "user", "w", frozenset({"officer"})),
    Screen("lessons", _("Lessons"), "school", "n", DESK | {"programme"}),
    Screen(
        "audit", _("Audit"), "shield-check", "t", frozenset({"auditor", "privacy", "commander", "watch", "releasing"})
    ),
    Screen("search", _("Search"), "search", "s", HOME, foot=True),
    Screen("settings", _("Settings"), "settings", "e", frozenset({"administrator", "watch", "commander"}), foot=True),
)


@dataclass
class Entry:
    """One line of the rail as the template shows it; `count` is marked `hot` when it burns."""

    key: str
    label: str
    icon: str
    letter: str
    href: str
    current: bool
    foot: bool
    count: int = 0
    hot: bool = False
    count_label: str = field(default="")


def address(*names: str) -> str:
    """The first of the URL names that exists, as an address; empty when none does."""
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""


def screen_address(key: str) -> str:
    """Where a screen lies: its URL name is its key."""
    return address(key)


def is_current(href: str, path: str) -> bool:
    """Whether a path lies on a screen: the desk is the root and holds nothing else."""
    return path == href or (href != "/" and path.startswith(href))


def entries(request: HttpRequest, viewer: "Viewer | None") -> list[Entry]:
    """The rail of a seat; `request.nav_counts` ({key: (count, hot, words)}) puts figures on it."""
    if viewer is None:
        return []
    counts = getattr(request, "nav_counts", {})
    found = []
    for screen in SCREENS:
        href = screen_address(screen.key) if viewer.roles & screen.roles else ""
        if not href:
            continue
        count, hot, words = counts.get(screen.key, (0, False, ""))
        found.append(
            Entry(
                key=screen.key,
                label=str(screen.label),
                icon=screen.icon,
                letter=screen.letter,
                href=href,
                current=is_current(href, request.path),
                foot=screen.foot,
                count=count,
                hot=hot,
                count_label=words or str(count),
            )
        )
    return found
