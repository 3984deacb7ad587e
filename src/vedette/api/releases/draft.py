"""POST /api/v1/releases: draft one version of an incident's facts for its recipients; GET /api/v1/releases/{id}."""

import datetime
import uuid

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.api.releases.shapes import ReleaseOut, release_out
from vedette.handling.actions import open_one
from vedette.handling.doors import viewer_of_request
from vedette.incidents.models import Incident
from vedette.sharing.actions import draft_release
from vedette.sharing.actions.drafting import addresses_of
from vedette.sharing.queries import open_at_desk

router = Router(tags=["releases"])


class DraftIn(Schema):
    """The incident, the version, and its recipients by key: {"agency": "pt-bos"}, {"unit": "transit"}, {"seat": id}."""

    incident: uuid.UUID
    version: str
    recipients: list[dict[str, str]]
    label: str = ""
    expires_at: datetime.datetime | None = None
    together: uuid.UUID | None = None


@router.post("", response=ReleaseOut, summary="Draft a release")
def draft(request: HttpRequest, payload: DraftIn) -> ReleaseOut:
    """draft_release; serves release."""
    viewer = viewer_of_request(request)
    release = draft_release(
        viewer,
        incident=open_one(viewer, Incident, payload.incident),
        version="bulletin" if payload.version == "internal" else payload.version,
        recipients=addresses_of(payload.recipients),
        label=payload.label,
        expires_at=payload.expires_at,
        together=payload.together,
    )
    return release_out(viewer, open_at_desk(viewer, release.pk))


@router.get("/{release}", response=ReleaseOut, summary="One release at the desk")
def show(request: HttpRequest, release: uuid.UUID) -> ReleaseOut:
    """open_one; serves release."""
    viewer = viewer_of_request(request)
    return release_out(viewer, open_at_desk(viewer, release))
