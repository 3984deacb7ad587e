"""What the pages of commitments draw: the list behind a figure, a new one, and what one mission costs on its own page."""

import datetime
import uuid
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from vedette.agencies.viewer import Viewer
from vedette.funding.actions import see_funding
from vedette.funding.models import Category, Commitment
from vedette.funding.planned import Planned, commitment_by_id, costs_of, planned
from vedette.funding.queries import books
from vedette.funding.reading import grant_by_key
from vedette.handling.actions import record_list
from vedette.handling.policy import may
from vedette.kit.errors import Missing
from vedette.programme.actions.missions import NOT_LEFT
from vedette.programme.missions import MissionRow, missions
from vedette.web.funding.forms import CATEGORIES, MoneyForm, currency_field, day_field, sum_field
from vedette.web.funding.pages import frame
from vedette.web.programme.forms import Asking, BecauseForm, choose, words

SHOWN = 200


class CommitmentForm(MoneyForm):
    """What a mission will cost in a category, from one day to another."""

    mission = forms.ChoiceField(label=pgettext_lazy("what a cost is for", "For"))
    category = forms.ChoiceField(label=gettext_lazy("Category"), choices=CATEGORIES)
    begins = day_field(gettext_lazy("First day"))
    ends = day_field(gettext_lazy("Last day"))
    amount = sum_field(gettext_lazy("Amount"), gettext_lazy("What it will cost on these days, as a whole."))
    currency = currency_field()
    order_number = words(
        gettext_lazy("Order number"), required=False, hint=gettext_lazy("Of the bureau, where it asked for the mission.")
    )  # fmt: skip
    because = words(gettext_lazy("Note"), required=False, hint=gettext_lazy("Such as: two nights, four people."))

    def __init__(self, name: str, data: Any = None, *, viewer: Viewer | None, initial: Any = None) -> None:
        super().__init__(name, data, {"currency": books().currency, **(initial or {})})
        self.missions = {str(row.mission.pk): row.mission for row in missions(viewer) if row.state.state in NOT_LEFT}
        named = [(key, f"{row.sheet.reference} {row.title}") for key, row in self.missions.items()]
        choose(self, "mission", [("", _("Choose the mission")), *named])

    def clean_mission(self) -> Any:
        """The mission that was chosen."""
        return self.missions[self.cleaned_data["mission"]]


def first_form(viewer: Viewer | None, asked: QueryDict) -> CommitmentForm:
    """The empty form; with the days of the mission that the address names."""
    row = next((row for row in missions(viewer) if str(row.mission.pk) == asked.get("mission")), None)
    known: dict[str, Any] = {}
    if row is not None:
        known = {"mission": str(row.mission.pk), "begins": _day(row.begins), "ends": _day(row.last)}
    return CommitmentForm("new", viewer=viewer, initial=known)


def _day(day: datetime.date) -> str:
    return day.isoformat()


def commitments_context(viewer: Viewer | None, asked: QueryDict, refused: Asking | None = None) -> dict[str, Any]:
    """The commitments in force, of one grant and category when the address names them."""
    key = asked.get("grant", "")
    grant = grant_by_key(key) if key.isprintable() and key else None
    if key and grant is None:
        raise Missing
    category = asked.get("category", "") if asked.get("category", "") in Category.values else ""
    rows = planned(viewer, grant.id if grant else None, category)
    who = see_funding(viewer, [grant.id] if grant else [])
    record_list(who, [row.commitment.mission_id for row in rows if row.commitment])
    return {
        **frame(viewer, "commitments"),
        "rows": [_row(viewer, row, refused) for row in rows[:SHOWN]],
        "hidden": max(0, len(rows) - SHOWN),
        "grant": grant,
        "category": Category(category).label if category else "",
        "whole": sum(row.left for row in rows),
    }


def _row(viewer: Viewer | None, row: Planned, refused: Asking | None) -> dict[str, Any]:
    form = None
    if row.commitment is not None and may(viewer, "release_commitment").allowed:
        name = f"release-{row.commitment.id}"
        form = refused if refused and refused.name == name else BecauseForm(name)
    return {"row": row, "form": form}


def commitment_or_missing(viewer: Viewer | None, key: uuid.UUID) -> Commitment:
    """The commitment of an address; Missing when there is none the viewer may see."""
    found = commitment_by_id(viewer, key)
    if found is None:
        raise Missing
    return found


def mission_costs(viewer: Viewer | None, row: MissionRow) -> dict[str, Any] | None:
    """What a mission will cost and has cost, for its own page; None for who may not see the funding."""
    if not may(viewer, "see_funding").allowed:
        return None
    rows = costs_of(viewer, row.mission)
    return {
        "rows": rows,
        "committed": sum(one.committed for one in rows),
        "spent": sum(one.spent for one in rows),
        "currency": books().currency,
        "may_commit": may(viewer, "commit_cost").allowed and row.state.state in NOT_LEFT,
    }
