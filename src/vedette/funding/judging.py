"""What becomes of the rows of a workbook: who would lawfully pay each, in turn; what nobody may pay, or stands already, is not taken."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from vedette.agencies.viewer import Viewer
from vedette.funding.actions.entering import ExpenseDraft, Rates, check_expense
from vedette.funding.importing import RowRead
from vedette.funding.models import Expense, ExpenseState
from vedette.funding.payers import Answer, Cost, Purse, Verdict, payers
from vedette.funding.queries import books, cost_for_mission, first_day_of, purses, ruled
from vedette.kit.errors import Refused

Same = tuple[object, ...]
STANDS = (ExpenseState.State.ENTERED, ExpenseState.State.APPROVED)


@dataclass(frozen=True)
class RowJudged:
    """One row as it would be taken, with the rule that pays it; or the field and the reason why it is not, and the way out."""

    number: int
    draft: ExpenseDraft | None = None
    verdict: Verdict | None = None
    field: str = ""
    reason: str = ""
    way_out: str = ""
    typed: tuple[Any, ...] = ()

    @property
    def taken(self) -> bool:
        """Whether it would be entered."""
        return self.verdict is not None


def judge(viewer: Viewer | None, rows: Sequence[RowRead]) -> list[RowJudged]:
    """Each row in turn, the ceilings less what the rows before it took; a row that stands already is told by its reference."""
    drafts = [row.draft for row in rows if row.draft is not None]
    known, bench = _standing(viewer, drafts), _Bench()
    judged: list[RowJudged] = []
    for row in rows:
        if row.draft is None:
            judged.append(RowJudged(row.number, None, None, row.field, row.reason, row.way_out, row.typed))
            continue
        same = _same(row.draft)
        if same in known:
            judged.append(_twin(row.number, row.draft, known[same]))
            continue
        one = _asked(row.number, row.draft, bench)
        if one.taken:
            known[same] = f"Row {row.number}"
        judged.append(one)
    return judged


def _twin(number: int, draft: ExpenseDraft, first: str) -> RowJudged:
    refusal = Refused(
        "Amount",
        f"{first} is the same cost: same work, item, day and amount.",
        "If it was paid twice, enter it by hand with its own receipt.",
    )
    return RowJudged(number, draft, None, refusal.field, refusal.reason, refusal.way_out)


def _asked(number: int, draft: ExpenseDraft, bench: "_Bench") -> RowJudged:
    try:
        answer = bench.ask(draft)
    except Refused as refusal:
        return RowJudged(number, draft, None, refusal.field, refusal.reason, refusal.way_out)
    if answer.chosen is None:
        return RowJudged(number, draft, None, "payer", answer.sentence, answer.way_round)
    return RowJudged(number, draft, answer.chosen)


class _Bench:
    """The rules and the purses, read once; what a row takes of a purse the next one no longer finds."""

    def __init__(self) -> None:
        self.rules, self.base, self.rates = ruled(), books().currency, Rates()
        self.left: list[Purse] = [replace(purse, used=dict(purse.used)) for purse in purses()]
        self.begins: dict[uuid.UUID, datetime.date] = {}

    def ask(self, draft: ExpenseDraft) -> Answer:
        values = check_expense(draft, self.rates)
        answer = payers(self._cost(draft, values["category"], values["base_amount"]), self.rules, self.left, self.base)
        for part in answer.chosen.parts if answer.chosen else ():
            spent = dict(part.purse.used)
            spent[values["category"]] = spent.get(values["category"], 0) + part.amount
            self.left[self.left.index(part.purse)] = replace(part.purse, used=spent)
        return answer

    def _cost(self, draft: ExpenseDraft, category: str, amount: int) -> Cost:
        post = draft.post.id if draft.post else None
        cost = Cost(category, amount, draft.day, post, order_number=draft.order_number)
        if draft.mission is None:
            return cost
        if draft.mission.pk not in self.begins:
            self.begins[draft.mission.pk] = first_day_of(draft.mission)
        return cost_for_mission(cost, draft.mission, self.begins[draft.mission.pk])


def _same(draft: ExpenseDraft) -> Same:
    post, mission = draft.post and draft.post.id, draft.mission and draft.mission.pk
    return post, mission, draft.item, draft.day, draft.amount, draft.currency


def _standing(viewer: Viewer | None, drafts: Sequence[ExpenseDraft]) -> dict[Same, str]:
    """What stands already of these days, by what makes two costs the same, with its reference."""
    if not drafts:
        return {}
    days = [draft.day for draft in drafts]
    states = ExpenseState.objects.seen_by(viewer).filter(until__isnull=True, state__in=STANDS)
    rows = Expense.objects.seen_by(viewer).filter(
        day__gte=min(days), day__lte=max(days), pk__in=states.values("expense")
    )
    columns = ("post_id", "mission_id", "item", "day", "amount", "currency", "sheet__reference")
    return {tuple(row[:-1]): row[-1] for row in rows.values_list(*columns)}
