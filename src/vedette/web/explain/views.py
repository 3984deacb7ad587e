"""Why do I see this? The grounds on which a record stands before the reader, and how it is handled."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from vedette.handling.actions import explain_sheet
from vedette.handling.doors import door, viewer_of_request
from vedette.handling.models import Sheet
from vedette.web.search.found import address_of, one_of


@door("explain", serves="explain, the page")
@require_GET
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """Ground by ground why the reader sees a record; for anything else the answer of what is not there."""
    found = explain_sheet(viewer_of_request(request), reference=reference)
    context = {"found": found, "sheet": found.sheet, "names": ground_words(), "what": _kind(found.sheet)}
    return render(request, "explain/page.html", {**context, "href": address_of(found.sheet.kind, found.sheet.id)})


def ground_words() -> dict[str, str]:
    """What each ground is, in a few words."""
    return {
        "holder": _("Your agency holds it"),
        "author": _("You wrote it"),
        "delivery": _("It was released to you"),
        "lodged": _("It was lodged here"),
    }


def _kind(sheet: Sheet) -> str:
    return one_of().get(sheet.kind, sheet.kind.capitalize())
