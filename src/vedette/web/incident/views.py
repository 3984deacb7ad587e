"""Incidents: the list, the page with its as-of slider, and the desk's verbs on it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from vedette.handling.actions import open_one, record_list
from vedette.handling.doors import door, viewer_of_request
from vedette.incidents.actions import (
    change_incident,
    choose_fact,
    link_report,
    merge,
    open_incident,
    split,
    unlink_report,
)
from vedette.incidents.models import Incident
from vedette.incidents.queries import incident_of, open_incidents
from vedette.kit.ids import parse_id
from vedette.reporting.claims import claims_by_id
from vedette.reporting.desk import chosen_report
from vedette.reporting.models import Report
from vedette.web.incident.context import incident_context, report_url
from vedette.web.response.moments import moment_of

ALL = ("active", "watched", "closed")


@door("list", serves="incidents")
@require_GET
def incidents(request: HttpRequest) -> HttpResponse:
    """The incidents that stand, the one last heard of first; `?state=all` shows closed ones too."""
    viewer = viewer_of_request(request)
    rows = open_incidents(viewer, ALL if request.GET.get("state") == "all" else ALL[:2])
    if viewer:
        record_list(viewer, [row.incident.pk for row in rows])
    return render(request, "incident/list.html", {"rows": rows, "all": request.GET.get("state") == "all"})


@door("open_one", serves="incident")
@require_GET
def incident(request: HttpRequest, key: str) -> HttpResponse:
    """One incident; `?at=` shows it as it stood at that moment."""
    viewer = viewer_of_request(request)
    row = open_one(viewer, Incident, parse_id(key), request.GET.get("reason", ""))
    context = incident_context(request, viewer, row, moment_of(request))
    return render(request, "incident/body.html" if request.GET.get("part") else "incident/page.html", context)


@door("open_one", serves="incident.report")
@require_GET
def report_then(request: HttpRequest) -> HttpResponse:
    """One report as it stood (`?at=&report=`), opened from a past page; of now it is opened at the desk."""
    viewer, then = viewer_of_request(request), moment_of(request)
    key = parse_id(request.GET.get("report", ""))
    if then is None:
        return HttpResponseRedirect(f"{report_url(None)}{key or ''}")
    chosen = chosen_report(viewer, key, request.GET.get("reason", ""), then)
    context = {"chosen": chosen, "then": then, "incident": incident_of(viewer, chosen.row.report.pk)}
    return render(request, "incident/report_then.html", context)


@door("link_report")
@require_POST
def link(request: HttpRequest, key: str) -> HttpResponse:
    """Link a report (POST report); from the desk it comes back to the desk."""
    viewer = viewer_of_request(request)
    report = open_one(viewer, Report, parse_id(request.POST.get("report", "")))
    score = float(request.POST["score"]) if request.POST.get("score") else None
    link_report(viewer, report=report.sheet, incident=open_one(viewer, Incident, parse_id(key)), score=score)
    return _back(request, reverse("incident", args=[key]))


@door("open_incident")
@require_POST
def open_on(request: HttpRequest) -> HttpResponse:
    """Open an incident on a report (POST report, title)."""
    viewer = viewer_of_request(request)
    report = open_one(viewer, Report, parse_id(request.POST.get("report", "")))
    row = open_incident(viewer, report=report, title=request.POST.get("title", ""))
    return _back(request, reverse("incident", args=[row.pk]))


@door("unlink_report")
@require_POST
def unlink(request: HttpRequest, key: str) -> HttpResponse:
    """Take a report out of the incident, with the reason (POST report, because)."""
    viewer = viewer_of_request(request)
    report = open_one(viewer, Report, parse_id(request.POST.get("report", "")))
    unlink_report(viewer, report=report.sheet, because=request.POST.get("because", ""))
    return _back(request, reverse("incident", args=[key]))


@door("merge")
@require_POST
def merge_into(request: HttpRequest, key: str) -> HttpResponse:
    """Merge this incident into another (POST into, because)."""
    viewer = viewer_of_request(request)
    into = open_one(viewer, Incident, parse_id(request.POST.get("into", "")))
    merge(
        viewer, incident=open_one(viewer, Incident, parse_id(key)), into=into, because=request.POST.get("because", "")
    )
    return HttpResponseRedirect(reverse("incident", args=[into.pk]))


@door("split")
@require_POST
def split_off(request: HttpRequest, key: str) -> HttpResponse:
    """Split reports off into an incident of their own (POST reports, title, because)."""
    viewer = viewer_of_request(request)
    reports = [open_one(viewer, Report, parse_id(value)) for value in request.POST.getlist("reports")]
    fresh = split(
        viewer,
        incident=open_one(viewer, Incident, parse_id(key)),
        reports=reports,
        title=request.POST.get("title", ""),
        because=request.POST.get("because", ""),
    )
    return HttpResponseRedirect(reverse("incident", args=[fresh.pk]))


@door("choose_fact")
@require_POST
def carry(request: HttpRequest, key: str) -> HttpResponse:
    """Carry a statement as the incident's fact (POST claims, because)."""
    viewer = viewer_of_request(request)
    ids = [found for value in request.POST.getlist("claims") if (found := parse_id(value))]
    incident_row = open_one(viewer, Incident, parse_id(key))
    choose_fact(
        viewer, incident=incident_row, claims=claims_by_id(viewer, ids), because=request.POST.get("because", "")
    )
    return _back(request, reverse("incident", args=[key]))


@door("change_incident")
@require_POST
def change(request: HttpRequest, key: str) -> HttpResponse:
    """A new title or state, with the reason (POST title, state, because)."""
    viewer = viewer_of_request(request)
    change_incident(
        viewer,
        incident=open_one(viewer, Incident, parse_id(key)),
        state=request.POST.get("state", ""),
        title=request.POST.get("title", ""),
        because=request.POST.get("because", ""),
    )
    return HttpResponseRedirect(reverse("incident", args=[key]))


def _back(request: HttpRequest, default: str) -> HttpResponse:
    """After a verb: a fragment's page is told to load anew, a plain form goes where it came from."""
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=204)
        answer["HX-Trigger"] = "vedette:changed"
        return answer
    back = request.POST.get("back", "")
    return HttpResponseRedirect(back if back.startswith("/") and not back.startswith("//") else default)
