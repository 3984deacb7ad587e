"""Who pays for the programme, out of what, for what: funders, grants, rules, expenses, books that balance, claims, gifts."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import F, Q

from vedette.agencies.models import Agency
from vedette.handling.models import Derived, Governed
from vedette.kit.ids import new_id
from vedette.programme.models import Agreement, Clause, Mission, Post

OPEN = Q(until__isnull=True)


class Category(models.TextChoices):
    """What money is spent on."""

    PERSONNEL = "personnel", "personnel"
    LODGING = "lodging", "lodging"
    TRAVEL = "travel", "travel"
    OFFICE = "office", "office and phones"
    TRAINING = "training", "training"
    OTHER = "other", "other"


class Books(models.Model):
    """The one currency the books are kept in, and the month in which their year begins; one row."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    currency = models.CharField(max_length=3)
    year_begins = models.SmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="books_once"),
            models.CheckConstraint(condition=Q(year_begins__gte=1, year_begins__lte=12), name="books_month"),
        ]


class Rate(models.Model):
    """What one unit of a currency cost in that of the books on a day, and who says so; never changed, a better one is added."""

    id = models.UUIDField(primary_key=True, default=new_id)
    currency = models.CharField(max_length=3)
    day = models.DateField()
    rate = models.DecimalField(max_digits=18, decimal_places=8)
    source = models.CharField(max_length=200)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(rate__gt=0), name="rate_above_nothing")]
        indexes = [models.Index(fields=["currency", "-day", "-at"], name="rate_newest")]


class Funder(models.Model):
    """Who pays: the city, a foundation, a bureau, a host, another department."""

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.name


class Grant(models.Model):
    """Money a funder promised for a span of days, under an agreement where it is not the city's own."""

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.SlugField(max_length=40, unique=True)
    funder = models.ForeignKey(Funder, models.PROTECT, related_name="grants")
    title = models.CharField(max_length=200)
    agreement = models.ForeignKey(Agreement, models.PROTECT, null=True, related_name="grants")
    days = DateRangeField()
    by = models.UUIDField(null=True)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.title


class Ceiling(models.Model):
    """The most a grant pays for a category, in minor units of the books, dated."""

    id = models.UUIDField(primary_key=True, default=new_id)
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="ceilings")
    category = models.CharField(max_length=12, choices=Category.choices)
    amount = models.BigIntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.UUIDField(null=True)
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["grant", "category"], condition=OPEN, name="ceiling_current"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="ceiling_not_below_nothing"),
        ]


class PayerRule(models.Model):
    """For which work and which categories somebody may lawfully pay; tied to the clause that says so, dated."""

    class Work(models.TextChoices):
        POSTS = "posts", "liaison posts"
        BUREAU = "bureau", "missions that the bureau asked for"
        MISSIONS = "missions", "missions"
        SURGE = "surge", "the first 72 hours of a team sent after an attack"
        ALL = "all", "all work of the programme"

    id = models.UUIDField(primary_key=True, default=new_id)
    number = models.SmallIntegerField()
    title = models.CharField(max_length=200)
    work = models.CharField(max_length=10, choices=Work.choices)
    categories = ArrayField(models.CharField(max_length=12, choices=Category.choices))
    clause = models.ForeignKey(Clause, models.PROTECT, null=True, related_name="payer_rules")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="payer_rules")
    needs_order = models.BooleanField(default=False)
    text = models.CharField(max_length=400, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)
    by = models.UUIDField(null=True)
    because = models.CharField(max_length=300, blank=True)
    ended_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=OPEN, name="payer_rule_current"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="payer_rule_days_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"rule {self.number}, {self.title}"


class PayerShare(models.Model):
    """The part a funder bears under a rule, in ten-thousandths; all parts of a rule make a whole."""

    id = models.UUIDField(primary_key=True, default=new_id)
    rule = models.ForeignKey(PayerRule, models.PROTECT, related_name="shares")
    funder = models.ForeignKey(Funder, models.PROTECT, related_name="shares")
    part = models.SmallIntegerField(default=10_000)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule", "funder"], name="payer_share_once"),
            models.CheckConstraint(condition=Q(part__gte=1, part__lte=10_000), name="payer_share_part"),
        ]


class Expense(Governed):
    """One cost of one post or one mission; its receipt hangs on its sheet. What it was in the books' currency stays as it was.

    `item` is of a fixed list, so that a claim needs no free text; `note` never leaves the house. `receipt` is its digest.
    """

    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="expenses")
    mission = models.ForeignKey(Mission, models.PROTECT, null=True, related_name="expenses")
    item = models.CharField(max_length=16)
    category = models.CharField(max_length=12, choices=Category.choices)
    note = models.CharField(max_length=300, blank=True)
    day = models.DateField()
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    rate = models.DecimalField(max_digits=18, decimal_places=8)
    rate_day = models.DateField()
    base_amount = models.BigIntegerField()
    order_number = models.CharField(max_length=40, blank=True)
    receipt = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=False, mission__isnull=True) | Q(post__isnull=True, mission__isnull=False),
                name="expense_of_one_work",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0, base_amount__gt=0, rate__gt=0), name="expense_above_nothing"
            ),
        ]
        indexes = [
            models.Index(fields=["-day", "-sheet"], name="expense_newest"),
            models.Index(fields=["post", "-day"], name="expense_of_post"),
            models.Index(fields=["mission", "-day"], name="expense_of_mission"),
        ]


