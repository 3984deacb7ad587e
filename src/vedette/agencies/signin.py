"""Who is asking: the session holds a person and a seat; the Viewer is built anew for every request."""

import datetime
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import SimpleLazyObject

from vedette.agencies import sittings
from vedette.agencies.models import Seat
from vedette.agencies.queries import seat_viewer, seats_of
from vedette.agencies.rules import value_of
from vedette.agencies.viewer import Viewer
from vedette.kit.errors import Forbidden
from vedette.kit.ids import parse_id
from vedette.kit.time import real_now

Handler = Callable[[HttpRequest], HttpResponse]
PERSON, SEAT, PROVED = "person", "seat", "proved"
BEGAN, USED, SITTING, SEATS = "began", "used", "sitting", "seats"
# What was the rule when the session began holds for it: no request asks the table of rules.
HOURS, MINUTES = "hours", "minutes"
# Modelled on the CJIS policy, 5.6: proved anew every 12 hours; 5.5.5: locked after 30 minutes without use.
LASTS = datetime.timedelta(hours=12)
IDLE = datetime.timedelta(minutes=30)
WRITTEN_EVERY = datetime.timedelta(minutes=1)
PROVE = "prove"
# A phone asks here by itself, minute after minute: nobody's hand is on it.
BY_ITSELF = "/api/v1/handsets/"


class SeatMiddleware:
    """Sets `request.viewer`: the Viewer of the session's seat, or None; nothing downstream trusts anything else."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        viewer = viewer_of_session(request)
        request.viewer = viewer  # type: ignore[attr-defined]
        if viewer is not None:
            if request.session.get(SEATS, 1) > 1:
                # Asked only where a page shows them.
                request.other_seats = SimpleLazyObject(lambda: _others(viewer))  # type: ignore[attr-defined]
            if _by_hand(request):
                note_use(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A privileged verb without a fresh proof leads to the page that asks for it, and back; JSON is told in words."""
        asks = isinstance(error, Forbidden) and error.way_out == PROVE
        if not asks or request.path.startswith("/api/") or "application/json" in request.headers.get("Accept", ""):
            return None
        htmx = request.headers.get("HX-Request") == "true"
        if request.method == "GET" and not htmx:
            return HttpResponseRedirect(f"/prove/?{urlencode({'next': request.get_full_path()})}")
        # What was sent is not kept here: the page keeps what was typed, and the person sends it again.
        came_from = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "/")
        page = f"{came_from.path or '/'}{'?' + came_from.query if came_from.query else ''}"
        address = f"/prove/?{urlencode({'next': page, 'again': '1'})}"
        if not htmx:
            return HttpResponseRedirect(address)
        answer = HttpResponse(status=403)
        answer["HX-Redirect"] = address
        return answer


def _others(viewer: Viewer) -> list[Seat]:
    return [seat for seat in seats_of(viewer.person_id) if seat.id != viewer.seat_id]


def _by_hand(request: HttpRequest) -> bool:
    """Whether a person did this: going to a page or sending something, not a page that fetches its parts by itself."""
    if request.path.startswith(BY_ITSELF):
        return False
    mode = request.headers.get("Sec-Fetch-Mode", "navigate")
    return mode == "navigate" or request.method not in ("GET", "HEAD")


def viewer_of_session(request: HttpRequest) -> Viewer | None:
    """The Viewer the session names, if that seat is still that person's and in force, and the screen is not locked."""
    if request.path.startswith("/static/"):
        return None
    seat, person = parse_id(request.session.get(SEAT, "")), parse_id(request.session.get(PERSON, ""))
    if not seat or not person or is_over(request):
        return None
    viewer = seat_viewer(seat, person, _moment(request, PROVED))
    return None if viewer is None or (not viewer.wall and is_idle(request)) else viewer


def is_over(request: HttpRequest) -> bool:
    """Whether the hours of a session (12 at most) have gone since the person signed in (real time)."""
    began = _moment(request, BEGAN)
    lasts = datetime.timedelta(hours=request.session.get(HOURS, 12))
    return began is None or real_now() - began >= min(lasts, LASTS)


def is_idle(request: HttpRequest) -> bool:
    """Whether nobody has touched this session for the rule's minutes (30 at most, real time), or its screen was locked by hand."""
    used = _moment(request, USED)
    idle = datetime.timedelta(minutes=request.session.get(MINUTES, 30))
    return used is None or real_now() - used >= min(idle, IDLE)


def locked_person(request: HttpRequest) -> Viewer | None:
    """Whose screen is locked here: the Viewer that a proof brings back; None when there is nothing to unlock."""
    seat, person = parse_id(request.session.get(SEAT, "")), parse_id(request.session.get(PERSON, ""))
    if not seat or not person or is_over(request) or not is_idle(request):
        return None
    viewer = seat_viewer(seat, person)
    return viewer if viewer and not viewer.wall else None


def _moment(request: HttpRequest, name: str) -> datetime.datetime | None:
    text = request.session.get(name)
    return datetime.datetime.fromisoformat(text) if text else None


def note_use(request: HttpRequest) -> None:
    """Part of every request by hand: the session was used; written at most once a minute."""
    used = _moment(request, USED)
    if used is None or real_now() - used >= WRITTEN_EVERY:
        request.session[USED] = real_now().isoformat()
        sittings.record_use(request.session.get(SITTING, ""))


def prove(request: HttpRequest) -> None:
    """Write down that the person has just shown a second factor (real time); privileged verbs ask for it."""
    request.session[PROVED] = request.session[USED] = real_now().isoformat()


def lock_screen(request: HttpRequest) -> None:
    """Nobody is at this screen: until a proof, the session opens nothing."""
    request.session[USED] = (real_now() - IDLE).isoformat()
    request.session.pop(PROVED, None)


def sit_down(request: HttpRequest, viewer: Viewer, way: str = "") -> None:
    """Begin a session in a seat, or go on in another seat; its key is changed so that an older one is worth nothing."""
    if request.session.get(PERSON) != str(viewer.person_id) or is_over(request):
        stand_up(request)  # what another person left here, and what he proved, is gone
        moment = real_now()
        request.session[BEGAN] = request.session[USED] = moment.isoformat()
        request.session[HOURS], request.session[MINUTES] = value_of("session_hours"), value_of("idle_minutes")
        request.session.set_expiry(moment + datetime.timedelta(hours=request.session[HOURS]))
    request.session.cycle_key()
    request.session[PERSON] = str(viewer.person_id)
    request.session[SEAT] = str(viewer.seat_id)
    request.session[SEATS] = len(seats_of(viewer.person_id))
    request.session[SITTING] = sittings.record_sitting(
        request.session.get(SITTING, ""),
        viewer.person_id,
        session=request.session.session_key or "",
        device=sittings.device_of(request.META.get("HTTP_USER_AGENT", "")),
        way=way or "seat",
    )


def stand_up(request: HttpRequest) -> None:
    """End the session; what it held is gone."""
    sittings.record_end(request.session.get(SITTING, ""))
    request.session.flush()
