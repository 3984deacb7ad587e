"""Grants and budgets: the money a funder promised for a span of days, and the most of it for each category."""

import datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.text import slugify

from vedette.agencies.models import Agency
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.funding.models import Category, Ceiling, Funder, Grant
from vedette.funding.money import LARGEST
from vedette.handling.policy import require
from vedette.kit.errors import Refused
from vedette.kit.ids import new_id
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.programme.models import Agreement


def record_grant(
    *, key: str, funder: Funder, title: str, begins: datetime.date, ends: datetime.date, agreement: Agreement | None
) -> Grant:
    """Make a grant, or bring the one with this key up to date; `ends` is its last day."""
    days = DateRange(begins, ends + datetime.timedelta(days=1))
    values = {"funder": funder, "title": title, "days": days, "agreement": agreement, "at": now()}
    return Grant.objects.update_or_create(key=key, defaults=values)[0]


def record_ceiling(grant: Grant, category: str, amount: int, by: Viewer | None = None, because: str = "") -> Ceiling:
    """Set the most a grant pays for a category; what stood before is closed and kept."""
    Ceiling.objects.filter(grant=grant, category=category, until__isnull=True).update(until=now())
    seat = by.seat_id if by else None
    made: Ceiling = Ceiling.objects.create(
        grant=grant, category=category, amount=amount, since=now(), by=seat, because=because
    )
    return made


@transaction.atomic
def open_grant(
    by: Viewer | None,
    *,
    funder: Funder,
    title: str,
    begins: datetime.date,
    ends: datetime.date,
    agreement: Agreement | None = None,
) -> Grant:
    """Enter money promised from one day to another; another agency's rests on an agreement with it. It has no ceilings yet."""
    viewer = require(by, "open_grant")
    if ends < begins:
        raise Refused("ends", "It ends before it begins.", "Look at the two days again.")
    home = funder.agency is None or funder.agency.kind == Agency.Kind.HOME
    if not home and (agreement is None or agreement.partner_id != funder.agency_id):
        raise Refused(
            "agreement",
            f"Money of {funder.name} rests on an agreement with it.",
            "Enter that agreement, and choose it here.",
        )
    name = clean_line("title", title, required=True)
    key = f"{slugify(name)[:30] or 'grant'}-{str(new_id())[-6:]}"
    grant = record_grant(key=key, funder=funder, title=name, begins=begins, ends=ends, agreement=agreement)
    Grant.objects.filter(pk=grant.pk).update(by=viewer.seat_id)
    record(viewer, "grant.opened", [grant.id, funder.id])
    announce("funding.set", grant.id)
    return grant


@transaction.atomic
def set_ceiling(by: Viewer | None, *, grant: Grant, category: str, amount: int, because: str) -> Ceiling:
    """Set the most a grant pays for a category, with a reason; what is spent already is never above it unseen."""
    viewer = require(by, "set_ceiling")
    if category not in Category.values:
        raise Refused("category", f"“{category}” is no category.", f"Choose one of: {', '.join(Category.values)}.")
    if not 0 <= amount <= LARGEST:
        raise Refused("amount", "No ceiling is like that.", "Write the most it pays, or 0.")
    reason = clean_line("because", because, limit=300, required=True)
    made = record_ceiling(grant, category, amount, viewer, reason)
    record(viewer, "ceiling.set", [grant.id], reason)
    announce("funding.set", grant.id)
    return made


@transaction.atomic
def end_grant(by: Viewer | None, *, grant: Grant, because: str) -> Grant:
    """End a grant before its last day, with a reason: from today on it pays nothing more."""
    viewer = require(by, "end_grant")
    reason = clean_line("because", because, limit=300, required=True)
    if grant.ended_at is not None:
        raise Refused("because", "This grant was ended before.", "Nothing needs doing.")
    grant.ended_at, grant.ended_because = now(), reason
    grant.save(update_fields=["ended_at", "ended_because"])
    record(viewer, "grant.ended", [grant.id], reason)
    announce("funding.set", grant.id)
    return grant
