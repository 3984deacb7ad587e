"""Routes of the funding."""

from django.urls import path, re_path

from vedette.web.funding import (
    claim_views,
    commitment_views,
    expense_views,
    extracts,
    import_views,
    keeping,
    share_views,
    views,
)

EXPENSE = "funding/expenses/<str:key>/"
CLAIM = "funding/claims/<uuid:key>/"
GRANT = "funding/grants/<slug:key>/"

urlpatterns = [
    path("funding/", views.overview, name="funding"),
    path("funding/lines/", views.lines_behind, name="funding_lines"),
    path("funding/statements/", extracts.offered, name="funding_statements"),
    re_path(
        r"^funding/statements/(?P<kind>funder|post|mission)/(?P<key>[0-9a-z-]{1,60})\.(?P<form>pdf|xlsx)$",
        extracts.statement,
        name="funding_statement",
    ),
    path("funding/shared/", share_views.listed, name="funding_shared"),
    path("funding/new-share/", share_views.new, name="new_share"),
    path("funding/shared/<uuid:key>/end/", share_views.end, name="share_end"),
    path("funding/variance/", views.variance, name="funding_variance"),
    path("funding/expenses/", expense_views.listed, name="expenses"),
    path("funding/new-expense/", expense_views.new, name="new_expense"),
    path("funding/import/", import_views.look, name="import_expenses"),
    path("funding/import/take/", import_views.take, name="import_take"),
    path("funding/import/costs.xlsx", import_views.template, name="import_template"),
    path(EXPENSE, expense_views.expense, name="expense"),
    path(f"{EXPENSE}approve/", expense_views.approve, name="expense_approve"),
    path(f"{EXPENSE}refuse/", expense_views.refuse, name="expense_refuse"),
    path(f"{EXPENSE}reverse/", expense_views.reverse_it, name="expense_reverse"),
    path(f"{EXPENSE}receipts/", expense_views.receipt, name="expense_receipt"),
    path("funding/commitments/", commitment_views.listed, name="funding_commitments"),
    path("funding/new-commitment/", commitment_views.new, name="new_commitment"),
    path("funding/commitments/<uuid:key>/release/", commitment_views.release, name="commitment_release"),
    path(f"{EXPENSE}order/", expense_views.order, name="expense_order"),
    path("funding/claims/", claim_views.listed, name="funding_claims"),
    path("funding/new-claim/", claim_views.new, name="new_claim"),
    path(CLAIM, claim_views.claim, name="funding_claim"),
    path(f"{CLAIM}payments/", claim_views.payment, name="claim_payment"),
    path(f"{CLAIM}items/<uuid:item>/dispute/", claim_views.dispute, name="claim_dispute"),
    path(f"{CLAIM}disputes/<uuid:item>/settle/", claim_views.settle, name="dispute_settle"),
    path(f"{CLAIM}pack/", claim_views.pack, name="claim_pack"),
    path("funding/rules/", keeping.rules, name="funding_rules"),
    path("funding/new-rule/", keeping.new_rule, name="new_payer_rule"),
    path("funding/rules/<uuid:key>/end/", keeping.end_rule, name="payer_rule_end"),
    path("funding/grants/", keeping.grants, name="funding_grants"),
    path("funding/new-funder/", keeping.new_funder, name="new_funder"),
    path("funding/new-grant/", keeping.new_grant, name="new_grant"),
    path(GRANT, keeping.grant, name="funding_grant"),
    path(f"{GRANT}ceilings/", keeping.ceiling, name="grant_ceiling"),
    path(f"{GRANT}end/", keeping.end_grant_here, name="grant_end"),
    path("funding/gifts/", keeping.gifts, name="funding_gifts"),
    path("funding/new-gift/", keeping.new_gift, name="new_gift"),
    path("funding/rates/", keeping.rates, name="funding_rates"),
    path("funding/rates/enter/", keeping.rate, name="rate_enter"),
    path("funding/rates/books/", keeping.books_of, name="books_set"),
]
