"""The work beside an opened report: each small form is one verb, answered with the pane as it stands afterwards."""

import json
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vedette.agencies.viewer import Viewer
from vedette.handling.doors import door, viewer_of_request
from vedette.handling.policy import may, require
from vedette.kit.errors import Conflict, Refused
from vedette.kit.ids import parse_id
from vedette.reporting.actions import (
    amend_report,
    attach,
    clear_name,
    confirm_name,
    grade_claim,
    grade_report,
    make_claim,
    set_nexus,
    set_place,
    set_root_source,
)
from vedette.reporting.actions.places import access_offer
from vedette.reporting.drafts import PlaceDraft
from vedette.reporting.models import Report
from vedette.reporting.work import ReportWork, access_claim, access_report, access_source, report_work
from vedette.web.reports.deeds import FORMS, RootForm, auto_id, blank, center_of, grade_form, root_choices
from vedette.web.reports.typed import local_moment, say_refusal

Act = Callable[[Viewer | None, Report, Any], object]
VERBS = {
    "grade": "grade_report",
    "claim": "make_claim",
    "root": "set_root_source",
    "nexus": "set_nexus",
    "place": "set_place",
    "amend": "amend_report",
    "name": "confirm_name",
    "file": "store_file",
}


@door("list", serves="report work")
@require_GET
def pane(request: HttpRequest, report: str) -> HttpResponse:
    """Statements, names, grade, nexus, sources, files of a report, with what the viewer may do."""
    work = report_work(viewer_of_request(request), parse_id(report))
    return _show(request, work, {}, request.GET.get("open", ""))


def _show(request: HttpRequest, work: ReportWork, bound: dict[str, forms.Form], opened: str = "") -> HttpResponse:
    viewer, sheet = viewer_of_request(request), work.row.report.sheet
    allowed = {name for name, verb in VERBS.items() if may(viewer, verb, sheet).allowed}
    shown = {name: bound.get(name) or blank(name, work) for name in FORMS if name in allowed}
    statements = [
        (
            one,
            bound.get(f"claim-{one.claim.id}") or grade_form(one.grade, one.claim.id.hex)
            if "grade" in allowed
            else None,
        )
        for one in work.claims
    ]
    context = {"work": work, "report": work.row.report, "forms": shown, "opened": opened, "statements": statements}
    context["center"] = center_of(work.row.report)
    answer = render(request, "reports/work.html", context, status=422 if bound else 200)
    if bound:
        answer["HX-Reswap"] = "innerHTML"
    return answer


def _do(request: HttpRequest, report: str, name: str, act: Act, done: str, *, place: str = "") -> HttpResponse:
    """Run one verb with a form's words; refused, the form comes back in its place with what was typed."""
    viewer = viewer_of_request(request)
    row = access_report(viewer, parse_id(report))
    form = _bound(request, viewer, row, name)
    if form.is_valid():
        try:
            act(viewer, row, form)
        except (Refused, Conflict) as error:
            say_refusal(form, error)
    work = report_work(viewer, row.pk)
    if form.errors:
        return _show(request, work, {place or name: form}, place or name)
    return _worked(request, work, name, done)


def _worked(request: HttpRequest, work: ReportWork, deed: str, done: str) -> HttpResponse:
    """The pane as it stands after a deed, with what was done."""
    answer = _show(request, work, {})
    worked = {"id": str(work.row.report.pk), "deed": deed}
    answer["HX-Trigger"] = json.dumps({"toast": {"text": done}, "vedette:worked": worked})
    return answer


def _bound(request: HttpRequest, viewer: Viewer | None, report: Report, name: str) -> forms.Form:
    if name == "root":
        choices = root_choices(report_work(viewer, report.pk))
        return RootForm(request.POST, sources=choices, auto_id="root_%s")
    return FORMS[name](request.POST, request.FILES, auto_id=auto_id(name))


@door("grade_report", serves="report work")
@require_POST
def grade(request: HttpRequest, report: str) -> HttpResponse:
    """Grade the whole report."""

    def act(viewer: Viewer | None, row: Report, form: Any) -> object:
        return grade_report(viewer, report=row, grade=form.grade(), because=form.cleaned_data["because"])

    return _do(request, report, "grade", act, _("Graded. The one before is kept."))


@door("grade_claim", serves="report work")
@require_POST
def grade_one(request: HttpRequest, report: str, claim: str) -> HttpResponse:
    """Grade one statement."""

    def act(viewer: Viewer | None, row: Report, form: Any) -> object:
        one = access_claim(viewer, parse_id(claim))
        return grade_claim(viewer, claim=one, grade=form.grade(), because=form.cleaned_data["because"])

    return _do(request, report, "grade", act, _("The statement is graded."), place=f"claim-{claim}")


