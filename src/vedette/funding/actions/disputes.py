"""What a funder does not pay: written down line by line with his reason, and ended paid, written off, or taken back and claimed again."""

from django.db import transaction
from django.db.models import Sum as SumOf

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.funding.actions.books import Account, Sum, record_entry
from vedette.funding.claiming import Claimed
from vedette.funding.models import Claim, ClaimItem, Dispute, Entry, ExpenseState, Payment
from vedette.funding.money import checked
from vedette.funding.queries import state_of
from vedette.funding.settling import by_line, given_up
from vedette.handling.policy import require
from vedette.kit.errors import Conflict, Refused
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.live.actions import announce

Outcome = Dispute.Outcome
KINDS = {Outcome.WRITTEN_OFF: Entry.Kind.WRITTEN_OFF, Outcome.AGAIN: Entry.Kind.RETURNED}


@transaction.atomic
def dispute_item(by: Viewer | None, *, item: ClaimItem, amount: int, because: str) -> Dispute:
    """Write down what a funder does not pay of one line of a claim, in minor units of the books, and why."""
    viewer = require(by, "dispute_item", item.allocation.expense.sheet)
    claim = _locked(item)
    reason = clean_line("because", because, limit=300, required=True)
    rows = Dispute.objects.as_house("what of a line is still due is asked whoever wrote of it").filter(item=item)
    if rows.filter(until__isnull=True).exists():
        raise Conflict("This line is disputed already.", "End that first.")
    line = by_line([Claimed(item.allocation, item.credit, item.amount, None, item)], list(rows), 0)[0]
    if line.one.credit:
        raise Refused("amount", "A credit is owed by us.", "Dispute the cost that it takes back.")
    if checked(amount) > min(line.outstanding, _due(claim)):
        raise Refused("amount", "That is more than is still due.", "Write what the funder does not pay, and no more.")
    made: Dispute = Dispute.objects.create(item=item, amount=amount, because=reason, since=now(), by=viewer.seat_id)
    record(viewer, "claim.disputed", [item.allocation.expense_id, claim.id])
    announce("funding.set", claim.id)
    return made


@transaction.atomic
def settle_dispute(by: Viewer | None, *, dispute: Dispute, outcome: str, because: str) -> Dispute:
    """End it: the funder pays after all, we bear it ourselves, or it is taken back and stands in the next claim."""
    viewer = require(by, "settle_dispute", dispute.item.allocation.expense.sheet)
    if outcome not in Outcome.values:
        raise Refused("outcome", "Say what came of it.", f"Choose one of: {', '.join(Outcome.values)}.")
    reason = clean_line("because", because, limit=300, required=True)
    claim = _locked(dispute.item)
    rows = Dispute.objects.as_house("a dispute is ended once").select_for_update(of=("self",))
    held: Dispute = rows.get(pk=dispute.pk)
    if held.until is not None:
        raise Conflict("This was ended before.", "Look at it again.")
    kind = KINDS.get(Outcome(outcome))
    if kind is not None:
        if state_of(dispute.item.allocation.expense).state == ExpenseState.State.REVERSED:
            raise Refused("outcome", "This cost was reversed.", "The credit in the next claim settles it.")
        if held.amount > _due(claim):
            raise Refused("outcome", "It was paid meanwhile.", "End it as paid.")
        grant = claim.grant
        sums = [Sum(Account.DUE, -held.amount, grant), Sum(Account.RECOVERED, held.amount, grant)]
        record_entry(viewer, sums, kind=kind, subject=claim.id, day=now().date())
    held.until, held.outcome, held.ended_because, held.ended_by = now(), outcome, reason, viewer.seat_id
    held.save(update_fields=["until", "outcome", "ended_because", "ended_by"])
    record(viewer, "dispute.settled", [dispute.item.allocation.expense_id, claim.id])
    announce("funding.set", claim.id)
    return held


def _locked(item: ClaimItem) -> Claim:
    """The claim; who enters a payment or a dispute at once waits."""
    return Claim.objects.select_for_update(of=("self",)).select_related("grant").get(pk=item.claim_id)


def _due(claim: Claim) -> int:
    paid = Payment.objects.filter(claim=claim).aggregate(sum=SumOf("amount"))["sum"] or 0
    return claim.total - paid - given_up([claim.id]).get(claim.id, 0)
