"""The tables of the money: the books with all that is entered in them, and what is promised before anything is paid."""

from vedette.funding.models.books import (
    Allocation,
    Books,
    Category,
    Ceiling,
    Claim,
    ClaimItem,
    Entry,
    Expense,
    ExpenseState,
    Funder,
    Gift,
    Grant,
    Line,
    PayerRule,
    PayerShare,
    Payment,
    Rate,
)
from vedette.funding.models.commitments import Commitment, CommitmentPart, OrderNumber
from vedette.funding.models.disputes import Dispute
from vedette.funding.models.shared import PostShare

__all__ = [
    "Allocation",
    "Books",
    "Category",
    "Ceiling",
    "Claim",
    "ClaimItem",
    "Commitment",
    "CommitmentPart",
    "Dispute",
    "Entry",
    "Expense",
    "ExpenseState",
    "Funder",
    "Gift",
    "Grant",
    "Line",
    "OrderNumber",
    "PayerRule",
    "PayerShare",
    "Payment",
    "PostShare",
    "Rate",
]
