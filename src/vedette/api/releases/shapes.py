"""How a release looks on the JSON door."""

import datetime
import uuid
from typing import Any

from ninja import Schema

from vedette.agencies.viewer import Viewer
from vedette.sharing.models import Release
from vedette.sharing.preflight import as_json, preflight
from vedette.sharing.queries import paragraphs_of, reach_of, standing_of


class Because(Schema):
    """A reason."""

    because: str


class ReleaseOut(Schema):
    """A release at the desk: its text with lineage, its pre-flight while it is a draft, its recipients with their receipts."""

    id: uuid.UUID
    reference: str
    state: str
    version: str
    number: int
    corrects: str | None
    title: str
    label: str
    codes: list[str]
    expires_at: datetime.datetime | None
    signed_at: datetime.datetime | None
    digest: str
    paragraphs: list[dict[str, Any]]
    preflight: list[dict[str, Any]]
    recipients: list[dict[str, Any]]


def release_out(viewer: Viewer | None, release: Release) -> ReleaseOut:
    """One release for the home desk."""
    paragraphs = [
        {
            "text": row.paragraph.text,
            "rests_on": [sheet.reference for sheet in row.rests],
            "state": row.paragraph.state,
            "origin": row.paragraph.origin,
        }
        for row in paragraphs_of(viewer, release)
    ]
    recipients = [
        {
            "name": one.name,
            "delivered_at": one.delivered,
            "opened_at": one.opened,
            "acknowledged_at": one.acknowledged,
            "acted_at": one.acted,
            "told_at": one.told,
            "silent_minutes": one.silent_minutes,
        }
        for one in reach_of(viewer, [release])
    ]
    return ReleaseOut(
        id=release.pk,
        reference=release.sheet.reference,
        state=standing_of(viewer, release).state,
        version=release.version,
        number=release.number,
        corrects=release.corrects.sheet.reference if release.corrects else None,
        title=release.title,
        label=release.tlp,
        codes=release.codes,
        expires_at=release.expires_at,
        signed_at=release.signed_at,
        digest=bytes(release.digest).hex() if release.digest else "",
        paragraphs=paragraphs,
        preflight=[] if release.signed else as_json(preflight(viewer, release)),
        recipients=recipients,
    )
