"""The head of every answer of tus 1.0.0 (https://tus.io/protocols/resumable-upload): its version, and errors in its statuses."""

import base64
import binascii
from collections.abc import Callable
from email.utils import format_datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from vedette.api.errors import answer_error
from vedette.files.actions import LARGEST
from vedette.handsets.actions.uploads import BadSum
from vedette.handsets.landing import Busy
from vedette.handsets.opened import sealed_size
from vedette.handsets.uploads import Standing
from vedette.kit.errors import Conflict, Forbidden, Missing, Refused

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,checksum,termination"
PIECE = "application/offset+octet-stream"
View = Callable[..., HttpResponse]


def spoken(view: View) -> View:
    """A door that speaks tus: another version is refused (412), and whatever it answers says which one it speaks."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        if request.headers.get("Tus-Resumable") != VERSION:
            response: HttpResponse = HttpResponse(status=412)
            response["Tus-Version"] = VERSION
        else:
            response = _named(view, request, *args, **options)
        response["Tus-Resumable"] = VERSION
        return response

    return answered


def _named(view: View, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
    try:
        return view(request, *args, **options)
    except Busy:
        return JsonResponse({"error": "busy", "reason": "Another request writes to this file."}, status=423)
    except BadSum as error:
        return JsonResponse({"error": "checksum", "reason": str(error)}, status=460)
    except (Refused, Forbidden, Missing, Conflict) as error:
        return answer_error(request, error)


def told(state: Standing, status: int) -> HttpResponse:
    """How a file stands, in the protocol's own headers."""
    response = HttpResponse(status=status)
    response["Upload-Offset"] = str(state.offset)
    response["Upload-Length"] = str(state.length)
    response["Upload-Expires"] = format_datetime(state.expires, usegmt=True)
    response["Upload-State"] = state.state
    return response


def offered() -> HttpResponse:
    """What this server speaks."""
    response = HttpResponse(status=204)
    response["Tus-Resumable"] = response["Tus-Version"] = VERSION
    response["Tus-Extension"] = EXTENSIONS
    response["Tus-Max-Size"] = str(sealed_size(LARGEST))
    response["Tus-Checksum-Algorithm"] = "sha256"
    return response


def number(request: HttpRequest, header: str) -> int:
    """A count of bytes that a header says; Refused when it says none."""
    said = request.headers.get(header, "")
    if not said.isascii() or not said.isdecimal() or len(said) > 12:
        raise Refused(header, "It does not say how many bytes.", "Send a whole number.")
    return int(said)


def metadata(request: HttpRequest) -> dict[str, str]:
    """What `Upload-Metadata` says: names with values in base64; Refused when it is not that."""
    found = {}
    for pair in filter(None, request.headers.get("Upload-Metadata", "").split(",")):
        name, _, value = pair.strip().partition(" ")
        try:
            found[name] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, ValueError) as error:
            raise Refused("Upload-Metadata", "A value of it is not base64.", "See the protocol, tus 1.0.0.") from error
    return found
