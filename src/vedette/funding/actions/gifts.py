"""Gifts in kind: a voucher, a desk, a flat; entered with donor and value, and disclosed to counsel first where a state gives."""

import datetime

from django.db import transaction

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.funding.actions.books import Account, Sum, record_entry
from vedette.funding.models import Category, Entry, Gift, Grant
from vedette.funding.money import changed, checked, currency_of
from vedette.funding.queries import books, rate_for
from vedette.handling.policy import require
from vedette.kit.errors import Refused
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.programme.models import Mission, Post


@transaction.atomic
def accept_gift(
    by: Viewer | None,
    *,
    grant: Grant,
    donor: str,
    what: str,
    category: str,
    day: datetime.date,
    amount: int,
    currency: str,
    post: Post | None = None,
    mission: Mission | None = None,
    foreign_government: bool = False,
    disclosed: datetime.date | None = None,
) -> Gift:
    """Enter what was given instead of money, at its value; a foreign government's is disclosed to counsel before it is used."""
    viewer = require(by, "accept_gift")
    if post is not None and mission is not None:
        raise Refused("post", "A gift is for one post or for one mission.", "Choose one of the two.")
    if category not in Category.values:
        raise Refused("category", f"“{category}” is no category.", f"Choose one of: {', '.join(Category.values)}.")
    if day > now().date():
        raise Refused("day", "This day is still to come.", "Enter a gift on the day it is used.")
    if foreign_government and (disclosed is None or disclosed > day):
        raise Refused(
            "disclosed",
            "What a foreign government gives is disclosed to counsel before it is used.",
            "Disclose it, and enter the day on which that was done.",
        )
    code, base = currency_of(currency), books().currency
    rate, rate_day = rate_for(code, day)
    made: Gift = Gift.objects.create(
        grant=grant,
        donor=clean_line("donor", donor, required=True),
        foreign_government=foreign_government,
        what=clean_line("what", what, limit=300, required=True),
        category=category,
        post=post,
        mission=mission,
        day=day,
        amount=checked(amount),
        currency=code,
        rate=rate,
        rate_day=rate_day,
        base_amount=checked(amount if code == base else changed(amount, code, base, rate)),
        disclosed=disclosed,
        by=viewer.seat_id,
        at=now(),
    )
    sums = [Sum(Account.COST, made.base_amount, grant, category), Sum(Account.GIVEN, -made.base_amount, grant)]
    record_entry(viewer, sums, kind=Entry.Kind.GIFT, subject=made.id, day=day, of=made)
    record(viewer, "gift.accepted", [made.id, grant.id])
    announce("funding.set", made.id)
    return made
