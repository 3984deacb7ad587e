"""Middleware of the whole house: security headers, the database being away, refusals shown as pages."""

from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render
from django.utils import translation

from vedette.kit.disk import Disk
from vedette.kit.errors import Conflict, Forbidden, Missing, NoRoom, Refused
from vedette.kit.said import said
from vedette.live.queries import newest
from vedette.web.shell.away import away_page, full_page, is_away, is_full, wants_json
from vedette.web.shell.gone import gone_page

# Who cannot sign in cannot read; a sign-in writes a few rows, as an alarm does, and the reserve is there for them.
ALWAYS = ("/sign-in/", "/sign-out/", "/api/v1/handsets/alarm")
Handler = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


class SecurityHeaders:
    """Every answer carries the strict content policy and is never stored by a shared cache."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", POLICY)
        response.setdefault("X-Content-Type-Options", "nosniff")
        response.setdefault("Referrer-Policy", "same-origin")
        response.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.setdefault("Permissions-Policy", "geolocation=(self), camera=(self), microphone=(self)")
        if settings.VEDETTE_HSTS:
            response.setdefault("Strict-Transport-Security", "max-age=31536000")
        if not request.path.startswith("/static/"):
            response.setdefault("Cache-Control", "no-store, private")
        return response


class DatabaseAway:
    """When the database cannot be reached the answer is 503, says what was kept, and heals by itself."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn a lost connection into the page that says so; leave every other error alone."""
        if is_full(error):
            return full_page(request)
        return away_page(request, error) if is_away(error) else None


class RoomLeft:
    """Before the disk is full nothing new is taken in (507), so that what is there can still be read and told."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.disk = Disk(Path(settings.VEDETTE_DISK)) if settings.VEDETTE_DISK else None

    def __call__(self, request: HttpRequest) -> HttpResponse:
        takes_in = self.disk is None or self.disk.takes_in()
        if takes_in or request.method in ("GET", "HEAD", "OPTIONS") or request.path.startswith(ALWAYS):
            return self.get_response(request)
        return full_page(request)


class Languages(LocaleMiddleware):
    """A page speaks its reader's language; the API speaks English, for machines read it and its words are kept."""

    def process_request(self, request: HttpRequest) -> None:
        """Take the language of the reader's cookie or browser; English for the API."""
        if request.path.startswith("/api/"):
            translation.activate("en")
            request.LANGUAGE_CODE = "en"
            return
        super().process_request(request)


class LiveMark:
    """Notes, before a page is made, from which happening on its stream must go: what comes meanwhile is not missed."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        whole_page = request.method == "GET" and not wants_json(request) and not request.headers.get("HX-Request")
        if whole_page and getattr(request, "viewer", None) is not None:
            request.live_since = newest()  # type: ignore[attr-defined]
        return self.get_response(request)


class RefusalPages:
    """The house's named errors become answers: 403, 404, 409, 422 or 507, each with its reason and the way out."""

    statuses: tuple[tuple[type[Exception], int], ...] = (
        (Forbidden, 403),
        (Missing, 404),
        (Conflict, 409),
        (NoRoom, 507),
        (Refused, 422),
    )

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or wants_json(request) or request.method != "GET":
            return response
        # Who types or loads anew the address a form was sent to would else see his browser's own blank page.
        page = render(request, "shell/405.html", status=response.status_code)
        page["Allow"] = response["Allow"]
        return page

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a named error; anything else goes on to be logged as a fault."""
        purged = gone_page(request) if isinstance(error, Missing) else None
        if purged is not None:
            return purged
        for kind, status in self.statuses:
            if isinstance(error, kind):
                return self._answer(request, error, status)
        return None

    def _answer(self, request: HttpRequest, error: Exception, status: int) -> HttpResponse:
        facts = {"error": type(error).__name__.lower(), "reason": said(error)}
        for name, words in (("field", getattr(error, "field", "")), ("way_out", said(getattr(error, "way_out", "")))):
            if words:
                facts[name] = words
        if wants_json(request):
            return JsonResponse(facts, status=status)
        template = {403: "shell/403.html", 404: "shell/404.html"}.get(status, "shell/400.html")
        return render(request, template, {"problem": facts}, status=status)
