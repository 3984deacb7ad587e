"""Costs by workbook: sent, looked over row by row, then taken or left; and the empty workbook to fill in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vedette.funding.actions import import_expenses, look_over
from vedette.handling.doors import door, viewer_of_request
from vedette.kit.errors import Refused
from vedette.kit.said import in_words
from vedette.web.funding.import_pages import (
    TakeForm,
    WorkbookForm,
    import_context,
    looked_over,
    rows_of,
    said_of,
    template_of,
    unpacked,
)
from vedette.web.value.views import WORKBOOK

CHANGED = 422


@door("import_expenses", serves="expenses")
@require_http_methods(["GET", "POST"])
def look(request: HttpRequest) -> HttpResponse:
    """Send a workbook, and see what would become of each row; nothing is entered."""
    viewer = viewer_of_request(request)
    if request.method == "GET":
        return render(request, "funding/import.html", import_context(viewer, WorkbookForm()))
    form = WorkbookForm(request.POST, request.FILES)
    cells = form.cells()
    context = import_context(viewer, form) if cells is None else looked_over(viewer, form, cells)
    return render(request, "funding/import.html", context, status=CHANGED if form.errors else 200)


@door("import_expenses", serves="expenses")
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Enter what was looked over: all rows or none, or those that somebody lawfully pays; then what became of each."""
    viewer, form, again = viewer_of_request(request), WorkbookForm(), TakeForm("take", request.POST)
    try:
        rows = rows_of(viewer, unpacked(viewer, request.POST.get("rows", "")))
    except Refused as refusal:
        messages.error(request, in_words(refusal))
        return render(request, "funding/import.html", import_context(viewer, form), status=CHANGED)
    judged = look_over(viewer, rows=rows)
    made = {}
    if again.taken(lambda how, **_: made.update(import_expenses(viewer, rows=rows, all_or_nothing=how != "some"))):
        messages.success(request, said_of(made, len(rows) - len(made)))
        return render(request, "funding/import.html", import_context(viewer, form, judged, made))
    return render(request, "funding/import.html", import_context(viewer, form, judged, take=again), status=CHANGED)


@door("import_expenses")
@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """The empty workbook; its words are those of the books, in English whatever the screen speaks."""
    with translation.override("en"):
        answer = HttpResponse(template_of(viewer_of_request(request)), content_type=WORKBOOK)
    answer["Content-Disposition"] = 'attachment; filename="costs.xlsx"'
    return answer
