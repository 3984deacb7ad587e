"""The verbs of the room, and the parts that higher rooms call."""

from vedette.funding.actions.claims import enter_payment, send_claim
from vedette.funding.actions.commitments import commit_cost, release_commitment
from vedette.funding.actions.disputes import dispute_item, settle_dispute
from vedette.funding.actions.expenses import approve_expense, enter_expense, refuse_expense, reverse_expense
from vedette.funding.actions.gifts import accept_gift
from vedette.funding.actions.grants import end_grant, open_grant, record_grant, set_ceiling
from vedette.funding.actions.importing import import_expenses, look_over
from vedette.funding.actions.orders import set_order_number
from vedette.funding.actions.rates import enter_rate, record_rate, set_books
from vedette.funding.actions.receipts import attach_receipt
from vedette.funding.actions.rules import end_payer_rule, record_funder, record_payer_rule, set_funder, set_payer_rule
from vedette.funding.actions.seeing import (
    open_expense,
    preview_claim,
    read_claim,
    read_expenses,
    read_oldest,
    see_funding,
)
from vedette.funding.actions.shared import end_share, share_post

__all__ = [
    "accept_gift",
    "approve_expense",
    "attach_receipt",
    "commit_cost",
    "dispute_item",
    "end_grant",
    "end_payer_rule",
    "end_share",
    "enter_expense",
    "enter_payment",
    "enter_rate",
    "import_expenses",
    "look_over",
    "open_expense",
    "open_grant",
    "preview_claim",
    "read_claim",
    "read_expenses",
    "read_oldest",
    "record_funder",
    "record_grant",
    "record_payer_rule",
    "record_rate",
    "refuse_expense",
    "release_commitment",
    "reverse_expense",
    "see_funding",
    "send_claim",
    "set_books",
    "set_ceiling",
    "set_funder",
    "set_order_number",
    "set_payer_rule",
    "settle_dispute",
    "share_post",
]
