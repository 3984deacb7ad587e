"""The answer in words: what each grade says of each record."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from vedette.account.queries import Answer, Known, Trace, Trail
from vedette.handling.models import Sheet
from vedette.kit.said import said
from vedette.web.response.words import duty_word

# Of more seats than these the rest is counted.
NAMED = 3


@dataclass(frozen=True)
class Line:
    """One sign in a cell: the seat, the trace, how in words."""

    trace: Trace
    how: str


@dataclass(frozen=True)
class Row:
    """One record of the answer as the table draws it."""

    known: Known
    sheet: Sheet
    kind: str
    through: str
    seers: str
    shown: list[Line]
    opened: list[Line]
    acknowledged: list[Line]
    more_shown: int
    more_opened: int
    more_acknowledged: int


def how_words() -> dict[str, str]:
    """How somebody had it before him."""
    return {
        "list": _("in a list"),
        "opened": _("opened it"),
        "receipt": _("opened the release"),
        "wrote": _("made it"),
        "read": _("marked it read at the desk"),
        "acknowledged": _("acknowledged"),
        "acted": _("said what was done on it"),
        "told": _("took note of the change"),
        "done": _("did it"),
        "cannot": _("said why it cannot be done"),
    }


def kind_words(kind: str) -> str:
    """What kind of record a sheet covers."""
    words = {
        "report": _("report"),
        "request": _("question"),
        "received": _("received"),
        "incident": _("incident"),
        "release": _("release"),
        "task": _("order"),
        "deployment": _("deployment"),
        "run": _("response"),
        "decision": _("decision"),
        "contact": _("contact"),
        "meeting": _("meeting"),
        "mission": _("mission"),
        "agreement": _("agreement"),
        "safety": _("sign of life"),
        "duress": _("alarm of duress"),
        "expense": _("expense"),
    }
    return words.get(kind, kind)


def rows_in_words(answer: Answer) -> list[Row]:
    """The answer's rows as the table draws them."""
    through = {"linked": _("linked to it"), "release": _("release that rests on it"), "task": _("order on its basis")}
    return [
        Row(
            known=row,
            sheet=row.sheet,
            kind=kind_words(row.sheet.kind),
            through=through.get(row.through, ""),
            seers=_named(row.seers),
            shown=_lines(row.shown),
            opened=_lines(row.opened),
            acknowledged=_lines(row.acknowledged),
            more_shown=max(0, len(row.shown) - NAMED),
            more_opened=max(0, len(row.opened) - NAMED),
            more_acknowledged=max(0, len(row.acknowledged) - NAMED),
        )
        for row in answer.rows
    ]


def trail_in_words(found: Trail) -> Trail:
    """A trail whose reasons are words: the log keeps of a ladder's step which duty and how it went, by their keys."""
    for line in found.sentences:
        duty, colon, outcome = line.reason.partition(": ")
        if line.code == "clock.escalated" and colon:
            line.reason = f"{duty_word(duty)}, {said(outcome)}"
    return found


def _lines(traces: list[Trace]) -> list[Line]:
    words = how_words()
    ordered = sorted(traces, key=lambda trace: trace.at)
    return [Line(trace, words.get(trace.how, trace.how)) for trace in ordered[:NAMED]]


def _named(seats: list[str]) -> str:
    if len(seats) <= NAMED:
        return ", ".join(seats)
    rest = _("and %(n)s more") % {"n": len(seats) - NAMED}
    return f"{', '.join(seats[:NAMED])} {rest}"
