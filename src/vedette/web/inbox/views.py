"""The inbox: what was released to me, newest first; read, acknowledge in one tap, ask, act, feedback."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from vedette.agencies.viewer import Viewer
from vedette.formats.pdf.release import release_pdf
from vedette.handling.doors import door, viewer_of_request
from vedette.kit.errors import Conflict, Missing, Refused
from vedette.kit.ids import parse_id
from vedette.sharing.actions import acknowledge_release, act_on_release, ask_about_release, give_feedback, take_note
from vedette.sharing.inbox import inbox as inbox_of
from vedette.sharing.inbox import letter
from vedette.web.releases.papers import paper_of


@door("list", serves="inbox")
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """The list; nothing is opened by looking at it."""
    context = {"inbox": inbox_of(viewer_of_request(request)), "letter": None}
    return render(request, "inbox/page.html", context)


@door("open_one", serves="inbox.release")
@require_GET
def read(request: HttpRequest, key: str) -> HttpResponse:
    """One release; opening it leaves a receipt. With a handling text (H3) that is read first: `?read=handling`."""
    viewer = viewer_of_request(request)
    found = letter(viewer, parse_id(key), opened=request.GET.get("read") == "handling")
    context = {"inbox": inbox_of(viewer), "letter": found, "asks": request.GET.get("say", "")}
    return render(request, "inbox/page.html", context)


@door("open_one", serves="inbox.release")
@require_GET
def pdf(request: HttpRequest, key: str) -> HttpResponse:
    """The release as PDF, with the reader's name across it; a struck one is none."""
    viewer = viewer_of_request(request)
    found = letter(viewer, parse_id(key))
    if found.row.release is None or found.closed:
        raise Missing
    texts = [row.text for row in found.paragraphs]
    answer = HttpResponse(release_pdf(paper_of(viewer, found.row.release, texts=texts)), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{found.row.reference}.pdf"'
    return answer


@door("acknowledge_release")
@require_POST
def acknowledge(request: HttpRequest, key: str) -> HttpResponse:
    """Acknowledge in one tap; twice is once."""
    acknowledge_release(viewer_of_request(request), release=parse_id(key))
    return HttpResponseRedirect(reverse("inbox_release", args=[key]))


@door("take_note")
@require_POST
def note(request: HttpRequest, key: str) -> HttpResponse:
    """I took note of the recall or correction, and told those I had told."""
    take_note(viewer_of_request(request), release=parse_id(key))
    return HttpResponseRedirect(reverse("inbox_release", args=[key]))


SAYS: dict[str, Callable[[Viewer | None, str, str], object]] = {
    "ask": lambda by, key, text: ask_about_release(by, release=parse_id(key), question=text),
    "act": lambda by, key, text: act_on_release(by, release=parse_id(key), text=text),
    "feedback": lambda by, key, text: give_feedback(by, release=parse_id(key), text=text),
}


@door("ask_about_release", serves="inbox.release")
@require_POST
def say(request: HttpRequest, key: str) -> HttpResponse:
    """Ask the desk, say what was done, or give feedback (POST as, text)."""
    viewer, kind = viewer_of_request(request), request.POST.get("as", "")
    if kind not in SAYS:
        raise Refused("as", "There is no such answer.", "Load the page anew.")
    try:
        SAYS[kind](viewer, key, request.POST.get("text", ""))
    except (Refused, Conflict) as problem:
        context = {"inbox": inbox_of(viewer), "letter": letter(viewer, parse_id(key)), "problem": problem, "asks": kind}
        return render(request, "inbox/page.html", context, status=422)
    return HttpResponseRedirect(reverse("inbox_release", args=[key]))
