"""What a person does at the release desk: reword, cut, address, label; sign, correct, recall."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from vedette.agencies.viewer import Viewer
from vedette.handling.doors import door, viewer_of_request
from vedette.kit.errors import Conflict, Forbidden, Refused
from vedette.kit.ids import parse_id
from vedette.sharing.actions import (
    add_paragraph,
    correct_release,
    drop_recipient,
    edit_paragraph,
    keep_paragraph,
    recall_release,
    redraft,
    set_terms,
    sign_release,
)
from vedette.sharing.models import Release
from vedette.sharing.proving import proved_viewer
from vedette.sharing.queries import access_release
from vedette.web.releases.context import desk_context


def _back(release: Release) -> HttpResponse:
    return HttpResponseRedirect(reverse("release", args=[release.pk]))


def _with_problem(request: HttpRequest, viewer: Viewer | None, release: Release, problem: Exception) -> HttpResponse:
    """The desk again with the reason beside what was asked; nothing typed is lost."""
    context = {**desk_context(viewer, release), "problem": problem, "typed": request.POST}
    return render(request, "releases/desk.html", context, status=422)


DOES: dict[str, Callable[[Viewer | None, Release, str, str], object]] = {
    "cut": lambda by, row, target, text: keep_paragraph(by, release=row, paragraph=parse_id(target), kept=False),
    "keep": lambda by, row, target, text: keep_paragraph(by, release=row, paragraph=parse_id(target), kept=True),
    "reword": lambda by, row, target, text: edit_paragraph(by, release=row, paragraph=parse_id(target), text=text),
    "add": lambda by, row, target, text: add_paragraph(by, release=row, text=text),
    "drop": lambda by, row, target, text: drop_recipient(by, release=row, recipient=parse_id(target)),
    "label": lambda by, row, target, text: set_terms(by, release=row, label=target),
    "expiry": lambda by, row, target, text: set_terms(by, release=row, days=target),
    "redraft": lambda by, row, target, text: redraft(by, release=row),
}


@door("edit_release", serves="release")
@require_POST
def change(request: HttpRequest, key: str) -> HttpResponse:
    """One change of the draft (POST do, target, text)."""
    viewer = viewer_of_request(request)
    row = access_release(viewer, parse_id(key))
    does = DOES.get(request.POST.get("do", ""))
    if does is None:
        raise Refused("do", "There is no such change.", "Load the page anew.")
    try:
        does(viewer, row, request.POST.get("target", ""), request.POST.get("text", ""))
    except (Refused, Conflict) as problem:
        return _with_problem(request, viewer, row, problem)
    return _back(row)


@door("edit_release", serves="release")
@require_POST
def terms(request: HttpRequest, key: str) -> HttpResponse:
    """Title, label, days in force, and the text shown before opening (POST title, label, days, handling_text)."""
    viewer = viewer_of_request(request)
    row = access_release(viewer, parse_id(key))
    given = {name: request.POST.get(name, "") for name in ("title", "label", "days", "handling_text")}
    try:
        set_terms(viewer, release=row, **given)
    except (Refused, Conflict) as problem:
        return _with_problem(request, viewer, row, problem)
    return _back(row)


@door("sign_release", serves="release")
@require_POST
def sign(request: HttpRequest, key: str) -> HttpResponse:
    """Sign and send; a refusal shows every reason."""
    viewer = proved_viewer(request)
    row = access_release(viewer, parse_id(key))
    try:
        sign_release(viewer, release=row)
    except (Refused, Conflict, Forbidden) as problem:
        return _with_problem(request, viewer, row, problem)
    return _back(row)


@door("recall_release", serves="release")
@require_POST
def recall(request: HttpRequest, key: str) -> HttpResponse:
    """Recall from everyone it reached (POST because)."""
    viewer = proved_viewer(request)
    row = access_release(viewer, parse_id(key))
    try:
        recall_release(viewer, release=row, because=request.POST.get("because", ""))
    except (Refused, Conflict, Forbidden) as problem:
        return _with_problem(request, viewer, row, problem)
    return _back(row)


@door("correct_release", serves="release")
@require_POST
def correct(request: HttpRequest, key: str) -> HttpResponse:
    """Draft the correction from what stands now (POST because)."""
    viewer = proved_viewer(request)
    row = access_release(viewer, parse_id(key))
    try:
        fresh = correct_release(viewer, release=row, because=request.POST.get("because", ""))
    except (Refused, Conflict, Forbidden) as problem:
        return _with_problem(request, viewer, row, problem)
    return _back(fresh)
