"""What others sent: the list, and the form that files it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vedette.agencies.viewer import Viewer
from vedette.files.actions import store
from vedette.files.queries import files_of
from vedette.handling.doors import door, viewer_of_request
from vedette.handling.policy import may
from vedette.kit.cursors import read_cursor, write_cursor
from vedette.kit.errors import Refused
from vedette.kit.ids import parse_id
from vedette.kit.said import said
from vedette.reporting.actions import file_received
from vedette.reporting.desk import position_of
from vedette.reporting.models import Received
from vedette.reporting.received import open_received, received_page
from vedette.web.received.forms import ReceivedForm
from vedette.web.reports.typed import say_refusal


@door("list", serves="received")
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Who told us what, and when; and the form, for those who file."""
    viewer = viewer_of_request(request)
    form = _form(request, viewer)
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            row = file_received(viewer, form.draft())
        except Refused as error:
            say_refusal(form, error)
        else:
            return _after(request, viewer, row)
    rows, after = received_page(viewer, before=position_of(read_cursor(request.GET.get("after", ""))))
    mark = write_cursor({"at": after[0].isoformat(), "id": str(after[1])}) if after else ""
    status = 422 if form is not None and form.errors else 200
    return render(request, "received/page.html", {"rows": rows, "after": mark, "form": form}, status=status)


def _form(request: HttpRequest, viewer: Viewer | None) -> ReceivedForm | None:
    if viewer is None or not may(viewer, "file_received").allowed:
        return None
    typed = (request.POST, request.FILES) if request.method == "POST" else ()
    return ReceivedForm(*typed, zone=viewer.zone, initial={"about": request.GET.get("about", ""), "channel": "call"})


def _after(request: HttpRequest, viewer: Viewer | None, row: Received) -> HttpResponse:
    messages.success(request, _("%(ref)s is filed.") % {"ref": row.sheet.reference})
    sent = request.FILES.get("file")
    if sent:
        try:
            store(viewer, row.sheet, sent, sent.name or "")
        except Refused as error:
            words = _("The entry is filed; the file was not taken: %(why)s %(way)s")
            messages.warning(request, words % {"why": said(error.reason), "way": said(error.way_out)})
    return HttpResponseRedirect(reverse("received"))


@door("open_one", serves="received.one")
@require_GET
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One thing received, opened with a trace."""
    viewer = viewer_of_request(request)
    row = open_received(viewer, parse_id(key), request.GET.get("reason", ""))
    return render(request, "received/one.html", {"received": row, "files": files_of(viewer, row.pk)})
