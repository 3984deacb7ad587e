"""Reads of posts, postings, contacts and agreements, and the gate that releases ask."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Prefetch, Q

from vedette.agencies.models import Agency, Role, Seat
from vedette.agencies.viewer import Viewer
from vedette.handling.policy import readable
from vedette.kit.statements import fetch
from vedette.kit.time import now
from vedette.programme.gate import LABELS, Effect, Gate, GateAnswer, Holding, Wants, decide
from vedette.programme.models import (
    Agreement,
    AgreementChange,
    AgreementReview,
    Clause,
    Contact,
    ContactCard,
    HostCaveat,
    Meeting,
    Post,
    PostCover,
    Posting,
)
from vedette.programme.rota import YEAR_DAYS, Coverage, Wanted, coverage_of
from vedette.programme.standing import near, stands_at, then_and_now

WARN_DAYS = (90, 30, 7)


# Asked for every report (bench B10).
POST = [field.attname for field in Post._meta.concrete_fields]
POSTED = " ".join(
    (
        "SELECT",
        ", ".join(f"post.{name}" for name in POST),
        """, posting.days FROM programme_post AS post JOIN programme_posting AS posting ON posting.post_id = post.id
        WHERE posting.seat_id = %(seat)s AND posting.days && %(days)s::daterange
        ORDER BY posting.days""",
    )
)


def post_of_seat(seat_id: uuid.UUID, at: datetime.datetime | None = None) -> Post | None:
    """The post at which a seat is posted at a moment (now), by the day there."""
    # The database holds that a seat is posted at one place at a time.
    moment = at or now()
    found = [
        (Post.from_db("default", POST, row[:-1]), row[-1])
        for row in fetch(POSTED, {"seat": seat_id, "days": near(moment)})
    ]
    return stands_at(moment, ((post, post.zone, days) for post, days in found))


def posts_stood(seat_id: uuid.UUID, written_at: datetime.datetime | None) -> list[Post]:
    """For what a seat may have written before today: the post where it stood then, before the one where it stands now."""
    found = [post_of_seat(seat_id, at) for at in then_and_now(written_at)]
    return [post for post in found if post is not None]


def postings_now(at: datetime.datetime | None = None) -> list[Posting]:
    """Who stands where at a moment (now), by the day at each place: at most one posting of each seat, by city and seat."""
    moment = at or now()
    rows = Posting.objects.filter(days__overlap=near(moment)).select_related("seat__agency", "post").order_by("days")
    of_seat: dict[uuid.UUID, list[Posting]] = defaultdict(list)
    for row in rows:
        of_seat[row.seat_id].append(row)
    found = (stands_at(moment, ((row, row.post.zone, row.days) for row in mine)) for mine in of_seat.values())
    return sorted((row for row in found if row), key=lambda row: (row.post.city, row.seat.label))


def posts() -> list[Post]:
    """Every open post by city."""
    return list(Post.objects.exclude(status=Post.Status.CLOSED).select_related("host").order_by("city", "key"))


def post_by_key(key: str) -> Post | None:
    """The post with this key, closed ones too."""
    return Post.objects.select_related("host").filter(key=key).first()


def closed_posts() -> list[Post]:
    """The posts that were closed, by city."""
    return list(Post.objects.filter(status=Post.Status.CLOSED).select_related("host").order_by("city", "key"))


def postings_of(post: Post) -> list[Posting]:
    """Every posting at a post, the newest first."""
    return list(Posting.objects.filter(post=post).select_related("seat").order_by("-days"))


def posting_by_id(post: Post, posting_id: uuid.UUID) -> Posting | None:
    """One posting of this post."""
    return Posting.objects.filter(post=post, id=posting_id).select_related("seat", "post").first()


def coverage(span: int = YEAR_DAYS) -> list[Coverage]:
    """How each open post is covered from today on; three questions, whatever their number."""
    today = now().date()
    rows: dict[uuid.UUID, list[Posting]] = defaultdict(list)
    from_today = Q(days__endswith__isnull=True) | Q(days__endswith__gt=today)
    for row in Posting.objects.filter(from_today).select_related("seat"):
        rows[row.post_id].append(row)
    rules = {row.post_id: row for row in PostCover.objects.filter(until__isnull=True)}
    return [coverage_of(post, rows[post.id], today, span, _wanted(rules.get(post.id))) for post in posts()]


def coverage_of_post(post: Post, span: int = YEAR_DAYS) -> Coverage:
    """How one post is covered from today on."""
    rows = Posting.objects.filter(post=post).select_related("seat")
    rule = PostCover.objects.filter(post=post, until__isnull=True).first()
    return coverage_of(post, rows, now().date(), span, _wanted(rule))


def _wanted(rule: PostCover | None) -> Wanted:
    return Wanted(rule.officers, rule.handover_days) if rule else Wanted()


def covers_of(post: Post) -> list[PostCover]:
    """What the rule of a post was and when, the newest first."""
    return list(PostCover.objects.filter(post=post).order_by("-since"))


def officers() -> list[Seat]:
    """The liaison officers of the home agency whose seats are in force."""
    rows = Seat.objects.filter(
        agency__kind=Agency.Kind.HOME, roles__contains=[Role.OFFICER], until__isnull=True, suspended_at__isnull=True
    )
    return list(rows.order_by("label"))


def hosts() -> list[Agency]:
    """The agencies that may be host of a post."""
    return list(Agency.objects.exclude(kind=Agency.Kind.HOME).order_by("kind", "name"))


def caveats_in_force() -> dict[uuid.UUID, int]:
    """How many rules of its host each post has, by post."""
    rows = HostCaveat.objects.filter(until__isnull=True).values("post").annotate(n=Count("id"))
    return {row["post"]: row["n"] for row in rows}


def caveats_of(post: Post) -> list[HostCaveat]:
    """Every rule of a post's host, those in force first, then the ended ones."""
    rows = HostCaveat.objects.filter(post=post).order_by("since")
    return sorted(rows, key=lambda row: row.until is not None)


