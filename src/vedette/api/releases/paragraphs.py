"""POST /api/v1/releases/{id}/paragraphs: add a paragraph to a draft in a person's own words."""

import uuid

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.api.releases.shapes import ReleaseOut, release_out
from vedette.handling.doors import viewer_of_request
from vedette.sharing.actions import add_paragraph
from vedette.sharing.queries import access_release, open_at_desk

router = Router(tags=["releases"])


class ParagraphIn(Schema):
    """The words; where they repeat a report's, the paragraph rests on that report."""

    text: str


@router.post("/{release}/paragraphs", response=ReleaseOut, summary="Add a paragraph to a draft")
def add(request: HttpRequest, release: uuid.UUID, payload: ParagraphIn) -> ReleaseOut:
    """edit_release; serves release."""
    viewer = viewer_of_request(request)
    add_paragraph(viewer, release=access_release(viewer, release), text=payload.text)
    return release_out(viewer, open_at_desk(viewer, release))
