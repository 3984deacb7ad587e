"""POST /api/v1/releases/{id}/sign, /recall, /correct: what leaves, is taken back, is put right."""

import uuid

from django.http import HttpRequest
from ninja import Router

from vedette.api.releases.shapes import Because, ReleaseOut, release_out
from vedette.sharing.actions import correct_release, recall_release, sign_release
from vedette.sharing.proving import proved_viewer
from vedette.sharing.queries import access_release, open_at_desk

router = Router(tags=["releases"])


@router.post("/{release}/sign", response=ReleaseOut, summary="Sign and send; 422 with the blocking reasons")
def sign(request: HttpRequest, release: uuid.UUID) -> ReleaseOut:
    """sign_release; serves release."""
    viewer = proved_viewer(request)
    sign_release(viewer, release=access_release(viewer, release))
    return release_out(viewer, open_at_desk(viewer, release))


@router.post("/{release}/recall", response=ReleaseOut, summary="Recall from everyone it reached")
def recall(request: HttpRequest, release: uuid.UUID, payload: Because) -> ReleaseOut:
    """recall_release; serves release."""
    viewer = proved_viewer(request)
    recall_release(viewer, release=access_release(viewer, release), because=payload.because)
    return release_out(viewer, open_at_desk(viewer, release))


@router.post("/{release}/correct", response=ReleaseOut, summary="Draft its correction from what stands now")
def correct(request: HttpRequest, release: uuid.UUID, payload: Because) -> ReleaseOut:
    """correct_release; serves release."""
    viewer = proved_viewer(request)
    fresh = correct_release(viewer, release=access_release(viewer, release), because=payload.because)
    return release_out(viewer, open_at_desk(viewer, fresh.pk))
