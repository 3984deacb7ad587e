"""The doors of the field app: a shell without any record in it, so that it can be kept on a phone."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from vedette.field.precache import addresses, modules, version
from vedette.funding.items import ITEMS
from vedette.handling.doors import PUBLIC, door
from vedette.kit.queries import installation_kind
from vedette.reporting.drafts import LANGUAGES

# What a phone offers to choose from: the value a report carries, and the officer's word for it.
BEGAN = (
    ("now", gettext_lazy("Now")),
    ("10", gettext_lazy("10 min ago")),
    ("30", gettext_lazy("30 min ago")),
    ("set", gettext_lazy("Set time")),
    ("", gettext_lazy("Not known")),
)
TOLD = (
    ("own-observation", gettext_lazy("I saw it")),
    ("host-police", gettext_lazy("Counterpart")),
    ("host-government", gettext_lazy("Control room")),
    ("press", gettext_lazy("Press")),
    ("other", gettext_lazy("Someone else")),
)
NEXUS = (
    ("none-known", gettext_lazy("None known")),
    ("possible", gettext_lazy("Possible")),
    ("confirmed", gettext_lazy("Confirmed")),
)
WORKER = Path(__file__).resolve().parent / "worker.js"


def _context() -> dict[str, Any]:
    """What the page is made of beside its templates."""
    return {
        "kind": installation_kind(),
        "languages": LANGUAGES,
        "began": BEGAN,
        "told": TOLD,
        "nexus": NEXUS,
        "costs": [(key, name) for key, (_category, name) in ITEMS.items()],
        "modules": modules(),
    }


@cache
def _version(language: str, kind: str) -> str:
    """The version of the shell in the language that is spoken now."""
    return version(render_to_string("field/app.html", _context()))


def _current() -> str:
    return _version(get_language() or "en", installation_kind())


@door(PUBLIC)
@require_GET
def shell(request: HttpRequest) -> HttpResponse:
    """The app's one page: words and markup only, the same for everybody who reads this language."""
    return render(request, "field/app.html", {**_context(), "version": _current()})


@door(PUBLIC)
@require_GET
def with_a_stroke(request: HttpRequest) -> HttpResponse:
    """Who types a stroke at the end comes to the app all the same; the phone keeps it under one address."""
    return HttpResponseRedirect("/field")


@door(PUBLIC)
@require_GET
def service_worker(request: HttpRequest) -> HttpResponse:
    """The service worker: a new version of the shell is a new text here, and the phone takes it over whole."""
    known = f"const VERSION = {json.dumps(_current())};\nconst FILES = {json.dumps(addresses())};\n"
    answer = HttpResponse(known + WORKER.read_text(encoding="utf-8"), content_type="text/javascript; charset=utf-8")
    answer["Service-Worker-Allowed"] = "/field"
    answer["Cache-Control"] = "no-cache"
    return answer


@door(PUBLIC)
@require_GET
def manifest(request: HttpRequest) -> HttpResponse:
    """The manifest with which a phone installs the app."""
    icon = {"src": static("shell/vedette.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}
    masked = {"src": static("field/mark.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "maskable"}
    said = {
        "name": _("Vedette Field"),
        "short_name": "Vedette",
        "description": _("Files from abroad, with no network."),
        "id": "/field",
        "start_url": "/field",
        "scope": "/field",
        "display": "standalone",
        "orientation": "portrait",
        "background_color": "#090d12",
        "theme_color": "#090d12",
        "lang": get_language() or "en",
        "icons": [icon, masked],
        "shortcuts": [{"name": _("Flash"), "url": "/field#/report/flash"}],
    }
    answer = JsonResponse(said, content_type="application/manifest+json")
    answer["Cache-Control"] = "no-cache"
    return answer
