"""What the pages of agreements draw; a form that was not taken stands in the place of its empty one."""

from typing import Any

from django.http import QueryDict

from vedette.agencies.queries import labels
from vedette.agencies.viewer import Viewer
from vedette.handling.actions import record_list
from vedette.kit.said import each_said
from vedette.kit.time import now
from vedette.programme.actions import see_programme
from vedette.programme.gate import Holding, decide
from vedette.programme.meaning import what_it_lets
from vedette.programme.models import AgreementSignature, Clause
from vedette.programme.queries import agreement_row, agreements, changes_of, partners_without
from vedette.programme.signing import documents_of, signatures_of, unsigned_sides
from vedette.web.programme.agreement_forms import AgreementForm, ClauseForm, EndAgreementForm, LockForm, ReviewForm
from vedette.web.programme.forms import Asking, BecauseForm
from vedette.web.programme.pages import shell_context
from vedette.web.programme.signing_forms import DocumentForm, SignatureForm


def agreements_context(viewer: Viewer | None) -> dict[str, Any]:
    """Every agreement with what is left of it; and the partners to whom nothing may be released."""
    rows = agreements()
    see_programme(viewer, [row.agreement.id for row in rows])
    return {
        **shell_context(viewer, "agreements"),
        "rows": rows,
        "without": partners_without(),
        "in_force": sum(1 for row in rows if row.state == "in-force"),
        "ending": sum(1 for row in rows if row.warning),
        "late": sum(1 for row in rows if row.review_late),
        "soon": sum(1 for row in rows if row.review_warning),
    }


def agreement_context(
    viewer: Viewer | None, holding: Holding, *, refused: Asking | None = None, question: QueryDict | None = None
) -> dict[str, Any]:
    """Everything `programme/agreement.html` draws; `refused` came back, `question` is put to the lock."""
    see_programme(viewer, [holding.agreement.id])
    moment, changes = now(), changes_of(holding.agreement)
    signatures, documents = signatures_of(holding.agreement), documents_of(viewer, holding.agreement)
    if viewer:
        record_list(viewer, [one.paper.pk for one in documents])
    back = {refused.name: refused} if refused else {}
    by = [*(row.by for row in holding.clauses), *(row.by for row in holding.reviews), *(row.by for row in changes)]
    who = labels([*by, *(one.paper.by for one in documents)])
    lock = LockForm("lock", question if question and "label" in question else None)
    wants = lock.wants()
    forms = {
        "clause": ClauseForm("clause"),
        "review": ReviewForm("review"),
        "end": EndAgreementForm("end"),
        "signature": SignatureForm("signature"),
        "document": DocumentForm("document"),
    }
    return {
        **shell_context(viewer, "agreements"),
        "row": agreement_row(holding, moment),
        "agreement": holding.agreement,
        "says": what_it_lets(holding, moment),
        "clauses": [_clause(clause, holding, back) for clause in _heads(holding)],
        "reviews": sorted(holding.reviews, key=lambda row: row.done or row.due, reverse=True),
        "changes": changes,
        "signatures": [_signature(one, holding, back) for one in signatures],
        "unsigned": each_said(unsigned_sides(signatures)),
        "documents": [{"one": one, "by": who.get(one.paper.by, "") if one.paper.by else ""} for one in documents],
        "who": who,
        "form": {**forms, "facts": AgreementForm("facts", agreement=holding.agreement), **back},
        "lock": lock,
        "answer": decide(holding.agreement.partner, [holding], moment, wants) if wants else None,
    }


def _signature(row: AgreementSignature, holding: Holding, back: dict[str, Asking]) -> dict[str, Any]:
    name = f"end-signature-{row.id}"
    open_still = holding.agreement.signed is None and row.until is None
    return {"row": row, "end": (back.get(name) or BecauseForm(name)) if open_still else None}


def _heads(holding: Holding) -> list[Clause]:
    """The newest row of each number: the one in force, or the last one that was."""
    newest: dict[int, Clause] = {}
    for row in sorted(holding.clauses, key=lambda row: (row.until is None, row.since)):
        newest[row.number] = row
    return [newest[number] for number in sorted(newest)]


def _clause(clause: Clause, holding: Holding, back: dict[str, Asking]) -> dict[str, Any]:
    older = [row for row in holding.clauses if row.number == clause.number and row.id != clause.id]
    change, end = f"clause-{clause.id}", f"end-clause-{clause.id}"
    return {
        "row": clause,
        "older": sorted(older, key=lambda row: row.since, reverse=True),
        "change": back.get(change) or ClauseForm(change, clause=clause),
        "end": back.get(end) or BecauseForm(end),
    }
