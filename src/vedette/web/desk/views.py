"""The watch desk: the live queue, the chosen report, what runs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from vedette.handling.doors import door, viewer_of_request
from vedette.kit.cursors import read_cursor, write_cursor
from vedette.kit.ids import parse_id
from vedette.reporting.actions import read_at_desk
from vedette.reporting.desk import chosen_report, desk_list, position_of
from vedette.sharing.actions import withdraw_report
from vedette.web.desk.context import desk_context, report_context

PAGE = 50


@door("list", serves="desk")
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """The whole desk; `?report=` chooses one."""
    viewer = viewer_of_request(request)
    page = desk_list(viewer, limit=PAGE, before=position_of(read_cursor(request.GET.get("after", ""))))
    context = desk_context(request, viewer, page, parse_id(request.GET.get("report", "")))
    context["after"] = write_cursor(page.position) if page.position else ""
    part = {"rows": "desk/rows.html", "largest": "desk/largest.html", "runbar": "response/runbar.html"}.get(
        request.GET.get("part", ""), "desk/page.html"
    )
    return render(request, part, context)


@door("open_one", serves="desk.report")
@require_GET
def report_pane(request: HttpRequest, report: str) -> HttpResponse:
    """One report with its actions, as the right pane of the desk."""
    viewer = viewer_of_request(request)
    return render(request, "desk/report.html", report_context(viewer, parse_id(report), request.GET.get("reason", "")))


@door("read_at_desk", serves="desk.report")
@require_POST
def acknowledge(request: HttpRequest, report: str) -> HttpResponse:
    """Mark a report read at the desk; the officer sees it."""
    viewer = viewer_of_request(request)
    chosen = chosen_report(viewer, parse_id(report))
    read_at_desk(viewer, report=chosen.row.report)
    return render(request, "desk/report.html", report_context(viewer, parse_id(report)))


@door("withdraw_report", serves="desk.report")
@require_POST
def withdraw(request: HttpRequest, report: str) -> HttpResponse:
    """Strike a report with the reason; everyone whom something resting on it reached is told."""
    viewer = viewer_of_request(request)
    chosen = chosen_report(viewer, parse_id(report))
    withdraw_report(viewer, report=chosen.row.report, because=request.POST.get("because", ""), replaced_by=None)
    return render(request, "desk/report.html", report_context(viewer, parse_id(report)))
