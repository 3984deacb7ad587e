"""What is changed on the page of a mission: each view is one verb; a refusal keeps what was typed."""

import uuid
from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vedette.handling.doors import door, viewer_of_request
from vedette.kit.errors import Missing
from vedette.programme.actions import (
    accept_mission,
    assign_member,
    close_mission,
    decide_go,
    decline_mission,
    depart_mission,
    file_debrief,
    match_mission,
    name_agreement,
    note_observation,
    release_member,
    return_mission,
    set_check,
)
from vedette.programme.missions import MissionRow
from vedette.sharing.proving import proved_viewer
from vedette.web.programme.forms import Asking, BecauseForm
from vedette.web.programme.mission_forms import (
    AcceptForm,
    AssignForm,
    CheckForm,
    DebriefForm,
    GoForm,
    ObservationForm,
    RestsForm,
    ReturnForm,
)
from vedette.web.programme.mission_pages import mission_context, mission_or_missing

CHANGED = 422


class Nothing(Asking):
    """A verb that takes nothing but the mission."""


def answer(request: HttpRequest, row: MissionRow, form: Asking, act: Callable[..., object], done: str) -> HttpResponse:
    """Do it and go back to the mission; or the page again, with the form and why it was not taken."""
    if form.taken(act):
        messages.success(request, done)
        return HttpResponseRedirect(reverse("mission", args=[row.mission.pk]))
    context = mission_context(viewer_of_request(request), row, refused=form)
    return render(request, "programme/mission.html", {**context, "refused": form}, status=CHANGED)


@door("match_mission")
@require_POST
def match(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Begin to look for a team."""
    viewer = viewer_of_request(request)
    row = mission_or_missing(viewer, key)
    act = partial(match_mission, viewer, mission=row.mission)
    return answer(request, row, Nothing("match", request.POST), act, _("It is being matched."))


@door("accept_mission")
@require_POST
def accept(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The chief says yes, for days and a place of his choice."""
    viewer = viewer_of_request(request)
    row = mission_or_missing(viewer, key)
    act = partial(accept_mission, viewer, mission=row.mission)
    return answer(request, row, AcceptForm("accept", request.POST), act, _("Accepted."))


@door("name_agreement")
@require_POST
def rests(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The chief names the agreement it rests on."""
    viewer = viewer_of_request(request)
    row = mission_or_missing(viewer, key)
    act = partial(name_agreement, viewer, mission=row.mission)
    return answer(request, row, RestsForm("rests", request.POST, row=row), act, _("Named."))


@door("decline_mission")
@require_POST
def decline(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The chief says no."""
    viewer = viewer_of_request(request)
    row = mission_or_missing(viewer, key)
    act = partial(decline_mission, viewer, mission=row.mission)
    return answer(request, row, BecauseForm("decline", request.POST), act, _("Declined."))


@door("assign_member")
@require_POST
def assign(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Put an officer on the team."""
    viewer = viewer_of_request(request)
    row = mission_or_missing(viewer, key)
    form = AssignForm(f"assign-{request.POST.get('seat', '')}", request.POST, row=row)
    act = partial(assign_member, viewer, mission=row.mission)
    return answer(request, row, form, act, _("He is on the team."))


@door("release_member")
@require_POST
def release(request: HttpRequest, key: uuid.UUID, member: uuid.UUID) -> HttpResponse:
    """Take an officer off the team."""
    viewer = viewer_of_request(request)
    row = mission_or_missing(viewer, key)
    found = next((one for one in row.members if one.id == member), None)
    if found is None:
        raise Missing
    act = partial(release_member, viewer, member=found)
    return answer(request, row, BecauseForm(f"release-{member}", request.POST), act, _("He is off the team."))


@door("set_check")
@require_POST
def check(request: HttpRequest, key: uuid.UUID, kind: str) -> HttpResponse:
    """Write a line of the list before travel."""
    viewer = viewer_of_request(request)
    row = mission_or_missing(viewer, key)
    form = CheckForm(f"check-{kind}", request.POST, kind=kind)
    act = partial(set_check, viewer, mission=row.mission, kind=kind)
    return answer(request, row, form, act, _("Written down."))


@door("decide_go")
@require_POST
def go(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The chief says go; every missing item is named when it cannot."""
    viewer = proved_viewer(request)
    row = mission_or_missing(viewer, key)
    act = partial(decide_go, viewer, mission=row.mission, go=True)
    return answer(request, row, GoForm("go", request.POST), act, _("It goes."))


@door("decide_go")
@require_POST
def no_go(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The chief says no go; the team is free again."""
    viewer = proved_viewer(request)
    row = mission_or_missing(viewer, key)
    act = partial(decide_go, viewer, mission=row.mission, go=False)
    return answer(request, row, BecauseForm("no-go", request.POST), act, _("It does not go."))


@door("depart_mission")
@require_POST
def depart(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The team has left."""
    viewer = viewer_of_request(request)
    row = mission_or_missing(viewer, key)
    act = partial(depart_mission, viewer, mission=row.mission)
    return answer(request, row, Nothing("depart", request.POST), act, _("The team is abroad."))


@door("return_mission")
@require_POST
def come_back(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The team is home."""
    viewer = viewer_of_request(request)
    row = mission_or_missing(viewer, key)
    act = partial(return_mission, viewer, mission=row.mission)
    return answer(request, row, ReturnForm("return", request.POST), act, _("The team is home."))


@door("file_debrief")
@require_POST
def debrief(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The report of the team."""
    viewer = viewer_of_request(request)
    row = mission_or_missing(viewer, key)
    act = partial(file_debrief, viewer, mission=row.mission)
    return answer(request, row, DebriefForm("debrief", request.POST), act, _("The report is filed."))


@door("note_observation")
@require_POST
def observe(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What others may learn from it."""
    viewer = viewer_of_request(request)
    row = mission_or_missing(viewer, key)
    act = partial(note_observation, viewer, mission=row.mission)
    return answer(request, row, ObservationForm("observation", request.POST), act, _("Noted."))


@door("close_mission")
@require_POST
def close(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The mission is over."""
    viewer = viewer_of_request(request)
    row = mission_or_missing(viewer, key)
    act = partial(close_mission, viewer, mission=row.mission)
    return answer(request, row, Nothing("close", request.POST), act, _("The mission is closed."))
