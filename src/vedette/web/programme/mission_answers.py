"""What a team is to find out, as it is asked and answered on the page of its mission; each view is one verb."""

import uuid
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vedette.agencies.viewer import Viewer
from vedette.handling.doors import door, viewer_of_request
from vedette.kit.errors import Missing
from vedette.programme.missions import MissionRow
from vedette.reporting.actions import add_team_question, answer_team_question, drop_team_question, give_questions
from vedette.reporting.models import TeamQuestion
from vedette.reporting.surges import team_questions
from vedette.web.programme.forms import BecauseForm
from vedette.web.programme.mission_changes import Nothing, answer
from vedette.web.programme.mission_pages import mission_or_missing
from vedette.web.programme.mission_questions import AnswerForm, OneMoreForm


def _question(viewer: Viewer | None, row: MissionRow, key: uuid.UUID) -> TeamQuestion:
    found = next((one.question for one in team_questions(viewer, row.mission) if one.question.id == key), None)
    if found is None:
        raise Missing
    return found


@door("give_questions")
@require_POST
def give(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Give the team the questions of the first 72 hours."""
    viewer = viewer_of_request(request)
    row = mission_or_missing(viewer, key)
    act = partial(give_questions, viewer, mission=row.mission)
    return answer(request, row, Nothing("give", request.POST), act, _("Given."))


@door("add_team_question")
@require_POST
def more(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Ask the team one thing more."""
    viewer = viewer_of_request(request)
    row = mission_or_missing(viewer, key)
    act = partial(add_team_question, viewer, mission=row.mission)
    return answer(request, row, OneMoreForm("more", request.POST), act, _("Asked."))


@door("drop_team_question")
@require_POST
def drop(request: HttpRequest, key: uuid.UUID, one: uuid.UUID) -> HttpResponse:
    """Take a question off."""
    viewer = viewer_of_request(request)
    row = mission_or_missing(viewer, key)
    act = partial(drop_team_question, viewer, question=_question(viewer, row, one))
    return answer(request, row, BecauseForm(f"drop-question-{one}", request.POST), act, _("Taken off."))


@door("answer_team_question")
@require_POST
def tell(request: HttpRequest, key: uuid.UUID, one: uuid.UUID) -> HttpResponse:
    """Link the report that answers, or say why there is none."""
    viewer = viewer_of_request(request)
    row = mission_or_missing(viewer, key)
    form = AnswerForm(f"tell-{one}", request.POST, viewer=viewer)
    act = partial(answer_team_question, viewer, question=_question(viewer, row, one))
    return answer(request, row, form, act, _("Written down."))
