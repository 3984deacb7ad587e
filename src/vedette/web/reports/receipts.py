"""The receipts beside an opened report, asked for by themselves so that they come true while it is looked at."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vedette.handling.doors import door, viewer_of_request
from vedette.handsets.ways import way_of
from vedette.kit.ids import parse_id


@door("list", serves="receipts")
@require_GET
def receipts(request: HttpRequest, report: str) -> HttpResponse:
    """The way one report took."""
    way = way_of(viewer_of_request(request), parse_id(report))
    return render(request, "reports/receipts.html", {"way": way})
