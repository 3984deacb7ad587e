"""The questions board: every open question with its clock, how far it came, and the phone it waits on; for the desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vedette.handling.doors import door, viewer_of_request
from vedette.handsets.questions import questions_board


@door("list", serves="requests.board")
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """The board, of one post with `?post=`."""
    found = questions_board(viewer_of_request(request), request.GET.get("post", "")[:40])
    return render(request, "ask/board.html", {"board": found})
