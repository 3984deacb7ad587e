"""POST /api/v1/reports/{id}/files: attach a file; the body is the file itself, its name stands in the query."""

import uuid

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.files.actions import LARGEST
from vedette.handling.doors import viewer_of_request
from vedette.kit.errors import Refused
from vedette.reporting.actions import attach as attach_to
from vedette.reporting.work import access_report

PREFIX = "/reports"
router = Router(tags=["reports"])


class PlaceOffered(Schema):
    """Where the picture said it was taken, in degrees: offered to the person, no longer in the file."""

    lat: float
    lon: float


class FileOut(Schema):
    """The stored file."""

    id: uuid.UUID
    name: str
    kind: str
    size: int
    sha256: str
    offered_place: PlaceOffered | None = None


@router.post("/{report}/files", response=FileOut, summary="Attach a file (raw body)")
def attach(request: HttpRequest, report: uuid.UUID, name: str = "") -> FileOut:
    """store_file; serves no records."""
    viewer = viewer_of_request(request)
    said = request.headers.get("Content-Length", "")
    if said.isdigit() and int(said) > LARGEST:
        raise Refused("file", f"It is larger than {LARGEST // 1024 // 1024} MB.", "Send a smaller copy, or part of it.")
    stored = attach_to(viewer, report=access_report(viewer, report), stream=request, name=name)
    row, place = stored.file, stored.offered_place
    return FileOut(
        id=row.id,
        name=row.name,
        kind=row.kind,
        size=row.size,
        sha256=bytes(row.sha256).hex(),
        offered_place=PlaceOffered(lat=place[0], lon=place[1]) if place else None,
    )
