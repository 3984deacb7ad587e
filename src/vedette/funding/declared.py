"""The verbs of the money and how the log tells them."""

from vedette.handling.verbs import Verb

FINANCE = frozenset({"finance"})
CHIEFS = FINANCE | {"commander"}
READERS = CHIEFS | {"programme"}
PLANNERS = FINANCE | {"programme"}
AT_THE_POST = FINANCE | {"programme", "officer"}
CODES = {
    "funding.seen": "looked at the funding",
    "books.set": "set the currency and the year of the books",
    "rate.entered": "entered a rate of a currency",
    "funder.set": "entered a funder",
    "grant.opened": "entered a grant",
    "grant.ended": "ended a grant",
    "ceiling.set": "set a ceiling of a grant",
    "payer.set": "set a rule of who pays",
    "post.shared": "shared a post with another department",
    "share.ended": "ended the share of a post",
    "payer.ended": "ended a rule of who pays",
    "expense.entered": "entered an expense",
    "expense.imported": "entered the expenses of a workbook",
    "cost.committed": "committed what a mission will cost",
    "commitment.released": "ended what was committed for a mission",
    "expense.ordered": "gave an expense its order number",
    "expense.approved": "approved an expense",
    "expense.refused": "refused an expense",
    "expense.reversed": "reversed an expense",
    "claim.sent": "sent a claim",
    "claim.disputed": "wrote down what a funder does not pay",
    "dispute.settled": "wrote down what came of what a funder did not pay",
    "payment.entered": "entered a payment",
    "gift.accepted": "entered a gift in kind",
}
VERBS = {
    "see_funding": Verb("see the funding", READERS, "funding.seen"),
    "see_expenses": Verb("see expenses", READERS | AT_THE_POST, "sheet.listed"),
    "set_books": Verb("set the currency of the books", FINANCE, "books.set"),
    "enter_rate": Verb("enter a rate", FINANCE, "rate.entered"),
    "set_funder": Verb("enter a funder", FINANCE, "funder.set"),
    "open_grant": Verb("enter a grant", FINANCE, "grant.opened"),
    "end_grant": Verb("end a grant", FINANCE, "grant.ended"),
    "set_ceiling": Verb("set a ceiling", FINANCE, "ceiling.set"),
    "set_payer_rule": Verb("set a rule of who pays", FINANCE, "payer.set"),
    "share_post": Verb("share a post with another department", FINANCE, "post.shared"),
    "end_share": Verb("end the share of a post", FINANCE, "share.ended"),
    "end_payer_rule": Verb("end a rule of who pays", FINANCE, "payer.ended"),
    "enter_expense": Verb("enter an expense", AT_THE_POST, "expense.entered"),
    "import_expenses": Verb("enter the expenses of a workbook", FINANCE, "expense.imported"),
    "commit_cost": Verb("commit a cost of a mission", PLANNERS, "cost.committed"),
    "release_commitment": Verb("end a commitment", PLANNERS, "commitment.released"),
    "set_order_number": Verb("give an expense its order number", PLANNERS, "expense.ordered"),
    "approve_expense": Verb("approve an expense", CHIEFS, "expense.approved"),
    "refuse_expense": Verb("refuse an expense", CHIEFS, "expense.refused"),
    "reverse_expense": Verb("reverse an expense", FINANCE, "expense.reversed"),
    "send_claim": Verb("send a claim", FINANCE, "claim.sent"),
    "dispute_item": Verb("write down what a funder does not pay", FINANCE, "claim.disputed"),
    "settle_dispute": Verb("end what a funder did not pay", FINANCE, "dispute.settled"),
    "enter_payment": Verb("enter a payment", FINANCE, "payment.entered"),
    "accept_gift": Verb("enter a gift", FINANCE, "gift.accepted"),
}
