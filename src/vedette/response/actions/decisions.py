"""A commander's decision: the question, the choices, the one taken, the basis; written once."""

from collections.abc import Iterable

from django.db import transaction

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.models import Sheet
from vedette.handling.policy import require
from vedette.kit.text import clean_line, clean_text
from vedette.live.actions import announce
from vedette.response.actions.states import sheet_like
from vedette.response.models import Decision, Run
from vedette.search.actions import index


@transaction.atomic
def decide(
    by: Viewer | None,
    *,
    run: Run,
    what: str,
    chosen: str,
    options: Iterable[str] = (),
    because: str = "",
    basis: Sheet | None = None,
) -> Decision:
    """Take a decision in a response. It is never changed: another decision replaces it."""
    viewer = require(by, "decide", run.sheet)
    rests_on = basis or run.basis
    require(viewer, "decide", rests_on)
    question = clean_line("what", what, limit=300, required=True)
    taken = clean_line("chosen", chosen, limit=300, required=True)
    choices = [clean_line("options", text) for text in options if text.strip()]
    sheet = sheet_like(viewer, run.sheet, rests_on, kind="decision", prefix="DEC")
    row: Decision = Decision.objects.create(
        sheet=sheet,
        run=run,
        what=question,
        options=choices,
        chosen=taken,
        because=clean_text("because", because, limit=2000),
        basis=rests_on,
    )
    index(sheet, title=question, texts=[("en", f"{taken}\n{row.because}")], at=sheet.filed_at)
    record(viewer, "decision.taken", [row.pk, run.pk])
    announce("decision.taken", row.pk, run.pk)
    return row
