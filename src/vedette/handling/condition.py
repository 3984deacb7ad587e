"""The policy's conditions in the database's own words, put together once for each kind of viewer.

Django builds and compiles a nested condition anew at each question, and a page asks many: that was half of every
request. Here the text stands ready; a question fills in its table's alias and the viewer's values (bench B11).
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.db.models import BooleanField, Expression, F

from vedette.agencies.viewer import Viewer
from vedette.handling.judging import NEVER_NAMES
from vedette.handling.models import Sensitivity
from vedette.kit.time import now

# The classes a home viewer's clearance, groups and standing contain; broken glass contains all.
CLASSES = """SELECT id FROM handling_accessclass WHERE %(glass)s OR (sensitivity <= %(widest)s
  AND groups <@ %(groups)s::varchar[] AND (%(names)s OR NOT named_subject))"""
# A sheet that is neither purged nor expired.
STANDS = "{sheet}.purged_at IS NULL AND ({sheet}.expires_at IS NULL OR {sheet}.expires_at > %(now)s)"
# And not kept from the person who asks, in whichever of his seats.
HIS_TO_SEE = "{sheet}.kept_from_id IS DISTINCT FROM %(person)s"
IN_FORCE = "{given}.since <= %(now)s AND ({given}.expires_at IS NULL OR {given}.expires_at > %(now)s)"
TO_ME = "({given}.agency_id = %(agency)s OR {given}.seat_id = %(seat)s OR {given}.unit_id = %(unit)s)"
KEPT = " AND {given}.recalled_at IS NULL"
DELIVERED = "EXISTS (SELECT FROM handling_addressee AS given WHERE given.sheet_id = {sheet}.id AND "
# A named subject never goes to these kinds of agency, whatever was delivered before the sheet was marked so.
NAMEABLE = " AND {sheet}.access_class_id NOT IN (SELECT id FROM handling_accessclass WHERE named_subject)"
LODGED = "{sheet}.lodged_by_id IS NOT NULL"
CONTAINED = f"{{sheet}}.access_class_id IN ({CLASSES})"
PURGED = "{sheet}.purged_at IS NOT NULL"
NAMED_VALUE = re.compile(r"%\((\w+)\)s")


def values_of(viewer: Viewer) -> dict[str, Any]:
    """What of a viewer the texts ask for, by name, and the moment."""
    return {
        "agency": viewer.agency_id,
        "unit": viewer.unit_id,
        "seat": viewer.seat_id,
        "person": viewer.person_id,
        "glass": viewer.glass_broken,
        "widest": min(viewer.clearance, Sensitivity.RESTRICTED),
        "groups": sorted(viewer.groups),
        "names": viewer.may_know_names,
        "now": now(),
    }


def delivered(*, recalled: bool) -> str:
    """The text "delivered to the viewer's agency, unit or self and not expired"; `recalled=False`: nor recalled."""
    return f"{TO_ME} AND {IN_FORCE}{'' if recalled else KEPT}"


def texts_of(viewer: Viewer) -> dict[str, str]:
    """The text of each ground on which a sheet may be seen, by the ground's name; see `policy.grounds`."""
    return _texts(viewer.is_home, viewer.on_desk, viewer.agency_kind in NEVER_NAMES)


@cache
def _texts(home: bool, desk: bool, never_names: bool) -> dict[str, str]:
    nameable = NAMEABLE if never_names else ""
    found = {
        # Never null: a condition may be asked the other way round.
        "author": "coalesce({sheet}.author_id = %(seat)s, false)",
        "delivery": f"({_given(recalled=False)} AND {{sheet}}.withdrawn_at IS NULL{nameable})",
        "recalled": f"({_given(recalled=True)}{nameable})",
    }
    if home:
        found["holder"] = f"({{sheet}}.holder_id = %(agency)s AND {{sheet}}.lodged_by_id IS NULL AND {CONTAINED})"
    if desk:
        found["lodged"] = f"({LODGED} AND {CONTAINED})"
    if not home:
        found["lodged"] = "coalesce({sheet}.lodged_by_id = %(agency)s, false)"
    return found


def _given(*, recalled: bool) -> str:
    return f"{DELIVERED}{delivered(recalled=recalled).replace('{given}', 'given')})"


def any_of(viewer: Viewer, only: str, *, struck: bool) -> str:
    """The text "such a sheet, and the viewer has a ground to see it"; `struck=False`: to read it."""
    return _any_of(viewer.is_home, viewer.on_desk, viewer.agency_kind in NEVER_NAMES, struck, only)


@cache
def _any_of(home: bool, desk: bool, never_names: bool, struck: bool, only: str) -> str:
    # What is delivered and in hand is also what was ever delivered: one of the two grounds is enough.
    idle = "delivery" if struck else "recalled"
    texts = [text for name, text in _texts(home, desk, never_names).items() if name != idle]
    # Where the way to the sheet may lead nowhere, the answer is no.
    return f"{{sheet}}.id IS NOT NULL AND {HIS_TO_SEE} AND {only} AND ({' OR '.join(texts)})"


@cache
def _by_place(text: str) -> tuple[str, tuple[str, ...]]:
    """A text with its values asked for by place, as Django's statements take them, and their names in order."""
    return NAMED_VALUE.sub("%s", text), tuple(NAMED_VALUE.findall(text))


class Condition(Expression):
    """A text about one table of the question, reached by a column of it; true or false, never null."""

    def __init__(self, column: str, text: str, values: Mapping[str, Any]) -> None:
        super().__init__(output_field=BooleanField())
        self.column: Any = F(column)
        self.text, names = _by_place(text)
        self.values = tuple(values[name] for name in names)

    def get_source_expressions(self) -> list[Any]:
        return [self.column]

    def set_source_expressions(self, exprs: Any) -> None:
        (self.column,) = exprs

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        alias = compiler.quote_name_unless_alias(self.column.alias)
        return f"({self.text.format(sheet=alias, given=alias)})", self.values
