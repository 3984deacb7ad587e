"""POST /api/v1/tasks: add a task to a running response and give it to a unit."""

import datetime
import uuid

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.api.tasks.shapes import StateOut
from vedette.handling.doors import viewer_of_request
from vedette.response.actions import give_task
from vedette.response.queries import access_run, states_of, unit_by

router = Router(tags=["response"])


class TaskIn(Schema):
    """The run, what is to be done, by which unit (its key or id), by when."""

    run: uuid.UUID
    title: str
    unit: str
    due_at: datetime.datetime
    why: str = ""
    evidence_wanted: str = ""
    kind: str = "task"


@router.post("", response=StateOut, summary="Give a task")
def give(request: HttpRequest, payload: TaskIn) -> StateOut:
    """give_task; serves no records."""
    viewer = viewer_of_request(request)
    task = give_task(
        viewer,
        run=access_run(viewer, payload.run),
        title=payload.title,
        unit=unit_by(payload.unit),
        due_at=payload.due_at,
        why=payload.why,
        evidence_wanted=payload.evidence_wanted,
        kind=payload.kind,
    )
    state = states_of(viewer, [task.pk])[task.pk]
    return StateOut(id=task.pk, state=state.state, since=state.since)
