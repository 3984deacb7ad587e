"""Audit: the question and its answer, the trail of a record, the week's log, what is due."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vedette.account.queries import Answer, breakings, due, knew, open_content, oversees, review_week, trail, week
from vedette.audit.actions import record
from vedette.handling.doors import door, viewer_of_request
from vedette.handling.policy import require
from vedette.kit.errors import Missing, Refused
from vedette.web.audit.forms import NoteForm, QuestionForm, ReasonForm
from vedette.web.audit.frame import page
from vedette.web.audit.tables import answer_rows, as_csv, trail_rows
from vedette.web.audit.words import rows_in_words, trail_in_words
from vedette.web.reports.typed import say_refusal


@door("ask_who_knew", serves="audit")
@require_GET
def question(request: HttpRequest) -> HttpResponse:
    """The question in a sentence, and under it the answer: four grades kept apart, with times."""
    form = _question(request)
    answer = _answered(request, form) if form.is_bound else None
    context: dict[str, Any] = {"form": form, "answer": answer, "rows": rows_in_words(answer) if answer else []}
    context |= {"query": request.GET.urlencode(), "blind": oversees(viewer_of_request(request))}
    return page(request, "page", "audit", context, status=422 if form.errors else 200)


def _question(request: HttpRequest) -> QuestionForm:
    viewer = viewer_of_request(request)
    asked = request.GET if request.GET.get("who") or request.GET.get("about") else None
    return QuestionForm(asked, zone=viewer.zone if viewer else "UTC")


def _answered(request: HttpRequest, form: QuestionForm) -> Answer | None:
    if not form.is_valid():
        return None
    said = form.cleaned_data
    try:
        return knew(viewer_of_request(request), who=said["who"], about=said["about"], moment=said["when"])
    except Refused as refusal:
        say_refusal(form, refusal)
        return None


@door("export_account", serves="audit")
@require_GET
def answer_table(request: HttpRequest) -> HttpResponse:
    """The answer as CSV; taking it out is written down."""
    viewer = require(viewer_of_request(request), "export_account")
    answer = _answered(request, _question(request))
    if answer is None:
        raise Refused("who", _("There is no question to answer."), _("Ask it on the page first."))
    record(viewer, "account.exported", [row.sheet.id for row in answer.rows][:50], "who knew what, when")
    return as_csv(answer_rows(answer), f"knew-{answer.whom.words}")


@door("read_trail", serves="audit.trail")
@require_GET
def find_trail(request: HttpRequest) -> HttpResponse:
    """Go to the trail of the record whose reference was typed."""
    asked = request.GET.get("reference", "").strip()[:40]
    if asked and "/" not in asked:
        return HttpResponseRedirect(reverse("audit_trail", args=[asked]))
    return page(request, "find", "audit_find_trail", {})


@door("read_trail", serves="audit.trail")
@require_GET
def trail_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Every act and reading that the log tells of one record."""
    viewer = viewer_of_request(request)
    try:
        found = trail_in_words(trail(viewer, reference))
    except Missing:
        return page(request, "find", "audit_find_trail", {"asked": reference[:40]}, status=404)
    return page(request, "trail", "audit_find_trail", {"trail": found, "form": ReasonForm(), "blind": oversees(viewer)})


@door("export_account", serves="audit.trail")
@require_GET
def trail_table(request: HttpRequest, reference: str) -> HttpResponse:
    """The whole trail as CSV; taking it out is written down."""
    viewer = require(viewer_of_request(request), "export_account")
    found = trail(viewer, reference, whole=True)
    record(viewer, "account.exported", [found.sheet.id], "trail")
    return as_csv(trail_rows(found), f"trail-{found.sheet.reference}")


@door("read_trail", serves="audit.open")
@require_POST
def open_record(request: HttpRequest, reference: str) -> HttpResponse:
    """Open the words of a record with a typed reason (POST reason)."""
    viewer, form = viewer_of_request(request), ReasonForm(request.POST)
    try:
        opened = open_content(viewer, reference, request.POST.get("reason", ""))
    except Refused as refusal:
        form.is_valid()
        form.errors.pop("reason", None)
        say_refusal(form, refusal)
        context = {"trail": trail_in_words(trail(viewer, reference)), "form": form, "blind": oversees(viewer)}
        return page(request, "trail", "audit_find_trail", context, status=422)
    return page(request, "opened", "audit_find_trail", {"opened": opened})


@door("see_review")
@require_http_methods(["GET", "POST"])
def week_page(request: HttpRequest) -> HttpResponse:
    """Refused sign-ins and every use or change of access in seven days; POST note writes down that it was reviewed."""
    viewer, form = viewer_of_request(request), NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            review_week(viewer, form.cleaned_data["note"])
        except Refused as refusal:
            say_refusal(form, refusal)
        else:
            messages.success(request, _("The review stands in the log."))
            return HttpResponseRedirect(reverse("audit_week"))
    return page(request, "week", "audit_week", {"week": week(viewer), "form": form}, status=422 if form.errors else 200)


@door("see_review", serves="audit.due")
@require_GET
def due_page(request: HttpRequest) -> HttpResponse:
    """Records that expire within 30 days or have expired and wait for their purge."""
    return page(request, "due", "audit_due", {"rows": due(viewer_of_request(request))})


@door("see_review", serves="audit.glass")
@require_GET
def glass_page(request: HttpRequest) -> HttpResponse:
    """Every breaking of the glass: who, why, until when, which records it showed, who of the originators took notice."""
    return page(request, "glass", "audit_glass", {"rows": breakings(viewer_of_request(request))})
