"""Clauses as dated data: a change closes the row and adds one."""

import datetime

from django.db import transaction

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.policy import require
from vedette.kit.errors import Refused
from vedette.kit.text import clean_line, clean_text
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.programme.gate import LABELS
from vedette.programme.models import Agreement, Clause
from vedette.programme.rota import day_words


def record_clause(agreement: Agreement, *, number: int, text: str, gate: str, effect: str, up_to: str = "") -> Clause:
    """One clause of an agreement, in force since it was signed."""
    return Clause.objects.create(
        agreement=agreement,
        number=number,
        text=text,
        gate=gate,
        effect=effect,
        up_to=up_to,
        since=_signed(agreement),
    )


@transaction.atomic
def set_clause(
    by: Viewer | None,
    *,
    agreement: Agreement,
    number: int,
    text: str,
    gate: str,
    effect: str,
    because: str,
    up_to: str = "",
) -> Clause:
    """Add a clause, or put another in the place of the one with this number; the one before is closed, not changed."""
    viewer = require(by, "set_clause")
    reason = clean_line("because", because, limit=300, required=True)
    label = check_clause(number=number, gate=gate, effect=effect, up_to=up_to)
    words = clean_text("text", text, limit=4000, required=True)
    if agreement.ended is not None:
        raise Refused("because", f"It was ended on {day_words(agreement.ended)}.", "Enter a new agreement instead.")
    older = _open(agreement, number)
    since = max(now(), _signed(agreement), *([older.since] if older else []))
    if older:
        _close(older, viewer, since, reason)
    clause = Clause.objects.create(
        agreement=agreement,
        number=number,
        text=words,
        gate=gate,
        effect=effect,
        up_to=label,
        since=since,
        by=viewer.seat_id,
        because=reason,
    )
    record(viewer, "clause.set", [clause.id, agreement.id], reason)
    announce("agreement.set", agreement.id)
    return clause


def check_clause(*, number: int, gate: str, effect: str, up_to: str) -> str:
    """The label a clause reaches, in its own writing; Refused names the field."""
    if not 1 <= number <= 999:
        raise Refused("number", f"{number} is no number of a clause.", "Number clauses from 1.")
    if gate not in Clause.Gate.values:
        raise Refused("gate", "Say what it gates.", "Choose one of the list; “other” gates nothing.")
    if effect not in Clause.Effect.values:
        raise Refused("effect", "Say what it does.", "Choose allows, allows on a condition, or forbids.")
    label = up_to.upper().removeprefix("TLP:").strip()
    if label and label not in LABELS:
        raise Refused("up_to", f"“{up_to}” is not a TLP 2.0 label.", f"Choose one of {', '.join(LABELS)}.")
    if gate == Clause.Gate.SHARE and effect != Clause.Effect.FORBIDS and not label:
        raise Refused(
            "up_to", "A clause that lets reports be shared says up to which label.", "Choose the highest label."
        )
    return label if gate == Clause.Gate.SHARE else ""


@transaction.atomic
def end_clause(by: Viewer | None, *, clause: Clause, because: str) -> Clause:
    """End a clause from now on; what was released while it stood rests on it still."""
    viewer = require(by, "end_clause")
    reason = clean_line("because", because, limit=300, required=True)
    if clause.until is not None:
        raise Refused("because", "This clause was ended before.", "Nothing needs doing.")
    _close(clause, viewer, max(now(), clause.since), reason)
    record(viewer, "clause.ended", [clause.id, clause.agreement_id], reason)
    announce("agreement.set", clause.agreement_id)
    return clause


def _close(clause: Clause, viewer: Viewer, until: datetime.datetime, because: str) -> None:
    clause.until, clause.ended_by, clause.ended_because = until, viewer.seat_id, because
    clause.save(update_fields=["until", "ended_by", "ended_because"])


def _open(agreement: Agreement, number: int) -> Clause | None:
    return Clause.objects.filter(agreement=agreement, number=number, until__isnull=True).first()


def _signed(agreement: Agreement) -> datetime.datetime:
    if agreement.signed is None:
        return now()
    return datetime.datetime.combine(agreement.signed, datetime.time(), datetime.UTC)
