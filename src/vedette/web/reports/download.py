"""The door through which a stored file goes out: as an attachment, never drawn as a page of ours."""

from collections.abc import Iterator
from urllib.parse import quote

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_GET

from vedette.files.actions import open_file
from vedette.handling.doors import door, viewer_of_request
from vedette.kit.ids import parse_id


@door("open_one", serves="files")  # type: ignore[arg-type]
@require_GET
def download(request: HttpRequest, file: str) -> HttpResponseBase:
    """One stored file, piece by piece; a damaged one breaks off instead of going out altered."""
    row, pieces = open_file(viewer_of_request(request), file_id=parse_id(file), reason=request.GET.get("reason", ""))
    first = next(pieces, b"")
    answer = StreamingHttpResponse(_all(first, pieces), content_type=row.kind)
    answer["Content-Length"] = str(row.size)
    plain = row.name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    answer["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(row.name)}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def _all(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
