"""Invitations: a link for one person, good once, for 72 hours; what is kept of it is a hash."""

import datetime
import hashlib
import secrets
import uuid

from django.db.models import QuerySet

from vedette.agencies.models import Person
from vedette.agencies.signin_models import Invitation
from vedette.kit.errors import Missing
from vedette.kit.time import real_now

LASTS = datetime.timedelta(hours=72)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _good(token: str) -> QuerySet[Invitation]:
    rows = Invitation.objects.filter(token=_hash(token), accepted_at__isnull=True, taken_back_at__isnull=True)
    return rows.filter(until__gt=real_now()).select_related("person")


def person_invited(token: str) -> Person:
    """Whom a link invites; Missing when it was used, taken back, has run out or never was: all look the same."""
    found = _good(token).first()
    if found is None:
        raise Missing
    return found.person


def record_invitation(person: Person, by: uuid.UUID | None) -> tuple[Invitation, str]:
    """Part of a verb: a new link for a person (its secret half is answered once); earlier ones are taken back."""
    moment = real_now()
    open_ones = Invitation.objects.filter(person=person, accepted_at__isnull=True, taken_back_at__isnull=True)
    open_ones.update(taken_back_at=moment)
    token = secrets.token_urlsafe(32)
    row = Invitation.objects.create(person=person, token=_hash(token), since=moment, until=moment + LASTS, by=by)
    return row, token


def record_acceptance(token: str) -> Person:
    """Part of a verb: use a link up; of two at the same moment one is Missing."""
    person = person_invited(token)
    if not _good(token).update(accepted_at=real_now()):
        raise Missing
    return person


def open_invitations() -> list[Invitation]:
    """The links that still open something, the one that runs out first."""
    rows = Invitation.objects.filter(accepted_at__isnull=True, taken_back_at__isnull=True, until__gt=real_now())
    return list(rows.select_related("person").order_by("until"))
