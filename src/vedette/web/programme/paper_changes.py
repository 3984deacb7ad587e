"""What is changed of a post's papers and of its rule of cover: each view is one verb."""

import uuid
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vedette.handling.doors import door, viewer_of_request
from vedette.kit.errors import Missing
from vedette.programme.actions import end_paper, set_cover, set_paper
from vedette.programme.models import Post, PostPaper
from vedette.programme.papers import paper_by_id
from vedette.programme.queries import coverage_of_post
from vedette.web.programme.forms import BecauseForm, CoverForm
from vedette.web.programme.paper_forms import PaperForm
from vedette.web.programme.post_changes import answer
from vedette.web.programme.views import post_or_missing


@door("set_paper", serves="programme.post")
@require_POST
def paper(request: HttpRequest, key: str) -> HttpResponse:
    """Write down a visa, an accreditation or the lease."""
    post = post_or_missing(key)
    act = partial(set_paper, viewer_of_request(request), post=post)
    return answer(
        request, post, PaperForm("paper", request.POST, cover=coverage_of_post(post)), act, _("Written down.")
    )


@door("set_paper", serves="programme.post")
@require_POST
def paper_change(request: HttpRequest, key: str, row: uuid.UUID) -> HttpResponse:
    """Prolong or correct one; the one before is kept."""
    post = post_or_missing(key)
    found = _paper(request, post, row)
    form = PaperForm(f"paper-{row}", request.POST, cover=coverage_of_post(post), paper=found)
    act = partial(set_paper, viewer_of_request(request), post=post)
    return answer(request, post, form, act, _("Written down; the one before is kept."))


@door("end_paper", serves="programme.post")
@require_POST
def paper_end(request: HttpRequest, key: str, row: uuid.UUID) -> HttpResponse:
    """End one."""
    post = post_or_missing(key)
    act = partial(end_paper, viewer_of_request(request), paper=_paper(request, post, row))
    return answer(request, post, BecauseForm(f"end-paper-{row}", request.POST), act, _("It is ended."))


@door("set_cover", serves="programme.post")
@require_POST
def cover(request: HttpRequest, key: str) -> HttpResponse:
    """Set how many officers must stand here."""
    post = post_or_missing(key)
    act = partial(set_cover, viewer_of_request(request), post=post)
    return answer(request, post, CoverForm("cover", request.POST), act, _("The rule is set; gaps are counted by it."))


def _paper(request: HttpRequest, post: Post, row: uuid.UUID) -> PostPaper:
    found = paper_by_id(viewer_of_request(request), post, row)
    if found is None:
        raise Missing
    return found
