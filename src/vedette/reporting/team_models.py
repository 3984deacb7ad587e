"""What a team sent after an attack is to find out, and what it found."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from vedette.handling.models import Derived
from vedette.kit.ids import new_id
from vedette.programme.models import Mission

OPEN = Q(until__isnull=True)


class TeamQuestion(Derived):
    """One question that a team carries: of a ready list, or asked for this mission; dated."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("mission__sheet__",)
    id = models.UUIDField(primary_key=True, default=new_id)
    mission = models.ForeignKey(Mission, models.PROTECT, related_name="team_questions")
    of_list = models.ForeignKey("reporting.QuestionList", models.PROTECT, null=True, related_name="+")
    number = models.SmallIntegerField()
    text = models.CharField(max_length=300)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.UUIDField(null=True)
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mission", "number"], name="team_question_number"),
        ]


class TeamAnswer(Derived):
    """A report that answers a question, or why it has no answer; dated, the newest stands.

    The report has a sheet of its own: whoever may not read that one learns only that an answer is there.
    """

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("question__mission__sheet__",)
    id = models.UUIDField(primary_key=True, default=new_id)
    question = models.ForeignKey(TeamQuestion, models.PROTECT, related_name="answers")
    report = models.ForeignKey("reporting.Report", models.PROTECT, null=True, related_name="answers_to_teams")
    none_because = models.CharField(max_length=300, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question"], condition=OPEN, name="team_answer_current"),
            models.CheckConstraint(
                condition=Q(report__isnull=False, none_because="") | (Q(report__isnull=True) & ~Q(none_because="")),
                name="team_answer_or_reason",
            ),
        ]
