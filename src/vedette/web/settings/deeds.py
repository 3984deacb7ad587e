"""What is done to one seat or its person with a reason: suspend, give back, lock, revoke a passkey, a new link."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vedette.agencies.models import Seat
from vedette.agencies.viewer import Viewer
from vedette.handling import locking, people
from vedette.handling.doors import door, viewer_of_request
from vedette.kit.errors import Missing
from vedette.kit.ids import parse_id
from vedette.web.settings.frame import back
from vedette.web.settings.people import show_link

Deed = Callable[[Viewer | None, Seat, UUID | None, str], object]
DEEDS: dict[str, Deed] = {
    "suspend": lambda by, seat, _key, because: people.suspend(by, seat=seat.id, because=because),
    "restore": lambda by, seat, _key, because: people.restore(by, seat=seat.id, because=because),
    "lock": lambda by, seat, _key, because: locking.lock(by, person=seat.person_id, because=because),
    "revoke": lambda by, _seat, key, because: people.revoke_key(by, passkey=key, because=because),
}


@door("see_people")
@require_POST
def act(request: HttpRequest, key: str, deed: str) -> HttpResponse:
    """Do one of the deeds; the verb itself asks who may and for the proof."""
    by = viewer_of_request(request)
    seat = people.seat_of(by, parse_id(key))
    if seat is None:
        raise Missing
    if deed == "link":
        return show_link(request, *people.invite_again(by, person=seat.person_id))
    if deed not in DEEDS:
        raise Missing
    DEEDS[deed](by, seat, parse_id(request.POST.get("passkey", "")), request.POST.get("because", ""))
    said = {
        "suspend": _("The seat is suspended: its next request gets nothing."),
        "restore": _("The seat is given back."),
        "lock": _("The account is locked and its sessions are ended."),
        "revoke": _("The passkey is revoked and the sessions are ended. A new link lets the person in again."),
    }
    return back(request, "settings_seat", said[deed], seat.id)
