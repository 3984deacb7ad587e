"""The work beside an opened report: each small form is one verb, answered with the pane as it stands afterwards."""

import json
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vedette.agencies.viewer import Viewer
from vedette.files.actions import store
from vedette.handling.doors import door, viewer_of_request
from vedette.handling.policy import may
from vedette.kit.errors import Conflict, Refused
from vedette.kit.ids import parse_id
from vedette.reporting.actions import (
    amend_report,
    clear_name,
    confirm_name,
    grade_claim,
    grade_report,
    make_claim,
    set_nexus,
    set_root_source,
)
from vedette.reporting.models import Report
from vedette.reporting.work import ReportWork, access_claim, access_report, access_source, report_work
from vedette.web.reports.deeds import FORMS, RootForm, blank, grade_form, root_choices
from vedette.web.reports.typed import local_moment, say_refusal

Act = Callable[[Viewer | None, Report, Any], object]
VERBS = {
    "grade": "grade_report",
    "claim": "make_claim",
    "root": "set_root_source",
    "nexus": "set_nexus",
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
    answer = _show(request, work, {})
    answer["HX-Trigger"] = json.dumps({"toast": {"text": done}, "vedette:worked": {"id": str(row.pk), "deed": name}})
    return answer


def _bound(request: HttpRequest, viewer: Viewer | None, report: Report, name: str) -> forms.Form:
    if name == "root":
        choices = root_choices(report_work(viewer, report.pk))
        return RootForm(request.POST, sources=choices, auto_id="root_%s")
    return FORMS[name](request.POST, request.FILES, auto_id=f"{name}_%s")


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
def attach(request: HttpRequest, report: str) -> HttpResponse:
    """Attach a file to the report."""

    def act(viewer: Viewer | None, row: Report, form: Any) -> object:
        sent = form.cleaned_data["file"]
        return store(viewer, row.sheet, sent, sent.name)

    return _do(request, report, "file", act, _("The file is stored, cleaned and encrypted."))