class ExpenseState(Derived):
    """Where an expense stands, dated: entered, approved, refused, reversed."""

    class State(models.TextChoices):
        ENTERED = "entered", "to settle"
        APPROVED = "approved", "approved"
        REFUSED = "refused", "refused"
        REVERSED = "reversed", "reversed"

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("expense__sheet__",)
    id = models.UUIDField(primary_key=True, default=new_id)
    expense = models.ForeignKey(Expense, models.PROTECT, related_name="states")
    state = models.CharField(max_length=10, choices=State.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.UUIDField(null=True)
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["expense"], condition=OPEN, name="expense_state_current")]
        indexes = [models.Index(fields=["state", "-since"], name="expense_state_open", condition=OPEN)]


class Allocation(Derived):
    """The part of an approved expense that a grant bears, under the rule that chose it; parts add up to the cent (trigger)."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("expense__sheet__",)
    id = models.UUIDField(primary_key=True, default=new_id)
    expense = models.ForeignKey(Expense, models.PROTECT, related_name="allocations")
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="allocations")
    rule = models.ForeignKey(PayerRule, models.PROTECT, related_name="allocations")
    category = models.CharField(max_length=12, choices=Category.choices)
    amount = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["expense", "grant"], name="allocation_once_a_grant"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="allocation_above_nothing"),
        ]
        indexes = [models.Index(fields=["grant", "category"], name="allocation_of_grant")]


class Entry(models.Model):
    """One happening in the books: its lines add up to nothing (trigger), and neither it nor they are ever changed (trigger)."""

    class Kind(models.TextChoices):
        EXPENSE = "expense", "expense"
        REVERSAL = "reversal", "reversal"
        CLAIM = "claim", "claim sent"
        PAYMENT = "payment", "payment received"
        GIFT = "gift", "gift in kind"
        WRITTEN_OFF = "off", "written off"
        RETURNED = "returned", "taken back to be claimed again"

    id = models.UUIDField(primary_key=True, default=new_id)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    subject = models.UUIDField()
    day = models.DateField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject"], name="entry_of_subject"),
            models.Index(fields=["day"], name="entry_day"),
        ]


class Line(models.Model):
    """A sum on one account in minor units of the books, above nothing for debit and below it for credit."""

    class Account(models.TextChoices):
        COST = "cost", "cost borne"
        CASH = "cash", "paid out and paid in"
        DUE = "due", "claimed and not yet paid"
        RECOVERED = "recovered", "recovered from the funder"
        GIVEN = "given", "given in kind"

    id = models.UUIDField(primary_key=True, default=new_id)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="lines")
    account = models.CharField(max_length=10, choices=Account.choices)
    grant = models.ForeignKey(Grant, models.PROTECT, null=True, related_name="lines")
    category = models.CharField(max_length=12, blank=True)
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="lines")
    mission = models.ForeignKey(Mission, models.PROTECT, null=True, related_name="lines")
    day = models.DateField()
    amount = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="line_not_nothing")]
        indexes = [
            models.Index(fields=["account", "day"], name="line_account_day"),
            models.Index(fields=["grant", "account", "category"], name="line_of_grant"),
        ]


class Claim(models.Model):
    """What is asked back of a funder for a span of days: its items are fixed when it is sent."""

    id = models.UUIDField(primary_key=True, default=new_id)
    reference = models.CharField(max_length=40, unique=True)
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="claims")
    days = DateRangeField()
    total = models.BigIntegerField()
    sent_at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(total__gt=0), name="claim_above_nothing")]


class ClaimItem(Derived):
    """One allocation in one claim, or the credit for one that was claimed and reversed; neither is ever in two claims.

    What a funder did not pay and what is claimed again stands in a later claim under its dispute, once.
    """

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("allocation__expense__sheet__",)
    id = models.UUIDField(primary_key=True, default=new_id)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="items")
    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="claimed_in")
    credit = models.BooleanField(default=False)
    dispute = models.OneToOneField("funding.Dispute", models.PROTECT, null=True, related_name="claimed_again")
    amount = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["allocation", "credit"], condition=Q(dispute__isnull=True), name="claim_item_once"
            )
        ]


class Payment(models.Model):
    """What a funder paid on a claim, on a day; a claim is settled when its payments make its total."""

    id = models.UUIDField(primary_key=True, default=new_id)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="payments")
    amount = models.BigIntegerField()
    day = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="payment_above_nothing")]


class Gift(models.Model):
    """Something given instead of money: a voucher, a desk, a flat; with its donor and its value, disclosed before it is used."""

    id = models.UUIDField(primary_key=True, default=new_id)
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="gifts")
    donor = models.CharField(max_length=200)
    foreign_government = models.BooleanField(default=False)
    what = models.CharField(max_length=300)
    category = models.CharField(max_length=12, choices=Category.choices)
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="gifts")
    mission = models.ForeignKey(Mission, models.PROTECT, null=True, related_name="gifts")
    day = models.DateField()
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    rate = models.DecimalField(max_digits=18, decimal_places=8)
    rate_day = models.DateField()
    base_amount = models.BigIntegerField()
    disclosed = models.DateField(null=True)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0, base_amount__gt=0), name="gift_above_nothing"),
            models.CheckConstraint(
                condition=Q(foreign_government=False) | Q(disclosed__isnull=False, disclosed__lte=F("day")),
                name="gift_disclosed_before_use",
            ),
        ]
