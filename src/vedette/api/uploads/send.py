"""/api/v1/uploads: a file of a packet in resumable pieces (tus 1.0.0: creation, checksum, expiration, termination)."""

import uuid

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from vedette.api.uploads import protocol
from vedette.handling.doors import viewer_of_request
from vedette.handsets.actions.uploads import LARGEST_PIECE, begin_upload, take_back, take_piece
from vedette.handsets.uploads import access_upload, standing
from vedette.kit.ids import parse_id

router = Router(tags=["phones"])


class StateOut(Schema):
    """`receiving`, `attached` or `refused` (with the reason); how many of its sealed bytes have come."""

    state: str
    offset: int
    length: int
    reason: str


@router.api_operation(["OPTIONS"], "", summary="What is spoken here")
def options(request: HttpRequest) -> HttpResponse:
    """store_file; serves no records."""
    return protocol.offered()


@router.post("", summary="Begin a file that a packet announced")
@protocol.spoken
def create(request: HttpRequest) -> HttpResponse:
    """store_file; serves no records. Beginning again answers the same address."""
    said = protocol.metadata(request)
    state = begin_upload(
        viewer_of_request(request),
        file=parse_id(said.get("file", "")),
        packet=parse_id(said.get("packet", "")),
        length=protocol.number(request, "Upload-Length"),
    )
    response = protocol.told(state, 201)
    response["Location"] = f"/api/v1/uploads/{state.id}"
    return response


@router.api_operation(["HEAD"], "/{upload}", summary="How much has come")
@protocol.spoken
def head(request: HttpRequest, upload: uuid.UUID) -> HttpResponse:
    """store_file; serves no records."""
    return protocol.told(standing(access_upload(viewer_of_request(request), upload)), 200)


@router.patch("/{upload}", summary="Send the next piece")
@protocol.spoken
def patch(request: HttpRequest, upload: uuid.UUID) -> HttpResponse:
    """store_file; serves no records. The body is the piece as it was sealed on the phone."""
    if request.content_type != protocol.PIECE:
        return HttpResponse(status=415)
    state = take_piece(
        viewer_of_request(request),
        file=upload,
        offset=protocol.number(request, "Upload-Offset"),
        piece=request.read(LARGEST_PIECE + 1),
        checksum=request.headers.get("Upload-Checksum", ""),
    )
    return protocol.told(state, 204)


@router.delete("/{upload}", summary="Take it back")
@protocol.spoken
def delete(request: HttpRequest, upload: uuid.UUID) -> HttpResponse:
    """store_file; serves no records."""
    take_back(viewer_of_request(request), file=upload)
    return HttpResponse(status=204)


@router.post("/{upload}", summary="Another method, for a way there that lets no other through")
def other_method(request: HttpRequest, upload: uuid.UUID) -> HttpResponse:
    """store_file; serves no records."""
    asked = {"PATCH": patch, "HEAD": head, "DELETE": delete}.get(request.headers.get("X-HTTP-Method-Override", ""))
    return HttpResponse(status=405) if asked is None else asked(request, upload)


@router.get("/{upload}", response=StateOut, summary="How a file stands")
def state(request: HttpRequest, upload: uuid.UUID) -> StateOut:
    """store_file; serves no records."""
    found = standing(access_upload(viewer_of_request(request), upload))
    return StateOut(state=found.state, offset=found.offset, length=found.length, reason=found.reason)
