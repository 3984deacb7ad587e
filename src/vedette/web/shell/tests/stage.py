"""A stage for browser tests: the shell served with an invented seat and a stream that can be cut; no database."""

import json
import threading
import time
from types import SimpleNamespace

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import include, path

cut = threading.Event()
# What the stream tells whoever comes to it, as the house tells again of the last half minute.
told: list[dict[str, object]] = []
WATCH = {"watch", "analyst", "commander", "releasing"}


def seat(request: HttpRequest) -> SimpleNamespace | None:
    """The seat the address asks for: `?as=partner`, `?as=none`, else a watch officer."""
    asked = request.GET.get("as", "watch")
    if asked == "none":
        return None
    home = asked == "watch"
    return SimpleNamespace(
        roles=frozenset(WATCH if home else {"partner"}),
        is_home=home,
        seat_label="Watch officer 2" if home else "Watch commander",
        agency_name="Demo desk" if home else "Rail police",
        zone="America/New_York",
        city="New York",
    )


def events(request: HttpRequest) -> HttpResponseBase:
    """An event every 200 ms, numbered on from `since`; nothing while the line is cut."""
    if cut.is_set():
        return HttpResponse(status=503)

    def lines():
        number = int(request.GET.get("since") or 0)
        yield "event: hello\ndata: {}\n\n"
        for one in told:
            yield f"id: {one['seq']}\ndata: {json.dumps(one)}\n\n"
        while not cut.is_set():
            time.sleep(0.2)
            number += 1
            yield f"id: {number}\ndata: {json.dumps({'seq': number, 'kind': 'report.filed', 'id': str(number)})}\n\n"

    return StreamingHttpResponse(lines(), content_type="text/event-stream")


def palette(request: HttpRequest) -> JsonResponse:
    """One find, whatever is asked."""
    return JsonResponse(
        {"results": [{"label": "PAR-26-0412 Rail terminals", "href": "/incidents/", "why": "says “rail”"}]}
    )


def slow(request: HttpRequest) -> HttpResponse:
    """A page that takes a second."""
    time.sleep(1)
    return render(request, "shell/404.html")


def page(name: str):
    """A view that renders a template with nothing."""
    return lambda request: render(request, f"shell/{name}.html")


urlpatterns = [
    path("", include("vedette.web.parts.urls")),
    path("", include("vedette.web.language.urls")),
    path("live/events", events),
    path("search/palette", palette, name="palette"),
    path("", page("404"), name="desk"),
    path("incidents/", page("404"), name="incidents"),
    path("slow/", slow),
    path("sign-in/", page("demo_signin"), name="sign_in"),
    path("sign-out/", page("404"), name="sign_out"),
    *[path(f"wrong/{name}", page(name)) for name in ("400", "403", "404", "500", "503", "csrf", "sign_in")],
]


class QuietHandler(WSGIRequestHandler):
    """Says nothing about each request."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


def serve() -> ThreadedWSGIServer:
    """The stage on a free loopback port, in a thread of its own."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietHandler)
    server.daemon_threads = True
    server.set_app(get_wsgi_application())
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    return server
