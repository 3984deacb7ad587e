"""What every page knows: its navigation, the shown time, the home clock, the kind of database, who is looking.

Everything is answered only when a template asks, so that the page for a database that is away never asks it.
"""

import datetime
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from vedette.handling.glass import waits
from vedette.handling.policy import may
from vedette.kit import time
from vedette.kit.queries import installation_kind
from vedette.live.queries import newest
from vedette.web.shell.nav import Entry, address, entries

if TYPE_CHECKING:
    from vedette.agencies.viewer import Viewer


def clock_meta(now: datetime.datetime) -> str:
    """The shown clock for the page's own ticker, `real;shown;speed;paused`, based anew at this moment.

    Both epochs are of this moment, so a reader whose own clock is wrong still sees the right ages.
    """
    clock = time.shown_clock()
    speed, paused = (clock.speed, clock.paused) if clock else (1.0, False)
    return f"{time.real_now().timestamp():.3f};{now.timestamp():.3f};{speed:g};{int(paused)}"


def kind_words(kind: str) -> str:
    """What the banner says; empty in a real database."""
    words = {
        "demonstration": _("Demonstration"),
        "exercise": _("EXERCISE"),
        "test": _("Test"),
    }
    return words.get(kind, "")


def live_since(request: HttpRequest) -> str:
    """The event from which the page's stream begins: what a view or middleware noted first, else the newest now."""
    noted = getattr(request, "live_since", None)
    return str((newest() if noted is None else noted) or "")


def home_of(viewer: "Viewer | None") -> tuple[str, str]:
    """The zone and the city whose time is `home` to the reader: his own agency's."""
    zone = getattr(viewer, "zone", "") or "UTC"
    city = getattr(viewer, "city", "") or zone.rsplit("/", 1)[-1].replace("_", " ")
    return zone, city


def context(request: HttpRequest) -> dict[str, Any]:
    """The context processor: `viewer`, and callables that a template resolves by name."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    zone, city = home_of(viewer)
    now = cache(time.now)
    kind = cache(installation_kind)
    rail: Callable[[], list[Entry]] = cache(lambda: entries(request, viewer))
    return {
        "viewer": viewer,
        "nav": rail,
        "now": now,
        "home_zone": zone,
        "home_city": city,
        "kind": kind,
        "kind_words": lambda: kind_words(kind()),
        "clock_meta": lambda: clock_meta(now()),
        "live_since": lambda: live_since(request),
        "live_url": lambda: address("live_events") or "/live/events",
        "palette_url": lambda: address("palette", "search_palette"),
        "search_url": lambda: address("search"),
        "sign_in_url": lambda: address("sign_in"),
        "sign_out_url": lambda: address("sign_out"),
        "change_seat_url": lambda: address("change_seat"),
        "other_seats": getattr(request, "other_seats", ()),
        "glass_waits": lambda: waits(viewer),
        "alarmed": may(viewer, "acknowledge_duress").allowed,
        "slim": viewer is not None and not viewer.is_home,
    }