@door("make_claim", serves="report work")
@require_POST
def claim(request: HttpRequest, report: str) -> HttpResponse:
    """Write down a statement, typed or confirmed from a proposal."""

    def act(viewer: Viewer | None, row: Report, form: Any) -> object:
        return make_claim(viewer, report=row, draft=form.draft())

    return _do(request, report, "claim", act, _("The statement is written down."))


@door("set_root_source", serves="report work")
@require_POST
def root(request: HttpRequest, report: str) -> HttpResponse:
    """Say what the source goes back to."""

    def act(viewer: Viewer | None, row: Report, form: Any) -> object:
        said = form.cleaned_data["root"]
        source = access_source(viewer, row, parse_id(said))
        because = form.cleaned_data["because"]
        return set_root_source(viewer, report=row, root=source, known=said != "unknown", because=because)

    return _do(request, report, "root", act, _("The root is named."))


@door("set_nexus", serves="report work")
@require_POST
def nexus(request: HttpRequest, report: str) -> HttpResponse:
    """Answer the home nexus."""

    def act(viewer: Viewer | None, row: Report, form: Any) -> object:
        said = form.cleaned_data
        asked_at = local_moment(said["asked_at"], row.post.zone, "asked_at") if said["asked_at"] else None
        words = {"status": said["status"], "note": said["note"], "asked": said["asked"]}
        return set_nexus(viewer, report=row, asked_at=asked_at, **words)

    return _do(request, report, "nexus", act, _("The answer is written down."))


@door("set_place", serves="report work")
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, report: str) -> HttpResponse:
    """Say where it happened, with the reason: in the work pane, or on a page of its own for the author."""

    def act(viewer: Viewer | None, row: Report, form: Any) -> object:
        return set_place(viewer, report=row, place=form.place(), because=form.cleaned_data["because"])

    if request.headers.get("HX-Request"):
        return _do(request, report, "place", act, _("The place is set; the one before is kept."))
    viewer = viewer_of_request(request)
    work = report_work(viewer, parse_id(report))
    require(viewer, "set_place", work.row.report.sheet)
    form = FORMS["place"](request.POST) if request.method == "POST" else blank("place", work)
    if request.method == "POST" and form.is_valid():
        try:
            act(viewer, work.row.report, form)
        except (Refused, Conflict) as error:
            say_refusal(form, error)
        else:
            messages.success(request, _("The place is set; the one before is kept."))
            return HttpResponseRedirect(reverse("my_reports"))
    context = {"form": form, "work": work, "report": work.row.report, "center": center_of(work.row.report)}
    return render(request, "reports/place.html", context, status=422 if form.errors else 200)


@door("set_place", serves="report work")
@require_POST
def photo_place(request: HttpRequest, report: str, offer: str) -> HttpResponse:
    """Take the position of an attached photo, in one press; the reason names the photo."""
    viewer = viewer_of_request(request)
    row = access_report(viewer, parse_id(report))
    taken = access_offer(viewer, row, parse_id(offer))
    because = _("The position in the photo %(name)s") % {"name": taken.file.name if taken.file else ""}
    where = PlaceDraft(row.place_name, taken.lat, taken.lon, taken.precision_m)
    set_place(viewer, report=row, place=where, because=because, photo=taken)
    if not request.headers.get("HX-Request"):
        messages.success(request, _("The photo's position is the report's place."))
        return HttpResponseRedirect(reverse("my_reports"))
    return _worked(request, report_work(viewer, row.pk), "place", _("The photo's position is the report's place."))


@door("amend_report", serves="report work")
@require_POST
def amend(request: HttpRequest, report: str) -> HttpResponse:
    """A new wording beside the old ones."""

    def act(viewer: Viewer | None, row: Report, form: Any) -> object:
        return amend_report(viewer, report=row, **form.cleaned_data)

    return _do(request, report, "amend", act, _("A new version stands; the first one is kept."))


@door("confirm_name", serves="report work")
@require_POST
def name(request: HttpRequest, report: str) -> HttpResponse:
    """Mark a passage as naming a person."""

    def act(viewer: Viewer | None, row: Report, form: Any) -> object:
        return confirm_name(viewer, report=row, **form.cleaned_data)

    return _do(request, report, "name", act, _("Marked: it names a person. Releases of it are held."))


@door("clear_name", serves="report work")
@require_POST
def clear(request: HttpRequest, report: str) -> HttpResponse:
    """Say that a marked passage names nobody."""

    def act(viewer: Viewer | None, row: Report, form: Any) -> object:
        return clear_name(viewer, report=row, **form.cleaned_data)

    return _do(request, report, "name", act, _("Cleared: it names nobody."))


@door("store_file", serves="report work")
@require_POST
def attach_file(request: HttpRequest, report: str) -> HttpResponse:
    """Attach a file to the report."""

    def act(viewer: Viewer | None, row: Report, form: Any) -> object:
        sent = form.cleaned_data["file"]
        return attach(viewer, report=row, stream=sent, name=sent.name)

    return _do(request, report, "file", act, _("The file is stored, cleaned and encrypted."))
