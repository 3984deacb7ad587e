"""What a team is to do abroad, as it is planned, done and dropped on the page of a mission; each view is one verb."""

import uuid
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vedette.handling.doors import door, viewer_of_request
from vedette.kit.errors import Missing
from vedette.programme.actions import (
    check_in,
    drop_check_in,
    drop_leg,
    drop_session,
    drop_task,
    plan_check_in,
    plan_leg,
    plan_session,
    plan_task,
)
from vedette.programme.missions import journey
from vedette.web.programme.forms import BecauseForm
from vedette.web.programme.mission_changes import answer
from vedette.web.programme.mission_forms import CheckInForm, DueForm, OutsideForm, SessionForm, TaskForm
from vedette.web.programme.mission_pages import mission_or_missing
from vedette.web.programme.mission_way import leg_form


def _one(rows: list[Any], key: uuid.UUID) -> Any:
    """The row of an address; Missing when it is none of this mission."""
    found = next((row for row in rows if row.id == key), None)
    if found is None:
        raise Missing
    return found


@door("plan_task")
@require_POST
def task(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Plan a task within the mandate."""
    viewer = viewer_of_request(request)
    row = mission_or_missing(viewer, key)
    act = partial(plan_task, viewer, mission=row.mission)
    return answer(request, row, TaskForm("task", request.POST), act, _("Planned."))


@door("plan_task")
@require_POST
def outside(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The chief plans a task outside the mandate, with the leave of the bureau."""
    viewer = viewer_of_request(request)
    row = mission_or_missing(viewer, key)
    act = partial(plan_task, viewer, mission=row.mission, outside_mandate=True)
    return answer(request, row, OutsideForm("outside", request.POST), act, _("Planned, outside the mandate."))


@door("drop_task")
@require_POST
def task_drop(request: HttpRequest, key: uuid.UUID, one: uuid.UUID) -> HttpResponse:
    """Drop a task."""
    viewer = viewer_of_request(request)
    row = mission_or_missing(viewer, key)
    found = _one(journey(viewer, row.mission).tasks, one)
    act = partial(drop_task, viewer, task=found)
    return answer(request, row, BecauseForm(f"drop-task-{one}", request.POST), act, _("Dropped."))


@door("plan_session")
@require_POST
def session(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Plan a session."""
    viewer = viewer_of_request(request)
    row = mission_or_missing(viewer, key)
    act = partial(plan_session, viewer, mission=row.mission)
    return answer(request, row, SessionForm("session", request.POST), act, _("Planned."))


@door("drop_session")
@require_POST
def session_drop(request: HttpRequest, key: uuid.UUID, one: uuid.UUID) -> HttpResponse:
    """Drop a session."""
    viewer = viewer_of_request(request)
    row = mission_or_missing(viewer, key)
    found = _one(journey(viewer, row.mission).sessions, one)
    act = partial(drop_session, viewer, session=found)
    return answer(request, row, BecauseForm(f"drop-session-{one}", request.POST), act, _("Dropped."))


@door("plan_leg")
@require_POST
def leg(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Enter a way or a stay."""
    viewer = viewer_of_request(request)
    row = mission_or_missing(viewer, key)
    form = leg_form(row, viewer, request.POST)
    return answer(
        request, row, form, lambda **_typed: plan_leg(viewer, form.draft(), mission=row.mission), _("Entered.")
    )


@door("drop_leg")
@require_POST
def leg_drop(request: HttpRequest, key: uuid.UUID, one: uuid.UUID) -> HttpResponse:
    """Take a way or a stay off."""
    viewer = viewer_of_request(request)
    row = mission_or_missing(viewer, key)
    found = _one(journey(viewer, row.mission).legs, one)
    act = partial(drop_leg, viewer, leg=found)
    return answer(request, row, BecauseForm(f"drop-leg-{one}", request.POST), act, _("Taken off."))


@door("plan_check_in")
@require_POST
def due(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Ask the team for a sign of life."""
    viewer = viewer_of_request(request)
    row = mission_or_missing(viewer, key)
    act = partial(plan_check_in, viewer, mission=row.mission)
    return answer(request, row, DueForm("due", request.POST, zone=row.mission.zone), act, _("Asked."))


@door("check_in")
@require_POST
def sign(request: HttpRequest, key: uuid.UUID, one: uuid.UUID) -> HttpResponse:
    """Give the sign of life of the team."""
    viewer = viewer_of_request(request)
    row = mission_or_missing(viewer, key)
    found = _one(journey(viewer, row.mission).check_ins, one)
    act = partial(check_in, viewer, due=found)
    return answer(request, row, CheckInForm(f"sign-{one}", request.POST), act, _("Written down."))


@door("drop_check_in")
@require_POST
def sign_drop(request: HttpRequest, key: uuid.UUID, one: uuid.UUID) -> HttpResponse:
    """Drop a sign of life that is owed."""
    viewer = viewer_of_request(request)
    row = mission_or_missing(viewer, key)
    found = _one(journey(viewer, row.mission).check_ins, one)
    act = partial(drop_check_in, viewer, due=found)
    return answer(request, row, BecauseForm(f"drop-sign-{one}", request.POST), act, _("Dropped."))
