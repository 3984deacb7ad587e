"""Pages for what went wrong: each says what happened, what was kept and what to do next."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from vedette.web.shell.away import away_page, is_away


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request could not be read."""
    return render(request, "shell/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the same words whether the thing exists or not."""
    return render(request, "shell/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the same words whether the thing exists or not."""
    return render(request, "shell/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours; rendered without context, because a context may be what failed.

    A database that went away before the view was reached (the session is read there) comes here too, and is said as that.
    """
    error = sys.exc_info()[1]
    if error is not None and is_away(error):
        return away_page(request, error)
    return HttpResponse(render_to_string("shell/500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 when a form is older than the session that sent it, or came from another site."""
    return render(request, "shell/csrf.html", status=403)
