"""The handover of a post, on screen and as PDF, and the promises that stand in it."""

import uuid
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vedette.formats.pdf.handover import handover_pdf
from vedette.handling.doors import door, viewer_of_request
from vedette.kit.errors import Missing
from vedette.programme.actions import note_promise, settle_promise
from vedette.programme.handover import promise_by_id
from vedette.programme.queries import meeting_by_id
from vedette.web.programme.forms import PromiseForm, SettleForm
from vedette.web.programme.handover_page import handover_context
from vedette.web.programme.handover_paper import paper_of
from vedette.web.programme.post_changes import answer
from vedette.web.programme.views import post_or_missing


@door("see_handover", serves="handover")
@require_GET
def page(request: HttpRequest, key: str) -> HttpResponse:
    """What the next officer must know."""
    context = handover_context(viewer_of_request(request), post_or_missing(key))
    return render(request, "programme/handover.html", context)


@door("see_handover", serves="handover")
@require_GET
def pdf(request: HttpRequest, key: str) -> HttpResponse:
    """The same as PDF, with the reader's name across it."""
    viewer, post = viewer_of_request(request), post_or_missing(key)
    paper = handover_pdf(paper_of(viewer, handover_context(viewer, post)))
    made = HttpResponse(paper, content_type="application/pdf")
    made["Content-Disposition"] = f'inline; filename="handover-{post.key}.pdf"'
    return made


@door("note_promise", serves="programme.post")
@require_POST
def promise(request: HttpRequest, key: str, row: uuid.UUID) -> HttpResponse:
    """Write down what was promised in a meeting."""
    post = post_or_missing(key)
    meeting = meeting_by_id(viewer_of_request(request), post, row)
    if meeting is None:
        raise Missing
    act = partial(note_promise, viewer_of_request(request), meeting=meeting)
    return answer(request, post, PromiseForm(f"promise-{row}", request.POST), act, _("The promise is written down."))


@door("settle_promise", serves="programme.post")
@require_POST
def settle(request: HttpRequest, key: str, row: uuid.UUID) -> HttpResponse:
    """Write down whether a promise was kept."""
    post = post_or_missing(key)
    found = promise_by_id(viewer_of_request(request), post, row)
    if found is None:
        raise Missing
    act = partial(settle_promise, viewer_of_request(request), promise=found)
    return answer(request, post, SettleForm(f"settle-{row}", request.POST), act, _("Written down."))
