"""Reads of claims: by id, of a report, of many reports."""

import uuid
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from vedette.agencies.viewer import Viewer
from vedette.kit.errors import Refused
from vedette.reporting.models import Claim


def claims_by_id(viewer: Viewer | None, ids: Sequence[uuid.UUID]) -> list[Claim]:
    """These claims in the order asked for; Refused when one is not there for this viewer."""
    found = {row.id: row for row in _rows(viewer).filter(id__in=ids)}
    if len(found) != len(set(ids)):
        raise Refused("claims", "One of these statements is not there.", "Load the page anew.")
    return [found[key] for key in ids]


def claims_of(viewer: Viewer | None, reports: Iterable[uuid.UUID]) -> list[Claim]:
    """Every claim of these reports that the viewer may see, oldest first."""
    return list(_rows(viewer).filter(report__in=list(reports)).order_by("made_at", "id"))


def _rows(viewer: Viewer | None) -> QuerySet[Claim]:
    return Claim.objects.seen_by(viewer).select_related("report__sheet", "report__source", "report__post")
