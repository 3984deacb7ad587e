"""The release desk: the list, a new draft, one release, its PDF, who is silent."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from vedette.formats.pdf.release import release_pdf
from vedette.handling.actions import open_one
from vedette.handling.doors import door, viewer_of_request
from vedette.incidents.models import Incident
from vedette.incidents.queries import open_incidents
from vedette.kit.errors import Refused
from vedette.kit.ids import parse_id
from vedette.sharing.desk import choices, draft_versions
from vedette.sharing.queries import open_at_desk, silent
from vedette.sharing.queries import releases as release_rows
from vedette.web.releases.context import desk_context, tabs
from vedette.web.releases.papers import paper_of


@door("list", serves="releases")
@require_GET
def releases(request: HttpRequest) -> HttpResponse:
    """Every release, newest first, with who acknowledged; and who is silent."""
    viewer = viewer_of_request(request)
    incidents = [row.incident for row in open_incidents(viewer)]
    context = {
        "rows": release_rows(viewer),
        "silent": silent(viewer),
        "incidents": incidents,
        "tabs": tabs(viewer, "releases"),
    }
    return render(request, "releases/page.html", context)


@door("draft_release", serves="incident")
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest) -> HttpResponse:
    """Choose whom to tell; each kind of recipient gets its own version, drafted from the facts."""
    viewer = viewer_of_request(request)
    incident = open_one(viewer, Incident, parse_id(request.GET.get("incident") or request.POST.get("incident", "")))
    problem = None
    if request.method == "POST":
        chosen = {"unit_ids": request.POST.getlist("unit"), "agency_ids": request.POST.getlist("agency")}
        drafts = draft_versions(viewer, incident=incident, order=request.POST.get("as") == "order", **chosen)
        if drafts:
            return HttpResponseRedirect(reverse("release", args=[drafts[-1].pk]))
        problem = Refused("recipients", "Nobody is chosen.", "Tick at least one recipient.")
    return render(request, "releases/draft.html", {"incident": incident, "choices": choices(), "problem": problem})


@door("open_one", serves="release")
@require_GET
def release(request: HttpRequest, key: str) -> HttpResponse:
    """One release: sources, draft with lineage, pre-flight, recipients, sign; signed, what became of it."""
    viewer = viewer_of_request(request)
    row = open_at_desk(viewer, parse_id(key), request.GET.get("reason", ""))
    context = desk_context(viewer, row)
    return render(request, "releases/body.html" if request.GET.get("part") else "releases/desk.html", context)


@door("open_one", serves="release")
@require_GET
def pdf(request: HttpRequest, key: str) -> HttpResponse:
    """The release as PDF: its label on each page, the reader in the watermark."""
    viewer = viewer_of_request(request)
    row = open_at_desk(viewer, parse_id(key), request.GET.get("reason", ""))
    return _as_pdf(release_pdf(paper_of(viewer, row)), f"{row.sheet.reference}.pdf")


@door("list", serves="releases")
@require_GET
def silent_bar(request: HttpRequest) -> HttpResponse:
    """Who has not acknowledged, for the bar of the desk."""
    return render(request, "releases/silent.html", {"silent": silent(viewer_of_request(request))})


def _as_pdf(body: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(body, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
