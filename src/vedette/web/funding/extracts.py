"""Statements of one funder, post or mission: the page that offers them, and each as paper and as workbook."""

from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_GET

from vedette.agencies.queries import home_agency
from vedette.agencies.viewer import Viewer
from vedette.formats.extract import Extract, ExtractLine
from vedette.formats.pdf.extract import extract_pdf
from vedette.formats.xlsx.extract import extract_xlsx
from vedette.funding.actions import see_funding
from vedette.funding.models import Category, Funder
from vedette.funding.queries import books, funders
from vedette.funding.reading import BookLine, Figure, lines, posts_of_programme, year_of
from vedette.handling.actions import record_list
from vedette.handling.doors import door, viewer_of_request
from vedette.kit.errors import Missing
from vedette.kit.queries import installation_kind
from vedette.kit.time import now
from vedette.programme.missions import missions
from vedette.programme.models import Mission, Post
from vedette.web.funding.pages import frame
from vedette.web.shell.context import kind_words
from vedette.web.value.views import WORKBOOK

MOST_LINES = 5_000
FORMS = {"pdf": (extract_pdf, "application/pdf"), "xlsx": (extract_xlsx, WORKBOOK)}


def found(viewer: Viewer | None, kind: str, key: str) -> tuple[str, Funder | Post | Mission]:
    """What an address names, of what the viewer may see, and its name on the paper; Missing otherwise."""
    known: dict[str, tuple[str, Funder | Post | Mission]]
    if kind == "funder":
        known = {row.key: (row.name, row) for row in funders()}
    elif kind == "post":
        known = {row.key: (row.city, row) for row in posts_of_programme()}
    else:
        known = {str(row.mission.pk): (row.mission.sheet.reference, row.mission) for row in missions(viewer)}
    if key not in known:
        raise Missing
    return known[key]


@door("see_funding", serves="statements")
@require_GET
def offered(request: HttpRequest) -> HttpResponse:
    """Every funder, post and mission whose statement of this year can be taken."""
    viewer = viewer_of_request(request)
    rows = missions(viewer)
    record_list(see_funding(viewer, []), [row.mission.pk for row in rows])
    groups: list[dict[str, Any]] = [
        {"kind": "funder", "rows": [(row.key, row.name) for row in funders()]},
        {"kind": "post", "rows": [(row.key, row.city) for row in posts_of_programme()]},
        {"kind": "mission", "rows": [(row.mission.pk, row.mission.sheet.reference) for row in rows]},
    ]
    return render(
        request,
        "funding/statements.html",
        {**frame(viewer, "overview"), "groups": groups, "year": year_of(now().date())},
    )


@door("see_funding", serves="expenses")
@require_GET
def statement(request: HttpRequest, kind: str, key: str, form: str) -> HttpResponse:
    """The statement of one of them for this year of the books."""
    viewer = viewer_of_request(request)
    name, of = found(viewer, kind, key)
    year = year_of(now().date())
    rows = lines(viewer, Figure(begins=year.begins, ends=year.ends, of=of), limit=MOST_LINES)
    record_list(see_funding(viewer, []), [row.expense for row in rows if row.expense])
    writer, content = FORMS[form]
    currency = books().currency
    with translation.override("en"):
        paper = Extract(
            title=f"Statement of {name}, {year.name}", home=home_agency().name, begins=year.begins, ends=year.ends,
            currency=currency, places=get_currency_precision(currency), notice=kind_words(installation_kind()),
            lines=tuple(_line(row, currency) for row in reversed(rows)),
        )  # fmt: skip
        answer = HttpResponse(writer(paper), content_type=content)
    # The year's own name may hold a stroke, which no file name does.
    answer["Content-Disposition"] = f'attachment; filename="statement-{kind}-{year.begins:%Y-%m}.{form}"'
    return answer


def _line(row: BookLine, currency: str) -> ExtractLine:
    line = row.line
    return ExtractLine(
        day=line.day,
        kind=str(line.entry.get_kind_display()),
        reference=row.reference,
        funder=line.grant.funder.name if line.grant else "",
        category=str(Category(line.category).label) if line.category in Category.values else "",
        amount=Decimal(line.amount).scaleb(-get_currency_precision(currency)),
    )
