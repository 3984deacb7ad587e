"""What was seen of an originator's records under broken glass, and that he took notice."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from vedette.handling.doors import door, viewer_of_request
from vedette.handling.glass import acknowledge_glass, notices
from vedette.kit.ids import parse_id


@door("acknowledge_glass", serves="glass notices")
@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """The notices this seat has not acknowledged, as banners for the page that asks."""
    return render(request, "settings/glass.html", {"notices": notices(viewer_of_request(request))})


@door("acknowledge_glass", serves="glass notices")
@require_POST
def acknowledge(request: HttpRequest, key: str) -> HttpResponse:
    """Take notice of what one breaking of the glass showed; what waits still is answered."""
    viewer = viewer_of_request(request)
    acknowledge_glass(viewer, glass=parse_id(key))
    return render(request, "settings/glass.html", {"notices": notices(viewer)})
