"""Where each kind of user begins, and what that screen is for, in one sentence."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from vedette.agencies.models import Seat


class HasRoles(Protocol):
    """A seat or a viewer."""

    @property
    def roles(self) -> Collection[str]: ...


@dataclass
class Part:
    """Seats that stand together on the demonstration's first page; what all of them do alike is said once, at the head."""

    title: str
    what: str = ""
    seats: list[dict[str, str]] = field(default_factory=list)


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
    ("finance", "funding"),
    ("officer", "my_reports"),
    ("investigator", "ask"),
    ("administrator", "settings"),
    ("privacy", "purges"),
)

# The order of the work, from the report's arrival to who looks after the house.
ORDER = (
    "watch", "clerk", "analyst", "releasing", "commander", "programme", "finance", "investigator", "auditor", "administrator",
    "privacy", "officer", "unit", "partner",
)  # fmt: skip


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
        "partner": gettext("reads releases, acknowledges, asks"),
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
        "finance": gettext("keeps who pays, expenses and claims"),
    }
    return next((words[role] for role, _ in LANDINGS if role in seat.roles and role in words), "")


def parts_of(seats: Sequence[Seat]) -> list[Part]:
    """The seats of one agency: those of the desk first, in the order of the work, then the posts, then the units."""
    posts = Part(gettext("Officers"), gettext("file from abroad, see that it was read, go on missions"))
    units = Part(gettext("Units"), gettext("read and acknowledge orders with one thumb"))
    desk = Part(gettext("The desk and the house"))
    for seat in sorted(seats, key=lambda seat: (ORDER.index(_first_role(seat)), seat.label)):
        part = {"officer": posts, "unit": units}.get(_first_role(seat), desk)
        part.seats.append({"id": str(seat.id), "label": seat.label, "what": "" if part.what else what_of(seat)})
    found = [part for part in (desk, posts, units) if part.seats]
    return found if len(found) > 1 else [Part("", seats=part.seats) for part in found]


def _first_role(seat: HasRoles) -> str:
    return next((role for role, _ in LANDINGS if role in seat.roles), "administrator")
