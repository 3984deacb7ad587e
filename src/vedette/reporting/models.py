"""Reports and their versions, claims and grades, sources, what was received, and requests."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from vedette.agencies.models import Agency, Seat, Unit
from vedette.handling.models import Derived, Governed, Sheet
from vedette.kit.ids import new_id
from vedette.programme.models import Post
from vedette.reporting.place_models import Placing
from vedette.reporting.team_models import TeamAnswer, TeamQuestion

__all__ = [
    "Claim", "Grade", "NameMark", "Nexus", "NexusAnswer", "Placing", "QuestionList", "Reading", "Received", "Report", "Request",
    "RequestState", "Rooting", "Scheme", "Source", "TeamAnswer", "TeamQuestion", "Version",
]  # fmt: skip
OPEN = Q(until__isnull=True)


class Nexus(models.TextChoices):
    """The question asked of every host about every event: is there a link to our city?"""

    NONE = "none-known", "none known"
    POSSIBLE = "possible", "possible"
    CONFIRMED = "confirmed", "confirmed"


class Scheme(models.TextChoices):
    """The native grading scheme; kept as given, a crosswalk is only shown."""

    NATO = "NATO", "NATO A-F / 1-6"
    EU = "EU", "EU 4x4"
    UK = "UK", "UK 3x5x2"


class Source(models.Model):
    """Where a report has it from, and what that goes back to; an unknown root counts as the same root."""

    id = models.UUIDField(primary_key=True, default=new_id)
    post = models.ForeignKey(Post, models.PROTECT, related_name="sources")
    label = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    root = models.ForeignKey("self", models.PROTECT, null=True, related_name="echoes")
    root_known = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "label", "kind"], name="source_once")]

    def __str__(self) -> str:
        return self.label


class Rooting(models.Model):
    """What a source was said to go back to, dated; the newest equals the source's own columns, and before the first nobody knew."""

    id = models.UUIDField(primary_key=True, default=new_id)
    source = models.ForeignKey(Source, models.PROTECT, related_name="rootings")
    root = models.ForeignKey(Source, models.PROTECT, null=True, related_name="+")
    known = models.BooleanField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source"], condition=OPEN, name="rooting_current")]


class Report(Governed):
    """What an officer files. Never edited: a new version amends it."""

    class Kind(models.TextChoices):
        FLASH = "flash", "flash"
        SPOT = "spot", "spot"
        SITUATION = "situation", "situation"
        ASSESSMENT = "assessment", "assessment"
        REQUEST = "request", "request"
        ANSWER = "answer", "answer"

    class Precision(models.TextChoices):
        MINUTE = "minute", "to the minute"
        HOUR = "hour", "to the hour"
        DAY = "day", "to the day"

    post = models.ForeignKey(Post, models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    client_id = models.UUIDField(unique=True)
    client_digest = models.BinaryField(max_length=32)
    happened_at = models.DateTimeField(null=True)
    happened_precision = models.CharField(max_length=8, choices=Precision.choices, default=Precision.MINUTE)
    happened_approximate = models.BooleanField(default=False)
    observed_at = models.DateTimeField()
    observed_zone = models.CharField(max_length=60)
    place_name = models.CharField(max_length=200, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    precision_m = models.IntegerField(null=True)
    nexus = models.CharField(max_length=12, choices=Nexus.choices, default=Nexus.NONE)
    nexus_note = models.CharField(max_length=500, blank=True)
    nexus_asked = models.CharField(max_length=200, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="reports")
    phoned_to = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    for_officer = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(lat__isnull=True) | Q(lat__range=(-90, 90)), name="report_lat"),
            models.CheckConstraint(condition=Q(lon__isnull=True) | Q(lon__range=(-180, 180)), name="report_lon"),
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True) | Q(lat__isnull=False, lon__isnull=False),
                name="report_both_coordinates",
            ),
        ]


class Version(Derived):
    """One wording of a report, append-only: text, its language, the officer's own English."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("report__sheet__",)
    id = models.UUIDField(primary_key=True, default=new_id)
    report = models.ForeignKey(Report, models.PROTECT, related_name="versions")
    number = models.SmallIntegerField()
    text = models.TextField()
    language = models.CharField(max_length=12, default="en")
    gloss = models.TextField(blank=True)
    by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="version_once")]


class Claim(Derived):
    """One statement in a report: subject, kind, value, place, time. It takes the report's grade until someone grades it."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("report__sheet__",)
    id = models.UUIDField(primary_key=True, default=new_id)
    report = models.ForeignKey(Report, models.PROTECT, related_name="claims")
    subject = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=24)
    value = models.CharField(max_length=300)
    number = models.IntegerField(null=True)
    qualifier = models.CharField(max_length=24, blank=True)
    place_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(null=True)
    quote = models.CharField(max_length=500, blank=True)
    made_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["report", "kind"], name="claim_of_report")]


