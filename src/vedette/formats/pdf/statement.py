"""The yearly statement as one page: what the programme is, what it cost and who paid, what came of it, what is uncertain."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from vedette.formats.pdf.writing import write
from vedette.formats.statement import Statement, StatementPost

# More lines than this leave no room on the page for the rest.
MOST_POSTS = 32


def statement_pdf(statement: Statement) -> bytes:
    """The PDF of a statement."""
    return write("statement.typ", _facts(statement))


def _on_the_page(posts: Sequence[StatementPost]) -> list[StatementPost]:
    """The posts as one page holds them: the dearest by themselves, the rest as one line; the workbook has each."""
    if len(posts) <= MOST_POSTS:
        return list(posts)
    dearest = sorted(posts, key=lambda row: (-row.cost, row.place))
    kept, rest = dearest[: MOST_POSTS - 1], dearest[MOST_POSTS - 1 :]

    def summed(name: str) -> int:
        return sum(getattr(row, name) for row in rest)

    cost = sum((row.cost for row in rest), Decimal(0))
    others = StatementPost(
        f"{len(rest)} other posts (each in the workbook)",
        cost, summed("reports"), summed("acted_on"), None, 0, summed("asked"), summed("answered"),
    )  # fmt: skip
    return [*sorted(kept, key=lambda row: row.place), others]


def _post(row: StatementPost) -> list[str]:
    return [
        row.place,
        _money(row.cost),
        str(row.reports),
        str(row.acted_on),
        _money(row.cost / row.acted_on) if row.acted_on else "none",
        f"{_lead(row.lead)} ({row.compared})" if row.compared else "not compared",
        f"{row.answered} of {row.asked}" + (f" ({_lasting(row.wait)})" if row.wait is not None else ""),
    ]


def _money(value: Decimal) -> str:
    return f"{value:,.0f}"


def _facts(said: Statement) -> dict[str, Any]:
    def share(part: int, whole: int) -> str:
        return f"{part} of {whole}" if said.few or not whole else f"{part} of {whole} ({round(100 * part / whole)} %)"

    return {
        "label": "ADMINISTRATIVE",
        "title": said.title,
        "sender": said.home,
        "recipient": "",
        "notice": said.notice,
        "reference": said.days,
        "days": said.days,
        "made": said.made,
        "currency": said.currency,
        "about": said.about,
        "figures": [
            [f"{said.currency} {_money(said.cost)}", "cost in all"],
            [str(said.reports), "reports of the posts"],
            [share(said.acted_on, said.reports), "led to something done"],
            [_lead(said.lead), "before the next channel, middle of the cases"],
            [share(said.acknowledged, said.told), "deliveries were acknowledged"],
            [share(said.acknowledged_ours, said.told_ours), "of our own commands' deliveries were"],
        ],
        "posts": [_post(row) for row in _on_the_page(said.posts)],
        "payers": [[row.name, _money(row.borne), _money(row.in_kind) if row.in_kind else ""] for row in said.payers],
        "years": [
            [row.name, _money(row.cost), str(row.reports), str(row.acted_on), _lead(row.lead)] for row in said.years
        ],
        "missions": f"{said.missions} missions, {said.trainees:,} trainees, {said.currency} {_money(said.missions_cost)}",
        "uncertain": list(said.uncertain),
    }


def _lead(minutes: int | None) -> str:
    if minutes is None:
        return "no case"
    words = _lasting(abs(minutes))
    return words if minutes >= 0 else f"{words} later"


def _lasting(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest:02d} min" if hours else f"{rest} min"
