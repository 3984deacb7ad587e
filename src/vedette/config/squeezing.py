"""Static files and the field app's shell go out small: brotli, made once a process for each version of a file.

Pages with records in them are left as they are: what is compressed beside a secret can be guessed from its length.
"""

from collections.abc import Callable

import brotli  # type: ignore[import-untyped]
from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.cache import patch_vary_headers

Handler = Callable[[HttpRequest], HttpResponse]
TEXTS = ("text/", "application/json", "application/manifest+json", "image/svg+xml", "application/javascript")
SHELL = ("/field", "/field/sw.js", "/field/manifest.webmanifest")
# The best that brotli can do takes seconds on the map's engine and saves a twentieth.
QUALITY = 9
LARGE, QUALITY_OF_LARGE = 200_000, 5


class Squeezed:
    """Answers brotli to whoever takes it, for files that are the same for everybody."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.made: dict[str, tuple[bytes, bytes]] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not _may_be_small(request, response):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if "br" not in request.headers.get("Accept-Encoding", ""):
            return response
        whole = _whole(response)
        known = self.made.get(request.path)
        if known is None or known[0] != whole:
            known = self.made[request.path] = (whole, _small(whole))
        return _instead(response, known[1])


def _may_be_small(request: HttpRequest, response: HttpResponse) -> bool:
    same_for_all = request.path.startswith(settings.STATIC_URL) or request.path in SHELL
    asked_whole = request.method == "GET" and "Range" not in request.headers
    is_text = response.headers.get("Content-Type", "").startswith(TEXTS) and "Content-Encoding" not in response.headers
    return same_for_all and asked_whole and is_text and response.status_code == 200


def _whole(response: HttpResponse) -> bytes:
    if isinstance(response, StreamingHttpResponse):
        pieces = b"".join(response.streaming_content)
        response.close()
        return pieces
    return response.content


def _small(whole: bytes) -> bytes:
    return bytes(brotli.compress(whole, quality=QUALITY_OF_LARGE if len(whole) > LARGE else QUALITY))


def _instead(response: HttpResponse, small: bytes) -> HttpResponse:
    made = HttpResponse(small, status=200)
    for name, value in response.headers.items():
        made.headers[name] = value
    made.headers["Content-Encoding"] = "br"
    made.headers["Content-Length"] = str(len(small))
    return made
