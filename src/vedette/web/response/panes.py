"""A pane beside the board: the fragment for a page that is open, a page of its own without script."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render


def pane(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The pane alone when the board asks for it, else a page around it."""
    if request.headers.get("HX-Request"):
        return render(request, template, context, status=status)
    return render(request, "response/alone.html", {**context, "pane": template}, status=status)


def done(request: HttpRequest, said: str, back: str, event: str = "vedette:changed") -> HttpResponse:
    """After a verb: an open page hears that something changed, a plain form goes back; both say what was done."""
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=204)
        answer["HX-Trigger"] = json.dumps({event: "", "toast": {"text": said}})
        return answer
    messages.success(request, said)
    return HttpResponseRedirect(back)
