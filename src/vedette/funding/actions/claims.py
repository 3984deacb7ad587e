"""Claims: what is asked back of a funder, fixed when it is sent, and what the funder paid on it."""

import datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Sum as SumOf

from vedette.agencies.models import Agency
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.funding.actions.books import Account, Sum, record_entry
from vedette.funding.claiming import claimable
from vedette.funding.models import Claim, ClaimItem, Entry, Grant, Payment
from vedette.funding.money import checked
from vedette.funding.settling import given_up
from vedette.handling.actions import next_reference
from vedette.handling.policy import require
from vedette.kit.errors import Refused
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.live.actions import announce


@transaction.atomic
def send_claim(by: Viewer | None, *, grant: Grant, begins: datetime.date, ends: datetime.date) -> Claim:
    """Claim all that a grant bore from one day to another and that no claim holds yet, less what was claimed and reversed."""
    viewer = require(by, "send_claim")
    if grant.funder.agency is None or grant.funder.agency.kind == Agency.Kind.HOME:
        raise Refused("grant", f"{grant.funder.name} is ourselves.", "Only other agencies are asked to pay back.")
    if ends < begins:
        raise Refused("ends", "It ends before it begins.", "Look at the two days again.")
    # Two claims at once would hold the same costs: the second waits for the first.
    Grant.objects.select_for_update(of=("self",)).get(pk=grant.pk)
    costs = claimable(viewer, grant, begins, ends)
    total = sum(one.amount for one in costs)
    if total <= 0:
        raise Refused(
            "days", "Nothing is to be claimed for these days.", "Choose other days; credits wait for the next costs."
        )
    claim: Claim = Claim.objects.create(
        reference=next_reference("CL", now()),
        grant=grant,
        days=DateRange(begins, ends + datetime.timedelta(days=1)),
        total=total,
        sent_at=now(),
        by=viewer.seat_id,
    )
    ClaimItem.objects.bulk_create(
        [
            ClaimItem(claim=claim, allocation=one.allocation, credit=one.credit, dispute=one.dispute, amount=one.amount)
            for one in costs
        ]
    )
    sums = [Sum(Account.DUE, total, grant), Sum(Account.RECOVERED, -total, grant)]
    record_entry(viewer, sums, kind=Entry.Kind.CLAIM, subject=claim.id, day=now().date())
    record(viewer, "claim.sent", [claim.id, grant.id])
    announce("funding.set", claim.id)
    return claim


@transaction.atomic
def enter_payment(by: Viewer | None, *, claim: Claim, amount: int, day: datetime.date, note: str = "") -> Payment:
    """Enter what a funder paid on a claim, in minor units of the books; never more than is still due."""
    viewer = require(by, "enter_payment")
    Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
    if day > now().date():
        raise Refused("day", "This day is still to come.", "Enter a payment when it has come in.")
    if day < claim.sent_at.date():
        raise Refused("day", "It was paid before it was claimed.", "Look at the day again.")
    paid = Payment.objects.filter(claim=claim).aggregate(sum=SumOf("amount"))["sum"] or 0
    if checked(amount) > claim.total - paid - given_up([claim.id]).get(claim.id, 0):
        raise Refused(
            "amount", "More was paid than is still due.", "Ask the funder what the rest is for; claim it first."
        )
    words = clean_line("note", note, limit=300)
    made: Payment = Payment.objects.create(claim=claim, amount=amount, day=day, note=words, by=viewer.seat_id, at=now())
    sums = [Sum(Account.CASH, amount), Sum(Account.DUE, -amount, claim.grant)]
    record_entry(viewer, sums, kind=Entry.Kind.PAYMENT, subject=made.id, day=day)
    record(viewer, "payment.entered", [made.id, claim.id])
    announce("funding.set", claim.id)
    return made
