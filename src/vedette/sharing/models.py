"""Releases: what crosses a boundary. Paragraphs and what they rest on, recipients, deliveries, receipts, recalls, withdrawals."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from vedette.agencies.models import Agency, Seat, Unit
from vedette.handling.models import Derived, Governed, Sheet
from vedette.incidents.models import Incident
from vedette.kit.ids import new_id
from vedette.reporting.models import Request
from vedette.sharing.rule_models import StandingDraft, StandingRule

__all__ = [
    "CorrectionDue", "Delivery", "Paragraph", "Recall", "Receipt", "Recipient", "Release", "Reply", "Rest", "Sending",
    "StandingDraft", "StandingRule", "Withdrawal",
]  # fmt: skip
OPEN = Q(until__isnull=True)
ONE_OF_THREE = (
    Q(agency__isnull=False, unit__isnull=True, seat__isnull=True)
    | Q(agency__isnull=True, unit__isnull=False, seat__isnull=True)
    | Q(agency__isnull=True, unit__isnull=True, seat__isnull=False)
)


class Release(Governed):
    """A version for named recipients. Once signed nothing in it changes: it is corrected by another, or recalled."""

    class Version(models.TextChoices):
        POLICE = "police", "police version"
        FEDERAL = "federal", "federal version"
        SECTOR = "sector", "sector version"
        ORDER = "order", "order to our own"
        BULLETIN = "bulletin", "bulletin to our own"

    class Label(models.TextChoices):
        RED = "RED", "TLP:RED"
        STRICT = "AMBER+STRICT", "TLP:AMBER+STRICT"
        AMBER = "AMBER", "TLP:AMBER"
        GREEN = "GREEN", "TLP:GREEN"
        CLEAR = "CLEAR", "TLP:CLEAR"

    incident = models.ForeignKey(Incident, models.PROTECT, null=True, related_name="releases")
    together = models.UUIDField(default=new_id)
    version = models.CharField(max_length=10, choices=Version.choices)
    title = models.CharField(max_length=200)
    label = models.CharField(max_length=12, choices=Label.choices)
    codes = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    handling_text = models.CharField(max_length=500, blank=True)
    number = models.SmallIntegerField(default=1)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    because = models.CharField(max_length=300, blank=True)
    expires_at = models.DateTimeField(null=True)
    acknowledge_minutes = models.SmallIntegerField(default=15)
    drafted_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    facts_at = models.DateTimeField()
    signed_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    body = models.BinaryField(null=True)
    digest = models.BinaryField(null=True, max_length=32)
    jws = models.TextField(blank=True)
    # Written when it is signed: the standing rule under which the house drafted it.
    standing_rule = models.ForeignKey(StandingRule, models.PROTECT, null=True, related_name="releases")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, body__isnull=True, digest__isnull=True)
                | Q(signed_at__isnull=False, body__isnull=False, digest__isnull=False, signed_by__isnull=False),
                name="release_signed_whole",
            )
        ]
        indexes = [models.Index(fields=["incident", "-drafted_at"], name="release_of_incident")]

    def __str__(self) -> str:
        return self.title

    @property
    def inside(self) -> bool:
        """For our own commands only: agreements do not apply, delivery, receipts and recall do."""
        return self.version in (self.Version.ORDER, self.Version.BULLETIN)

    @property
    def tlp(self) -> str:
        """The label exactly as TLP 2.0 writes it."""
        return f"TLP:{self.label}"

    @property
    def signed(self) -> bool:
        """Whether it has left the desk."""
        return self.signed_at is not None


class Paragraph(Derived):
    """A part of a release: our own words on facts, or words a person typed; it can be cut before signing."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("release__sheet__",)

    class Origin(models.TextChoices):
        FACT = "fact", "drafted from facts"
        TYPED = "typed", "typed by a person"
        OWN = "own", "our own words"

    class State(models.TextChoices):
        KEPT = "kept", "kept"
        CUT = "cut", "cut"

    id = models.UUIDField(primary_key=True, default=new_id)
    release = models.ForeignKey(Release, models.PROTECT, related_name="paragraphs")
    position = models.SmallIntegerField()
    topic = models.CharField(max_length=24, blank=True)
    text = models.TextField()
    origin = models.CharField(max_length=6, choices=Origin.choices, default=Origin.FACT)
    state = models.CharField(max_length=6, choices=State.choices, default=State.KEPT)
    by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "position"], name="paragraph_once")]


class Rest(Derived):
    """A sheet that a paragraph rests on; shown only to who may read that sheet, so it never travels with the release."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("sheet__",)
    id = models.UUIDField(primary_key=True, default=new_id)
    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="rests")
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paragraph", "sheet"], name="rest_once")]
        indexes = [models.Index(fields=["sheet"], name="rest_of_sheet")]


class Recipient(Derived):
    """To whom a release is addressed: an agency, one of our units, or one seat."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("release__sheet__",)
    SHOWN_STRUCK: ClassVar[bool] = True
    id = models.UUIDField(primary_key=True, default=new_id)
    release = models.ForeignKey(Release, models.PROTECT, related_name="recipients")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ONE_OF_THREE, name="recipient_is_one"),
            models.UniqueConstraint(
                fields=["release", "agency", "unit", "seat"], nulls_distinct=False, name="recipient_once"
            ),
        ]


