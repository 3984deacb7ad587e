"""Who is asking: the session holds a person and a seat; the Viewer is built anew for every request."""

import datetime
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from vedette.agencies.queries import seat_viewer
from vedette.agencies.viewer import Viewer
from vedette.kit.ids import parse_id
from vedette.kit.time import real_now

Handler = Callable[[HttpRequest], HttpResponse]
PERSON, SEAT, PROVED = "person", "seat", "proved"


class SeatMiddleware:
    """Sets `request.viewer`: the Viewer of the session's seat, or None; nothing downstream trusts anything else."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = viewer_of_session(request)  # type: ignore[attr-defined]
        return self.get_response(request)


def viewer_of_session(request: HttpRequest) -> Viewer | None:
    """The Viewer the session names, if that seat is still that person's and in force."""
    if request.path.startswith("/static/"):
        return None
    seat, person = parse_id(request.session.get(SEAT, "")), parse_id(request.session.get(PERSON, ""))
    return seat_viewer(seat, person, _proved_at(request)) if seat and person else None


def _proved_at(request: HttpRequest) -> datetime.datetime | None:
    text = request.session.get(PROVED)
    return datetime.datetime.fromisoformat(text) if text else None


def prove(request: HttpRequest) -> None:
    """Write down that the person has just shown a second factor (real time); privileged verbs ask for it."""
    request.session[PROVED] = real_now().isoformat()


def sit_down(request: HttpRequest, viewer: Viewer) -> None:
    """Begin a session in a seat; the session's key is changed so that an older one is worth nothing."""
    if request.session.get(PERSON) != str(viewer.person_id):
        request.session.pop(PROVED, None)  # what another person proved is not this one's proof
    request.session.cycle_key()
    request.session[PERSON] = str(viewer.person_id)
    request.session[SEAT] = str(viewer.seat_id)


def stand_up(request: HttpRequest) -> None:
    """End the session; what it held is gone."""
    request.session.flush()
