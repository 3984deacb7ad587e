"""GET /api/v1/incidents/{id}/analogues: which past incidents it is like, why, and what was done about them."""

import uuid
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.handling.actions import open_one
from vedette.handling.doors import viewer_of_request
from vedette.incidents.analogues import analogues_of
from vedette.incidents.models import Incident

router = Router(tags=["incidents"])


class AnalogueOut(Schema):
    """A past incident: its key in the catalogue, its name, what is alike, what is not, the measures then taken."""

    entry: str
    name: str
    score: float
    alike: list[str]
    differences: list[str]
    measures: list[dict[str, Any]]


@router.get("/{incident}/analogues", response=list[AnalogueOut], summary="What it is like")
def analogues(request: HttpRequest, incident: uuid.UUID) -> list[AnalogueOut]:
    """open_one; serves analogues. Judged on what the asker may see."""
    viewer = viewer_of_request(request)
    found = analogues_of(viewer, open_one(viewer, Incident, incident))
    return [
        AnalogueOut(
            entry=item.entry.id,
            name=item.entry.name,
            score=item.analogue.score,
            alike=list(item.analogue.reasons),
            differences=list(item.analogue.differences),
            measures=[
                {"horizon": one.horizon, "what": one.what, "actor": one.actor, "still_in_force": one.still_in_force}
                for one in item.measures
            ],
        )
        for item in found
    ]
