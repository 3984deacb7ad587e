"""The value of the programme: a year in figures on the screen, and the statement of it on one page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vedette.account.chains import read_chains
from vedette.account.statement import YearlyStatement, days_of, read_statement, year_of
from vedette.formats.pdf.statement import statement_pdf
from vedette.formats.xlsx.statement import statement_xlsx
from vedette.handling.doors import door, viewer_of_request
from vedette.kit.errors import Refused
from vedette.kit.time import now
from vedette.web.value.chain_page import chains_context
from vedette.web.value.papers import paper_of
from vedette.web.value.picture import picture_of

OLDEST = 1970
# A number of a page has fewer digits than this.
FAR = 7
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@door("see_value")
@require_GET
def value(request: HttpRequest) -> HttpResponse:
    """A year of the books (`?year=`, this one when none is named): what it cost, what came of it, what is uncertain."""
    viewer = viewer_of_request(request)
    year = _year(request.GET.get("year", ""))
    return render(request, "value/page.html", picture_of(viewer, _read(request, year), year))


@door("see_value", serves="value.chains")
@require_GET
def chains(request: HttpRequest) -> HttpResponse:
    """From each report of a year that was acted on to what came of it; `?year=`, `?page=`."""
    year = _year(request.GET.get("year", ""))
    page = request.GET.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < FAR else 1
    viewer = viewer_of_request(request)
    begins, ends = days_of(year)
    found = read_chains(viewer, begins=begins, ends=ends, page=number)
    return render(request, "value/chains.html", chains_context(viewer, found, year))


@door("see_value")
@require_GET
def statement(request: HttpRequest, year: int) -> HttpResponse:
    """The yearly statement as PDF."""
    answer = HttpResponse(statement_pdf(paper_of(_read(request, _year(str(year))))), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="statement-{year}.pdf"'
    return answer


@door("see_value")
@require_GET
def workbook(request: HttpRequest, year: int) -> HttpResponse:
    """The same figures as a workbook."""
    answer = HttpResponse(statement_xlsx(paper_of(_read(request, _year(str(year))))), content_type=WORKBOOK)
    answer["Content-Disposition"] = f'attachment; filename="statement-{year}.xlsx"'
    return answer


def _read(request: HttpRequest, year: int) -> YearlyStatement:
    return read_statement(viewer_of_request(request), begins_in=year)


def _year(text: str) -> int:
    """The year that was asked for; Refused for what is none, or has not begun."""
    this = year_of(now().date())
    if not text:
        return this
    if not (text.isascii() and text.isdigit() and OLDEST <= int(text) <= this):
        raise Refused("year", f"“{text[:12]}” is no year of the books.", f"Choose one up to {this}.")
    return int(text)
