"""Where each kind of user begins, and what that screen is for, in one sentence."""

from collections.abc import Collection
from typing import Protocol

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext


class HasRoles(Protocol):
    """A seat or a viewer."""

    @property
    def roles(self) -> Collection[str]: ...


# The first role that a seat holds decides; order from the most particular to the most general.
LANDINGS: tuple[tuple[str, str], ...] = (
    ("partner", "inbox"),
    ("auditor", "audit"),
    ("watch", "desk"),
    ("clerk", "desk"),
    ("analyst", "incidents"),
    ("releasing", "releases"),
    ("commander", "brief"),
    ("unit", "orders"),
    ("programme", "programme"),
    ("officer", "my_reports"),
    ("investigator", "ask"),
    ("administrator", "settings"),
)


def landing_of(seat: HasRoles) -> str:
    """The address of the screen a seat lives in; the desk when its own screen is not there yet."""
    for role, name in LANDINGS:
        if role in seat.roles:
            try:
                return reverse(name)
            except NoReverseMatch:
                continue
    return reverse("desk")


def what_of(seat: HasRoles) -> str:
    """What this seat does, in one sentence."""
    words = {
        "partner": gettext("reads what was released to it, acknowledges, asks"),
        "auditor": gettext("sees who knew what, and when; proofs"),
        "watch": gettext("sees a flash within a second, grades, links, asks, starts the response"),
        "clerk": gettext("files what was phoned in and what others sent"),
        "analyst": gettext("builds the picture, finds what it is like"),
        "releasing": gettext("sends the right version to the right partners"),
        "commander": gettext("reads one page and decides"),
        "unit": gettext("reads and acknowledges orders with one thumb"),
        "programme": gettext("keeps posts, agreements, postings"),
        "officer": gettext("files from abroad and sees that it was read"),
        "investigator": gettext("asks a post, follows the answer"),
        "administrator": gettext("keeps people and keys"),
    }
    return next((words[role] for role, _ in LANDINGS if role in seat.roles and role in words), "")