class Grade(Derived):
    """Reliability of the source and credibility of the information, graded apart; of a whole report or of one claim; dated."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("report__sheet__",)
    id = models.UUIDField(primary_key=True, default=new_id)
    report = models.ForeignKey(Report, models.PROTECT, related_name="grades")
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, related_name="grades")
    scheme = models.CharField(max_length=4, choices=Scheme.choices, default=Scheme.NATO)
    reliability = models.CharField(max_length=1)
    credibility = models.CharField(max_length=1)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=OPEN & Q(claim__isnull=True), name="grade_of_report_current"
            ),
            models.UniqueConstraint(
                fields=["claim"], condition=OPEN & Q(claim__isnull=False), name="grade_of_claim_current"
            ),
        ]


class NexusAnswer(Derived):
    """An answer to "is there a link to our city?": who was asked, when, what they said; dated, the newest stands."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("report__sheet__",)
    id = models.UUIDField(primary_key=True, default=new_id)
    report = models.ForeignKey(Report, models.PROTECT, related_name="nexus_answers")
    status = models.CharField(max_length=12, choices=Nexus.choices)
    note = models.CharField(max_length=500, blank=True)
    asked = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField(null=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report"], condition=OPEN, name="nexus_answer_current")]


class Reading(Derived):
    """The receipt back to the officer: who first opened the report at the desk, in which role, when."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("report__sheet__",)
    id = models.UUIDField(primary_key=True, default=new_id)
    report = models.ForeignKey(Report, models.PROTECT, related_name="readings")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    role = models.CharField(max_length=16)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "seat"], name="reading_once")]


class Received(Governed):
    """What another agency sent or said, filed by a clerk: the evidence for who told us, and when."""

    class Channel(models.TextChoices):
        BULLETIN = "bulletin", "bulletin"
        CALL = "call", "call"
        BRIEFING = "briefing", "briefing"
        PRESS = "press", "press"
        FEDERAL = "federal", "federal channel"
        PARTNER = "partner", "partner channel"
        SOCIAL = "social-media", "social media"
        OTHER = "other", "other"

    sender = models.CharField(max_length=200)
    sender_agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=12, choices=Channel.choices)
    received_at = models.DateTimeField()
    approximate = models.BooleanField(default=False)
    label = models.CharField(max_length=40, blank=True)
    text = models.TextField(blank=True)
    about = models.ForeignKey(Sheet, models.PROTECT, null=True, related_name="+")


class Request(Governed):
    """A question with a clock, to a post; refused only with a reason."""

    class Urgency(models.TextChoices):
        URGENT_DIRECT = "8h", "urgent, directly accessible: 8 hours"
        URGENT = "3d", "urgent: 3 days"
        NORMAL = "7d", "all else: 7 days"

    class State(models.TextChoices):
        ASKED = "asked", "asked"
        ROUTED = "routed", "with the post"
        TAKEN = "taken", "in hand at the desk"
        ANSWERED = "answered", "answered"
        REFUSED = "refused", "refused"
        THANKED = "thanked", "thanked"

    to_post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="requests")
    from_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    question = models.TextField()
    why = models.TextField()
    where = models.CharField(max_length=200, blank=True)
    urgency = models.CharField(max_length=2, choices=Urgency.choices, default=Urgency.NORMAL)
    due_at = models.DateTimeField()
    answer = models.ForeignKey(Report, models.PROTECT, null=True, related_name="answers_to")


class RequestState(Derived):
    """Where a request stands, dated."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("request__sheet__",)
    id = models.UUIDField(primary_key=True, default=new_id)
    request = models.ForeignKey(Request, models.PROTECT, related_name="states")
    state = models.CharField(max_length=10, choices=Request.State.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    because = models.CharField(max_length=500, blank=True)
    reason_code = models.CharField(max_length=24, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request"], condition=OPEN, name="request_state_current")]


class NameMark(Derived):
    """A passage of a report that names a person: spotted by the house or marked by a person; it holds releases back."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("report__sheet__",)

    class State(models.TextChoices):
        SPOTTED = "spotted", "spotted, not yet looked at"
        CONFIRMED = "confirmed", "names a person"
        CLEARED = "cleared", "does not name a person"

    id = models.UUIDField(primary_key=True, default=new_id)
    report = models.ForeignKey(Report, models.PROTECT, related_name="name_marks")
    text = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State.choices)
    reason = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "text"], condition=OPEN, name="name_mark_current")]


class QuestionList(models.Model):
    """A ready list of questions, such as the first 72 hours after an attack; data, versioned."""

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.SlugField(max_length=40)
    version = models.SmallIntegerField()
    title = models.CharField(max_length=200)
    questions = ArrayField(models.CharField(max_length=300))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="question_list_once")]
