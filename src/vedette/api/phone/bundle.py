"""GET /api/v1/phone: all that the asker's phone may hold, whole each time; nothing when it holds that already."""

import hashlib
import json

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.http import parse_etags
from ninja import Router

from vedette.api.phone.shapes import as_json
from vedette.handling.doors import viewer_of_request
from vedette.handsets.actions.packets import handset_of
from vedette.handsets.bundle import bundle_of, record_held, record_taken
from vedette.kit.ids import parse_id

router = Router(tags=["phones"])


@router.get("", summary="All that my phone may hold")
def bundle(request: HttpRequest) -> HttpResponse:
    """take_bundle; serves phone. To a phone of the asker's seat that stands, by its id in `X-Handset`.

    `If-None-Match` with the tag of the last answer spares the way of what the phone holds, and says that it holds it.
    """
    viewer = viewer_of_request(request)
    found = bundle_of(viewer)
    handset_of(viewer, parse_id(request.headers.get("X-Handset", "")))
    # The API speaks English, but this is read by an officer: in the language in which a page would speak to him.
    with translation.override(translation.get_language_from_request(request)):
        said = as_json(found)
    same = json.dumps({key: value for key, value in said.items() if key != "at"}, ensure_ascii=False)
    tag = f'"{hashlib.sha256(same.encode()).hexdigest()[:32]}"'
    # A proxy that compresses weakens the tag: RFC 9110, 13.1.2 compares here without that mark.
    if tag in {known.removeprefix("W/") for known in parse_etags(request.headers.get("If-None-Match", ""))}:
        record_held(found)
        answer = HttpResponse(status=304)
    else:
        record_taken(found)
        answer = HttpResponse(json.dumps(said, ensure_ascii=False), content_type="application/json; charset=utf-8")
    answer["ETag"] = tag
    # The browser itself keeps no copy: what lies on the phone lies there encrypted.
    answer["Cache-Control"] = "no-store"
    return answer
