"""Where what is written of expenses holds content: sums, days and kinds stay, so that the books go on adding up."""

from vedette.handling.purging import Place

PLACES = (
    Place(
        "funding_expense", "notes on expenses", "held.sheet_id", ("note", "order_number"),
        ("item", "category", "currency", "receipt"),
    ),
    Place(
        "funding_expensestate", "why an expense was refused or reversed",
        "(SELECT sheet_id FROM funding_expense WHERE sheet_id = held.expense_id)", ("because",), ("state",),
    ),
    Place(
        "funding_commitment", "why costs of missions were committed", "held.mission_id",
        ("order_number", "because", "ended_because"), ("category", "currency"),
    ),
    Place(
        "funding_dispute", "why a funder did not pay",
        "(SELECT part.expense_id FROM funding_claimitem AS held_item JOIN funding_allocation AS part"
        " ON part.id = held_item.allocation_id WHERE held_item.id = held.item_id)",
        ("because", "ended_because"), ("outcome",),
    ),
    Place(
        "funding_ordernumber", "order numbers of expenses",
        "(SELECT sheet_id FROM funding_expense WHERE sheet_id = held.expense_id)", ("number", "because"),
    ),
)  # fmt: skip
