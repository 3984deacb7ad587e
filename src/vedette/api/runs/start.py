"""POST /api/v1/runs: start a response; GET /api/v1/runs/{id}: where every task stands, with its escalations."""

import uuid

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.api.tasks.shapes import TaskOut, task_out
from vedette.handling.actions import open_one
from vedette.handling.doors import viewer_of_request
from vedette.incidents.models import Incident
from vedette.response.actions import start_run
from vedette.response.actions.runs import SOFT_TARGET
from vedette.response.board import boards
from vedette.response.models import Run
from vedette.response.queries import access_run

router = Router(tags=["response"])


class RunIn(Schema):
    """The incident, and the playbook when it is another than the one for soft targets."""

    incident: uuid.UUID
    playbook: str = SOFT_TARGET


class RunOut(Schema):
    """A response: its reference, its incident, every task in the order of urgency."""

    id: uuid.UUID
    reference: str
    incident: uuid.UUID
    playbook: str
    state: str
    tasks: list[TaskOut]


@router.post("", response=RunOut, summary="Start a response")
def start(request: HttpRequest, payload: RunIn) -> RunOut:
    """start_run; serves no records but what it has just made."""
    viewer = viewer_of_request(request)
    run = start_run(viewer, incident=open_one(viewer, Incident, payload.incident), playbook=payload.playbook)
    return _out(request, run)


@router.get("/{run}", response=RunOut, summary="Read a response")
def read(request: HttpRequest, run: uuid.UUID) -> RunOut:
    """open_one; serves response.api."""
    viewer = viewer_of_request(request)
    access_run(viewer, run)
    return _out(request, open_one(viewer, Run, run))


def _out(request: HttpRequest, run: Run) -> RunOut:
    (board,) = boards(viewer_of_request(request), [run])
    rows = sorted(board.rows, key=lambda row: getattr(row.order, "position", 0))
    return RunOut(
        id=run.pk,
        reference=run.sheet.reference,
        incident=run.incident_id,
        playbook=run.playbook.key,
        state="ended" if run.ended_at else "running",
        tasks=[task_out(row) for row in rows],
    )