@dataclass(frozen=True)
class ContactRow:
    """A contact with his card in force (None once ended), his older cards, and what was said with him."""

    contact: Contact
    card: ContactCard | None
    older: list[ContactCard] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)

    @property
    def last(self) -> ContactCard | None:
        """The card in force, or the last one that was."""
        return self.card or (self.older[0] if self.older else None)

    @property
    def spoken_at(self) -> datetime.datetime | None:
        """When somebody last spoke with him, of the meetings the viewer may see."""
        return self.meetings[0].met_at if self.meetings else None


def contacts(viewer: Viewer | None, post: Post | None = None) -> list[ContactRow]:
    """The contacts the viewer may see (of one post), those in force first; the same three questions for 1 and 50."""
    rows = Contact.objects.seen_by(viewer).select_related("sheet__access_class", "post")
    rows = rows.filter(post=post) if post else rows
    found = {row.pk: row for row in rows.order_by("post__city", "sheet__filed_at")}
    cards, said = defaultdict(list), defaultdict(list)
    for card in ContactCard.objects.seen_by(viewer).filter(contact__in=found).order_by("-since"):
        cards[card.contact_id].append(card)
    for meeting in meetings(viewer, found):
        said[meeting.contact_id].append(meeting)
    # Without a card that may be read there is nothing to show but that somebody is there.
    listed = [_contact_row(row, cards[key], said[key]) for key, row in found.items() if cards[key]]
    return sorted(listed, key=lambda row: row.card is None)


def meetings(viewer: Viewer | None, of: Iterable[uuid.UUID]) -> list[Meeting]:
    """What was said with these contacts, of what the viewer may read, the newest first."""
    rows = Meeting.objects.seen_by(viewer).filter(readable(viewer, "sheet__"), contact__in=list(of))
    return list(rows.select_related("sheet__author", "sheet__access_class").order_by("-met_at"))


def _contact_row(contact: Contact, cards: list[ContactCard], meetings: list[Meeting]) -> ContactRow:
    standing = next((card for card in cards if card.until is None), None)
    return ContactRow(contact, standing, [card for card in cards if card is not standing], meetings)


def contact_by_id(viewer: Viewer | None, post: Post, contact_id: uuid.UUID) -> Contact | None:
    """One contact of this post, if the viewer may see it."""
    rows = Contact.objects.seen_by(viewer).filter(post=post, pk=contact_id)
    found: Contact | None = rows.select_related("sheet__access_class", "post__host").first()
    return found


def meeting_by_id(viewer: Viewer | None, post: Post, key: uuid.UUID) -> Meeting | None:
    """One meeting at this post, if the viewer may read it."""
    rows = Meeting.objects.seen_by(viewer).filter(readable(viewer, "sheet__"), contact__post=post, pk=key)
    found: Meeting | None = rows.select_related("sheet__access_class", "contact__post").first()
    return found


# Agreements


