"""What an officer says of himself, what the manager confirms, when he is away, what he is honoured for."""

import datetime
import uuid
from decimal import Decimal

from django.db import transaction

from vedette.agencies.models import Person
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.policy import require
from vedette.kit.errors import Forbidden, Refused
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.programme.models import Away, Honour, Qualification
from vedette.programme.rota import days_words
from vedette.programme.scales import ilr, span

Kind = Qualification.Kind


@transaction.atomic
def state_qualification(
    by: Viewer | None,
    *,
    person: Person,
    kind: str,
    name: str,
    level: Decimal | float | str | None = None,
    tested: datetime.date | None = None,
    expires: datetime.date | None = None,
    note: str = "",
) -> Qualification:
    """Write down what an officer can do; said by himself it waits for the manager, and a new word closes the one before."""
    viewer = himself_or_manager(require(by, "state_qualification"), person.id)
    if kind not in Kind.values:
        raise Refused("kind", "Say what it is.", "Choose one of the kinds.")
    _check_days(tested, expires)
    label = clean_line("name", name, limit=80, required=True)
    words = clean_line("note", note, limit=300)
    scale = ilr("level", level) if kind == Kind.LANGUAGE else None
    moment, himself = now(), viewer.person_id == person.id
    standing = Qualification.objects.filter(person=person, kind=kind, name__iexact=label, until__isnull=True)
    standing.update(until=moment, because="written down anew")
    made = Qualification.objects.create(
        person=person, kind=kind, name=label, level=scale, tested=tested, expires=expires, note=words,
        since=moment, by=viewer.seat_id,
        confirmed_by=None if himself else viewer.seat_id, confirmed_at=None if himself else moment,
    )  # fmt: skip
    record(viewer, "qualification.stated", [made.id, person.id])
    announce("officer.set", person.id)
    return made


def _check_days(tested: datetime.date | None, expires: datetime.date | None) -> None:
    if tested is not None and tested > now().date():
        raise Refused("tested", "This day is still to come.", "Write a test down when it has been taken.")
    if tested is not None and expires is not None and expires < tested:
        raise Refused("expires", "It would expire before it was tested.", "Give the days in their order.")


@transaction.atomic
def confirm_qualification(by: Viewer | None, *, qualification: Qualification) -> Qualification:
    """The manager has seen the proof: from now on it counts. Nobody confirms what he said of himself."""
    viewer = require(by, "confirm_qualification")
    row = Qualification.objects.select_for_update().get(id=qualification.id)
    if row.person_id == viewer.person_id:
        raise Forbidden("Nobody confirms what he said of himself.", "Ask another manager.")
    if row.until is not None or row.confirmed_at is not None:
        raise Refused("qualification", "It was confirmed or ended before.", "Nothing needs doing.")
    row.confirmed_by, row.confirmed_at = viewer.seat_id, now()
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    record(viewer, "qualification.confirmed", [row.id, row.person_id])
    announce("officer.set", row.person_id)
    return row


@transaction.atomic
def end_qualification(by: Viewer | None, *, qualification: Qualification, because: str) -> Qualification:
    """It holds no longer, for a reason; it stays written down as it was."""
    viewer = himself_or_manager(require(by, "end_qualification"), qualification.person_id)
    reason = clean_line("because", because, limit=300, required=True)
    standing = Qualification.objects.filter(id=qualification.id, until__isnull=True)
    if not standing.update(until=now(), because=reason):
        raise Refused("because", "It was ended before.", "Nothing needs doing.")
    record(viewer, "qualification.ended", [qualification.id, qualification.person_id], reason)
    announce("officer.set", qualification.person_id)
    qualification.refresh_from_db()
    return qualification


@transaction.atomic
def set_away(
    by: Viewer | None, *, person: Person, kind: str, first: datetime.date, last: datetime.date, note: str = ""
) -> Away:
    """Days on which an officer cannot travel; two of one kind never overlap."""
    viewer = himself_or_manager(require(by, "set_away"), person.id)
    if kind not in Away.Kind.values:
        raise Refused("kind", "Say why he is away.", "Choose leave, limit or duty elsewhere.")
    days = span("last", first, last)
    words = clean_line("note", note, limit=300)
    # Two entered at the same moment wait for each other here; the database holds the rule besides.
    Person.objects.select_for_update().get(id=person.id)
    other = Away.objects.filter(person=person, kind=kind, until__isnull=True, days__overlap=days).first()
    if other is not None:
        raise Refused(
            "first",
            f"It overlaps what is written down {days_words(other.days)}.",
            "End that entry first, or choose other days.",
        )
    made = Away.objects.create(person=person, kind=kind, days=days, note=words, since=now(), by=viewer.seat_id)
    record(viewer, "away.set", [made.id, person.id])
    announce("officer.set", person.id)
    return made


@transaction.atomic
def end_away(by: Viewer | None, *, away: Away, because: str) -> Away:
    """These days are free again, for a reason."""
    viewer = himself_or_manager(require(by, "end_away"), away.person_id)
    reason = clean_line("because", because, limit=300, required=True)
    if not Away.objects.filter(id=away.id, until__isnull=True).update(until=now(), because=reason):
        raise Refused("because", "It was ended before.", "Nothing needs doing.")
    record(viewer, "away.ended", [away.id, away.person_id], reason)
    announce("officer.set", away.person_id)
    away.refresh_from_db()
    return away


@transaction.atomic
def confer_honour(by: Viewer | None, *, person: Person, title: str, day: datetime.date, note: str = "") -> Honour:
    """Write down a distinction on the roll of honour."""
    viewer = require(by, "confer_honour")
    if day > now().date():
        raise Refused("day", "This day is still to come.", "Write an honour down when it has been given.")
    if viewer.person_id == person.id:
        raise Forbidden("Nobody honours himself.", "The other manager or the chief writes it down.")
    words = clean_line("title", title, required=True)
    text = clean_line("note", note, limit=300)
    made = Honour.objects.create(person=person, title=words, day=day, note=text, since=now(), by=viewer.seat_id)
    record(viewer, "honour.conferred", [made.id, person.id])
    announce("officer.set", person.id)
    return made


@transaction.atomic
def end_honour(by: Viewer | None, *, honour: Honour, because: str) -> Honour:
    """Take a distinction off the roll, for a reason; that it stood there is kept."""
    viewer = require(by, "end_honour")
    reason = clean_line("because", because, limit=300, required=True)
    if not Honour.objects.filter(id=honour.id, until__isnull=True).update(until=now(), because=reason):
        raise Refused("because", "It was taken off before.", "Nothing needs doing.")
    record(viewer, "honour.ended", [honour.id, honour.person_id], reason)
    announce("officer.set", honour.person_id)
    honour.refresh_from_db()
    return honour


def himself_or_manager(viewer: Viewer, person: uuid.UUID) -> Viewer:
    """An officer writes of himself and of nobody else; the programme manager of every officer."""
    if viewer.person_id != person and not viewer.holds("programme"):
        raise Forbidden("These entries are another officer's own.", "He or the programme manager writes them.")
    return viewer