class Delivery(Derived):
    """One release to one recipient, by a channel, at a moment; append-only. What came of it stands in receipts."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("release__sheet__",)
    SHOWN_STRUCK: ClassVar[bool] = True
    id = models.UUIDField(primary_key=True, default=new_id)
    release = models.ForeignKey(Release, models.PROTECT, related_name="deliveries")
    recipient = models.OneToOneField(Recipient, models.PROTECT, related_name="delivery")
    channel = models.CharField(max_length=12, default="inbox")
    delivered_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)


class Sending(Derived):
    """What is on its way to many and how far it is; open until everyone has it or a recall stops it, so that it goes on after a fall."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("release__sheet__",)

    class What(models.TextChoices):
        RELEASE = "release", "the release itself"
        RECALL = "recall", "the note of its recall"
        DUE = "due", "the note of a correction due"
        SUPERSEDED = "superseded", "the end of its clocks, because a correction takes its place"

    class End(models.TextChoices):
        SENT = "sent", "everyone has it"
        STOPPED = "stopped", "stopped by a recall"

    id = models.UUIDField(primary_key=True, default=new_id)
    release = models.ForeignKey(Release, models.PROTECT, related_name="sendings")
    what = models.CharField(max_length=12, choices=What.choices)
    whole = models.IntegerField()
    sent = models.IntegerField(default=0)
    # The last one served: recipients (of a note: deliveries) are served in the order of their ids.
    after = models.UUIDField(null=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    ended = models.CharField(max_length=8, choices=End.choices, blank=True)
    # A batch that failed is tried again at this real time; of the error its kind alone is kept, no text.
    attempts = models.SmallIntegerField(default=0)
    try_after = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "what"], condition=OPEN, name="sending_current"),
            models.CheckConstraint(condition=OPEN ^ ~Q(ended=""), name="sending_ended_whole"),
        ]
        indexes = [models.Index(fields=["since"], name="sending_open", condition=OPEN)]


class Receipt(Derived):
    """What a recipient did with a delivery, and when; append-only, each said once by a seat."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("delivery__release__sheet__",)
    SHOWN_STRUCK: ClassVar[bool] = True

    class Kind(models.TextChoices):
        OPENED = "opened", "opened"
        ACKNOWLEDGED = "acknowledged", "acknowledged"
        ACTED = "acted", "acted"
        ASKED = "asked", "asked"
        FEEDBACK = "feedback", "gave feedback"
        TOLD = "told", "took note of the change"

    id = models.UUIDField(primary_key=True, default=new_id)
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="receipts")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(blank=True)
    request = models.ForeignKey(Sheet, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["delivery", "kind", "seat"],
                condition=Q(kind__in=("opened", "acknowledged", "acted")),
                name="receipt_once",
            )
        ]
        indexes = [models.Index(fields=["delivery", "kind", "at"], name="receipt_of_delivery")]


class Reply(Derived):
    """The release by which a question that another agency lodged was answered; append-only, it holds no word."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("request__sheet__",)
    id = models.UUIDField(primary_key=True, default=new_id)
    request = models.OneToOneField(Request, models.PROTECT, related_name="reply")
    release = models.ForeignKey(Release, models.PROTECT, related_name="replies")
    at = models.DateTimeField()
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")


class Recall(Derived):
    """A signed release taken back, why, by whom; append-only. `by_correction`: another version took its place."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("release__sheet__",)
    SHOWN_STRUCK: ClassVar[bool] = True
    id = models.UUIDField(primary_key=True, default=new_id)
    release = models.OneToOneField(Release, models.PROTECT, related_name="recall")
    because = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    by_correction = models.BooleanField(default=False)


class Withdrawal(Derived):
    """A report taken back as wrong, why, and what replaces it; append-only."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("report__",)
    SHOWN_STRUCK: ClassVar[bool] = True
    id = models.UUIDField(primary_key=True, default=new_id)
    report = models.OneToOneField(Sheet, models.PROTECT, related_name="withdrawal")
    because = models.CharField(max_length=300)
    replaced_by = models.ForeignKey(Sheet, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")


class CorrectionDue(Derived):
    """A release of which one basis was withdrawn while others hold: everyone it reached is told; dated until settled."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("release__sheet__",)
    id = models.UUIDField(primary_key=True, default=new_id)
    release = models.ForeignKey(Release, models.PROTECT, related_name="corrections_due")
    report = models.ForeignKey(Sheet, models.PROTECT, related_name="+")
    because = models.CharField(max_length=300)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "report"], condition=OPEN, name="correction_due_current")
        ]
