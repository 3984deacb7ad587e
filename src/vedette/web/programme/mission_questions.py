"""What a team sent after an attack is to find out: how the page of its mission draws it, and its forms."""

from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vedette.agencies.viewer import Viewer
from vedette.handling.policy import may
from vedette.handling.queries import sheet_by_reference
from vedette.programme.missions import MissionRow
from vedette.programme.models import Mission
from vedette.reporting.surges import Carried, team_questions
from vedette.web.programme.forms import BecauseForm, words
from vedette.web.programme.mission_asks import Back
from vedette.web.programme.mission_forms import Telling


class OneMoreForm(Telling):
    """A question for this team."""

    text = words(_("Question"))


class AnswerForm(Telling):
    """The report that answers, or why there is none."""

    report = words(_("Report that answers"), required=False, hint=_("Its reference, such as PAR-15-000017."))
    none_because = words(_("Or why there is no answer"), required=False)

    def __init__(self, name: str, data: Any = None, viewer: Viewer | None = None) -> None:
        super().__init__(name, data)
        self.viewer = viewer

    def clean_report(self) -> Any:
        """The sheet a reference names, as far as the viewer may read it."""
        typed = self.cleaned_data["report"].strip()
        found = sheet_by_reference(self.viewer, typed) if typed else None
        if typed and (found is None or found.kind != "report"):
            raise ValidationError(gettext("No report with this reference is here for you. Copy it from its page."))
        return found


def questions_context(viewer: Viewer | None, row: MissionRow, back: Back) -> dict[str, Any]:
    """The questions of a mission with their answers, and the forms that are open to the viewer."""
    mission = row.mission
    carried = team_questions(viewer, mission)
    if viewer is None or not (carried or mission.kind == Mission.Kind.SURGE):
        return {"carried": None}
    open_now = not row.over
    asks = open_now and may(viewer, "add_team_question").allowed
    of_team = viewer.on_desk or viewer.holds("programme") or any(one.seat_id == viewer.seat_id for one in row.members)
    answers = open_now and of_team and may(viewer, "answer_team_question").allowed
    listed = any(one.question.of_list_id for one in carried)
    return {
        "carried": [_drawn(one, viewer, back, asks=asks, answers=answers) for one in carried],
        "carried_done": sum(1 for one in carried if one.answer),
        "give_questions": asks and not listed,
        "more_form": back.get("more") or (OneMoreForm("more") if asks else None),
    }


def _drawn(one: Carried, viewer: Viewer, back: Back, *, asks: bool, answers: bool) -> dict[str, Any]:
    tell, drop = f"tell-{one.question.id}", f"drop-question-{one.question.id}"
    return {
        "one": one,
        "href": f"{reverse('desk')}?report={one.report.pk}" if one.report and viewer.on_desk else "",
        "tell": back.get(tell) or (AnswerForm(tell, viewer=viewer) if answers else None),
        "drop": back.get(drop) or (BecauseForm(drop) if asks and one.answer is None else None),
    }
