"""The answer where a purged record stood, for who would see it had it stayed: 410, when and by which order it was purged."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from vedette.handling.doors import viewer_of_request
from vedette.sharing.purge_orders import tombstone
from vedette.web.shell.away import wants_json


def gone_page(request: HttpRequest) -> HttpResponse | None:
    """The tombstone of the record that the address names; None when there is none that this viewer may hear of."""
    match = request.resolver_match
    # What no reference can be (a NUL, for one) is not looked for.
    named = [text for value in match.kwargs.values() if (text := str(value)).isprintable()] if match else []
    found = tombstone(viewer_of_request(request), named) if named else None
    if found is None:
        return None
    if wants_json(request):
        reason = f"{found.reference} was purged by order {found.order}."
        return JsonResponse({"error": "purged", "reason": reason, "at": found.at}, status=410)
    return render(request, "shell/410.html", {"stone": found}, status=410)
