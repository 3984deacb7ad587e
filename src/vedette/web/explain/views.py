"""Why do I see this? The grounds on which a record stands before the reader, and how it is handled."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vedette.handling.actions import explain_sheet, reclassify
from vedette.handling.classing import came_from_elsewhere, effect_of
from vedette.handling.doors import door, viewer_of_request
from vedette.handling.explaining import Explained
from vedette.handling.models import Sheet
from vedette.handling.policy import may, who_may_see
from vedette.kit.errors import Missing
from vedette.web.explain.forms import ClassForm
from vedette.web.search.found import address_of, one_of


@door("explain", serves="explain, the page")
@require_GET
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """Ground by ground why the reader sees a record; for anything else the answer of what is not there."""
    found = explain_sheet(viewer_of_request(request), reference=reference)
    context = {
        **_head(found),
        "names": ground_words(),
        "may_change": found.inside and may(viewer_of_request(request), "reclassify").allowed,
    }
    return render(request, "explain/page.html", {**context, "href": address_of(found.sheet.kind, found.sheet.id)})


def _head(found: Explained) -> dict[str, object]:
    """What both pages say of the record."""
    return {"found": found, "sheet": found.sheet, "what": _kind(found.sheet)}


@door("reclassify", serves="who may see it, the form")
@require_http_methods(["GET", "POST"])
def who(request: HttpRequest, reference: str) -> HttpResponse:
    """Change who may see a record: first what would come of it, then the change itself, with a reason."""
    viewer = viewer_of_request(request)
    found = explain_sheet(viewer, reference=reference)
    if not found.inside:
        raise Missing
    looking = "look" in request.POST
    form = ClassForm(request.POST or None, sheet=found.sheet, looking=looking)
    if request.method == "POST" and not looking and form.taken(partial(reclassify, viewer, sheet=found.sheet)):
        return _changed(request, found.sheet)
    context = {**_head(found), "form": form, "elsewhere": came_from_elsewhere(found.sheet)}
    if looking and form.is_valid():
        context["effect"] = effect_of(viewer, found.sheet, *form.three())
    return render(request, "explain/who.html", context, status=422 if form.errors else 200)


def _changed(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Back to the record's page, or to the desk for who made it too narrow for himself."""
    viewer = viewer_of_request(request)
    if viewer is not None and viewer in who_may_see([sheet.id], [viewer])[sheet.id]:
        messages.success(request, _("It holds from now on; what held before is kept."))
        return HttpResponseRedirect(reverse("explain", args=[sheet.reference]))
    messages.success(request, _("It holds from now on; you do not see this record any more."))
    return HttpResponseRedirect(reverse("desk"))


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
