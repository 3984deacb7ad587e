"""A team sent after an attack carries the questions of the first 72 hours; each is answered by a report, or told why not."""

import json
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.models import Sheet
from vedette.handling.names import check_nobody_named
from vedette.handling.policy import require
from vedette.kit.errors import Missing, Refused
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.programme.actions import MissionDraft, ask_mission
from vedette.programme.actions.missions import places, standing_state
from vedette.programme.actions.teams import of_the_team
from vedette.programme.missions import OVER
from vedette.programme.models import Mission
from vedette.reporting.models import QuestionList, Report, TeamAnswer, TeamQuestion

FOLDER = Path(__file__).resolve().parent.parent / "lists"
FIRST_HOURS = "first-72-hours"
MOST = 200


def list_in_force(key: str = FIRST_HOURS) -> QuestionList:
    """The ready list of this key; what the house ships is written down when first needed, changed words as a next version."""
    content = json.loads((FOLDER / f"{key}.json").read_text(encoding="utf-8"))
    newest = QuestionList.objects.filter(key=key).order_by("-version").first()
    if newest is not None and newest.questions == content["questions"]:
        return newest
    version = newest.version + 1 if newest else 1
    words = {"title": content["title"], "questions": content["questions"]}
    return QuestionList.objects.get_or_create(key=key, version=version, defaults=words)[0]


@transaction.atomic
def send_surge(by: Viewer | None, *, draft: MissionDraft, basis: Sheet | None) -> Mission:
    """Enter a mission that follows an incident or a report; a surge carries its questions from the first minute."""
    mission = ask_mission(by, origin=Mission.Origin.INCIDENT, draft=draft, basis=basis)
    if mission.kind == Mission.Kind.SURGE:
        give_questions(by, mission=mission)
    return mission


@transaction.atomic
def give_questions(by: Viewer | None, *, mission: Mission) -> list[TeamQuestion]:
    """Give a team the questions of the first 72 hours, once."""
    viewer = require(by, "give_questions", mission.sheet)
    _going_on(mission)
    ready = list_in_force()
    rows = TeamQuestion.objects.as_house("a team is given its list once, whoever asks")
    if rows.filter(mission=mission, of_list__isnull=False).exists():
        raise Refused("mission", "It carries these questions already.", "Add what is missing as a question of its own.")
    begin = _last_number(mission) + 1
    made = TeamQuestion.objects.bulk_create(
        TeamQuestion(
            mission=mission, of_list=ready, number=begin + place, text=text, since=now(), by=viewer.seat_id
        )
        for place, text in enumerate(ready.questions)
    )  # fmt: skip
    record(viewer, "team.questions_given", [mission.pk, ready.id])
    announce("mission.asked", mission.pk)
    return list(made)


@transaction.atomic
def add_team_question(by: Viewer | None, *, mission: Mission, text: str, nobody: bool = False) -> TeamQuestion:
    """Ask this team one thing more; whoever reads the mission reads it, so it names nobody (`nobody`: looked at)."""
    viewer = require(by, "add_team_question", mission.sheet)
    _going_on(mission)
    words = clean_line("text", text, limit=300, required=True)
    check_nobody_named("text", words, places(mission), looked=nobody)
    rows = TeamQuestion.objects.as_house("how many a team carries is counted whoever asks")
    if rows.filter(mission=mission, until__isnull=True).count() >= MOST:
        raise Refused("text", f"A team carries at most {MOST} questions.", "Take off what matters less.")
    made: TeamQuestion = TeamQuestion.objects.create(
        mission=mission, number=_last_number(mission) + 1, text=words, since=now(), by=viewer.seat_id
    )
    record(viewer, "team.question_added", [mission.pk, made.id])
    announce("mission.asked", mission.pk)
    return made


@transaction.atomic
def drop_team_question(by: Viewer | None, *, question: TeamQuestion, because: str) -> TeamQuestion:
    """Take a question off a team with a reason; that it was asked is kept."""
    viewer = require(by, "drop_team_question", question.mission.sheet)
    reason = clean_line("because", because, limit=300, required=True)
    rows = TeamQuestion.objects.as_house("a question taken off is closed, never deleted")
    if not rows.filter(id=question.id, until__isnull=True).update(until=now(), because=reason):
        raise Refused("because", "It was taken off before.", "Nothing needs doing.")
    record(viewer, "team.question_dropped", [question.mission_id, question.id], reason)
    announce("mission.asked", question.mission_id)
    return question


@transaction.atomic
def answer_team_question(
    by: Viewer | None,
    *,
    question: TeamQuestion,
    report: Sheet | None = None,
    none_because: str = "",
    nobody: bool = False,
) -> TeamAnswer:
    """The team (or the desk for it) links the report that answers, or says why there is no answer; a newer one replaces it."""
    mission = question.mission
    viewer = require(by, "answer_team_question", mission.sheet)
    if not viewer.on_desk:
        viewer = of_the_team(viewer, mission)
    reason = clean_line("none_because", none_because, limit=300, required=report is None)
    check_nobody_named("none_because", reason, places(mission), looked=nobody)
    if report is not None and reason:
        raise Refused("none_because", "A question has an answer or none.", "Leave one of the two empty.")
    answering = None
    if report is not None:
        answering = Report.objects.seen_by(viewer).filter(pk=report.pk).first()
        if answering is None:
            raise Missing
    # Two answers at a moment wait for each other here.
    rows = TeamQuestion.objects.as_house("one answer of a question stands at a time").select_for_update(of=("self",))
    if not rows.filter(id=question.id, until__isnull=True).first():
        raise Refused("report", "This question was taken off.", "Nothing needs doing.")
    standing = TeamAnswer.objects.as_house("an answer that is replaced is closed, never overwritten")
    standing.filter(question=question, until__isnull=True).update(until=now())
    made: TeamAnswer = TeamAnswer.objects.create(
        question=question, report=answering, none_because=reason, since=now(), by=viewer.seat_id
    )
    record(viewer, "team.question_answered", [mission.pk, question.id, *([answering.pk] if answering else [])])
    announce("mission.answered", mission.pk)
    return made


def _going_on(mission: Mission) -> None:
    # Two who ask at a moment wait for each other here, and number what they ask one after the other.
    Mission.objects.as_house("its questions are numbered").select_for_update(of=("self",)).get(pk=mission.pk)
    if standing_state(mission).state in OVER:
        raise Refused("mission", "This mission is over.", "Ask a post instead.")


def _last_number(mission: Mission) -> int:
    rows = TeamQuestion.objects.as_house("questions of a team are numbered as they were asked")
    found: int | None = rows.filter(mission=mission).aggregate(last=Max("number"))["last"]
    return found or 0