@dataclass(frozen=True)
class AgreementRow:
    """An agreement as a list shows it on a day: how it stands, what is left, when it is to be read, what it shares."""

    holding: Holding
    state: str
    days_left: int | None
    review_due: datetime.date
    review_days: int
    locked: bool
    clauses: list[Clause]

    @property
    def agreement(self) -> Agreement:
        """The agreement itself."""
        return self.holding.agreement

    @property
    def warning(self) -> int | None:
        """The narrowest of 90, 30 or 7 days within which it expires; None when it is far off or not in force."""
        if self.days_left is None or self.state != "in-force":
            return None
        within = [days for days in WARN_DAYS if self.days_left <= days]
        return min(within) if within else None

    @property
    def review_warning(self) -> int | None:
        """The narrowest of 90, 30 or 7 days within which it is to be read again; None when it is late or far off."""
        if self.state != "in-force" or self.review_days < 0:
            return None
        within = [days for days in WARN_DAYS if self.review_days <= days]
        return min(within) if within else None

    @property
    def review_late(self) -> bool:
        """Whether its reading is overdue."""
        return self.state == "in-force" and self.review_days < 0

    @property
    def shares(self) -> str:
        """The narrowest label up to which it lets reports go; empty when it lets none go."""
        open_to = [
            row.up_to or "CLEAR" for row in self.clauses if row.gate == Gate.SHARE and row.effect != Effect.FORBIDS
        ]
        return max(open_to, key=LABELS.index) if open_to and self.state == "in-force" else ""


def agreement_row(holding: Holding, at: datetime.datetime) -> AgreementRow:
    """How one agreement stands at a moment."""
    on = at.date()
    ends = holding.agreement.expires
    due = holding.next_review(on)
    left = (ends - on).days if ends and holding.state(on) == "in-force" else None
    return AgreementRow(
        holding, holding.state(on), left, due, (due - on).days, holding.locked(on), holding.standing(at)
    )


def caveat_by_id(post: Post, caveat_id: uuid.UUID) -> HostCaveat | None:
    """One rule of this post's host."""
    return HostCaveat.objects.filter(post=post, id=caveat_id).first()


def agreements(at: datetime.datetime | None = None) -> list[AgreementRow]:
    """Every agreement, those in force first, by partner; three questions, whatever their number."""
    moment = at or now()
    order = {"in-force": 0, "unsigned": 1, "expired": 2, "ended": 3}
    rows = [agreement_row(one, moment) for one in holdings()]
    return sorted(rows, key=lambda row: (order[row.state], row.agreement.partner.name, _signed(row)))


def _signed(row: AgreementRow) -> datetime.date:
    """The day of signing; a draft comes last."""
    return row.agreement.signed or datetime.date.max


def _reach(row: AgreementRow) -> tuple[int, datetime.date]:
    return LABELS.index(row.shares) if row.shares else -1, _signed(row)


def holdings(partners: Iterable[uuid.UUID] | None = None) -> list[Holding]:
    """Agreements with all their clauses and readings; of these partners only, when given."""
    rows = Agreement.objects.select_related("partner").prefetch_related(
        Prefetch("clauses", Clause.objects.order_by("number", "-since")),
        Prefetch("reviews", AgreementReview.objects.order_by("due")),
    )
    if partners is not None:
        rows = rows.filter(partner__in=list(partners))
    return [Holding(row, tuple(row.clauses.all()), tuple(row.reviews.all())) for row in rows]


def holding_by_key(key: str) -> Holding | None:
    """One agreement by its key."""
    return next((one for one in holdings() if one.agreement.key == key), None)


def changes_of(agreement: Agreement) -> list[AgreementChange]:
    """What was written of an agreement and when, the newest first."""
    return list(AgreementChange.objects.filter(agreement=agreement).order_by("-since"))


def clause_by_id(agreement: Agreement, clause_id: uuid.UUID) -> Clause | None:
    """One clause of this agreement."""
    return Clause.objects.filter(agreement=agreement, id=clause_id).first()


def partners_without() -> list[Agency]:
    """The partners with whom no agreement is in force today: nothing may be released to them."""
    at = now()
    held = {one.agreement.partner_id for one in holdings() if one.state(at.date()) == "in-force"}
    return [agency for agency in hosts() if agency.id not in held]


def agreement_between(agency_id: uuid.UUID, at: datetime.datetime) -> Agreement | None:
    """The agreement in force with an agency at a moment: of several the one that shares furthest, then the newest."""
    rows = [agreement_row(one, at) for one in holdings([agency_id]) if one.state(at.date()) == "in-force"]
    ranked = sorted(rows, key=_reach)
    return ranked[-1].agreement if ranked else None


def release_gate(recipient_agency: Agency, at: datetime.datetime, wants: Wants) -> GateAnswer:
    """The lock that every release asks for each agency: may this go to it now, under which clause, else why not."""
    return decide(recipient_agency, holdings([recipient_agency.id]), at, wants)
