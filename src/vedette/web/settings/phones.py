"""Officers' phones: last contact, what waits on each, and revoking one that is lost."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vedette.handling.doors import door, viewer_of_request
from vedette.handsets.actions import list_handsets, revoke
from vedette.web.settings.frame import back, show


@door("see_handsets")
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Every phone to who keeps them, one's own to an officer."""
    viewer = viewer_of_request(request)
    context = {
        "rows": list_handsets(viewer),
        "alone": viewer is not None and viewer.holds("administrator"),
        "mine": viewer.seat_id if viewer else None,
    }
    return show(request, "settings/phones.html", "settings_phones", context)


@door("see_handsets")
@require_POST
def revoke_one(request: HttpRequest, key: UUID) -> HttpResponse:
    """Revoke a phone; the verb itself asks who may, for the proof, and of the watch for a second seat."""
    row = revoke(viewer_of_request(request), handset=key, because=request.POST.get("because", ""))
    asked = _("Asked. A second watch seat, another person, confirms within 30 minutes.")
    done = _("Revoked. At its next contact the phone wipes itself.")
    return back(request, "settings_phones", done if row else asked)
