"""Where a card can be moved: the verbs that its viewer may do to an order, and the one that was chosen by moving it."""

import uuid
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from vedette.agencies.models import Unit
from vedette.agencies.queries import units
from vedette.agencies.viewer import Viewer
from vedette.handling.policy import may
from vedette.kit.ids import parse_id
from vedette.response.actions.states import IN_HAND, WAITING, State
from vedette.response.queries import Order
from vedette.response.rows import OrderRow

ACKNOWLEDGE, COMPLETE, CANNOT, PASS_ON = "acknowledge", "complete", "cannot", "pass_on"
DEEDS = (ACKNOWLEDGE, COMPLETE, CANNOT, PASS_ON)
PASSABLE = (*IN_HAND, State.PLANNED, State.OPEN, State.CANNOT)


def speaks_for_own(viewer: Viewer | None, order: Order) -> bool:
    """Whether the order is the viewer's own unit's."""
    return viewer is not None and viewer.unit_id is not None and viewer.unit_id == order.unit_id


def moves_of(viewer: Viewer | None, order: Order, state: str, *, passes: bool) -> list[str]:
    """The verbs that move an order on from its state; `passes`: the viewer may give orders to units."""
    if viewer is None:
        return []
    speaks = speaks_for_own(viewer, order) or viewer.on_desk
    found = [ACKNOWLEDGE] if speaks and state in WAITING else []
    found += [COMPLETE, CANNOT] if speaks and state in IN_HAND else []
    return [*found, PASS_ON] if passes and state in PASSABLE else found


@dataclass(frozen=True)
class Card:
    """A row of the board with the verbs that it can be moved onto."""

    row: OrderRow
    moves: list[str]


def cards_of(viewer: Viewer | None, rows: list[OrderRow]) -> list[Card]:
    """The rows of a column as cards."""
    passes = may(viewer, "pass_on").allowed
    return [Card(row, moves_of(viewer, row.order, row.state, passes=passes)) for row in rows]


def owners(viewer: Viewer | None) -> list[Unit]:
    """The units that an order can be given to."""
    return units() if may(viewer, "pass_on").allowed else []


@dataclass(frozen=True)
class Chosen:
    """The verb that a card was moved onto, and the unit; `refused` says why it cannot be done by now."""

    deed: str = ""
    unit: uuid.UUID | None = None
    refused: str = ""


def chosen_of(query: QueryDict, moves: list[str], row: OrderRow | None) -> Chosen:
    """What `?deed=&unit=` chooses: that form opens with the unit set, and nothing is done before it is sent."""
    deed = query.get("deed", "")
    if deed not in DEEDS:
        return Chosen()
    if deed in moves:
        return Chosen(deed, parse_id(query.get("unit", "")))
    state = row.standing.get_state_display() if row else ""
    return Chosen(refused=_("This order is %(state)s by now, so it cannot be moved there.") % {"state": state})
