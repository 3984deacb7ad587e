"""Reads of teams' questions: of the missions the viewer may read, and of answers the reports he may read."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from vedette.agencies.viewer import Viewer
from vedette.kit.dated import in_force
from vedette.kit.errors import Missing
from vedette.programme.models import Mission
from vedette.reporting.models import Report, TeamAnswer, TeamQuestion


@dataclass(frozen=True)
class Carried:
    """A question with its answer; `report` is there only for whoever may read that report."""

    question: TeamQuestion
    answer: TeamAnswer | None = None
    report: Report | None = None


def team_questions(viewer: Viewer | None, mission: Mission) -> list[Carried]:
    """The questions a team carries, in the order they were asked; three database questions for any number."""
    return carried(viewer, [mission])[mission.pk]


def carried(viewer: Viewer | None, missions: Iterable[Mission]) -> dict[uuid.UUID, list[Carried]]:
    """The same of several missions in one go."""
    found: dict[uuid.UUID, list[Carried]] = {mission.pk: [] for mission in missions}
    rows = TeamQuestion.objects.seen_by(viewer).filter(in_force(), mission__in=list(found)).order_by("number")
    answers = {row.question_id: row for row in _answers(viewer, found)}
    told = {row.report_id for row in answers.values() if row.report_id}
    readable = {row.pk: row for row in Report.objects.seen_by(viewer).filter(pk__in=told).select_related("sheet")}
    for row in rows:
        answer = answers.get(row.id)
        report = readable.get(answer.report_id) if answer and answer.report_id else None
        found[row.mission_id].append(Carried(row, answer, report))
    return found


def access_team_question(viewer: Viewer | None, key: uuid.UUID) -> TeamQuestion:
    """A team's question on which a verb is about to act; Missing when there is nothing the viewer may see."""
    rows = TeamQuestion.objects.seen_by(viewer).select_related("mission__sheet")
    found: TeamQuestion | None = rows.filter(pk=key).first()
    if found is None:
        raise Missing
    return found


def answered(viewer: Viewer | None, missions: Iterable[uuid.UUID]) -> dict[uuid.UUID, tuple[int, int]]:
    """For each mission with questions that the viewer may read: how many are answered or told why not, of how many."""
    asked = TeamQuestion.objects.seen_by(viewer).filter(in_force(), mission__in=list(missions))
    counts: dict[uuid.UUID, tuple[int, int]] = {}
    done = {row.question_id for row in _answers(viewer, missions)}
    for key, mission in asked.values_list("id", "mission"):
        had, of = counts.get(mission, (0, 0))
        counts[mission] = (had + (key in done), of + 1)
    return counts


def _answers(viewer: Viewer | None, missions: Iterable[uuid.UUID]) -> list[TeamAnswer]:
    return list(TeamAnswer.objects.seen_by(viewer).filter(in_force(), question__mission__in=list(missions)))
