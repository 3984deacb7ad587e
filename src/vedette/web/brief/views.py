"""The commander's brief: one page, on screen and as PDF."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vedette.formats.pdf.brief import brief_pdf
from vedette.handling.actions import open_one, record_list
from vedette.handling.doors import door, viewer_of_request
from vedette.incidents.models import Incident
from vedette.incidents.queries import open_incidents
from vedette.kit.ids import parse_id
from vedette.sharing.brief import brief_of
from vedette.web.brief.papers import paper_of
from vedette.web.brief.picture import dots_of


@door("brief", serves="incidents")
@require_GET
def briefs(request: HttpRequest) -> HttpResponse:
    """The brief of the incident with most reports; a list when there are several."""
    viewer = viewer_of_request(request)
    rows = sorted(open_incidents(viewer), key=lambda row: row.reports, reverse=True)
    if viewer:
        record_list(viewer, [row.incident.pk for row in rows])
    found = brief_of(viewer, rows[0].incident) if rows else None
    return render(
        request, "brief/page.html", {"brief": found, "rows": rows, "dots": dots_of(found.sites) if found else []}
    )


@door("brief", serves="incident")
@require_GET
def brief(request: HttpRequest, key: str) -> HttpResponse:
    """The brief of one incident."""
    viewer = viewer_of_request(request)
    found = brief_of(viewer, open_one(viewer, Incident, parse_id(key)))
    context = {"brief": found, "rows": open_incidents(viewer), "dots": dots_of(found.sites)}
    return render(request, "brief/page.html", context)


@door("brief", serves="incident")
@require_GET
def pdf(request: HttpRequest, key: str) -> HttpResponse:
    """The same page as PDF, with the reader's name across it."""
    viewer = viewer_of_request(request)
    incident = open_one(viewer, Incident, parse_id(key))
    answer = HttpResponse(brief_pdf(paper_of(viewer, brief_of(viewer, incident))), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="brief-{incident.sheet.reference}.pdf"'
    return answer
