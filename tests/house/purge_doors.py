"""Readers that are the doors of purges: what may be asked for, and the orders."""

import uuid
from typing import TYPE_CHECKING

from tests.cast import WORD
from tests.house.facts import World
from vedette.agencies.models import Seat
from vedette.handling.models import PurgeItem, PurgeOrder, Sheet
from vedette.handling.policy import may, visible
from vedette.kit.time import now

if TYPE_CHECKING:
    from tests.house.readers import Asker

Ids = set[uuid.UUID]


def purge_asked(asker: "Asker", world: World) -> Ids:
    """The records whose purge may be asked for, and that a search for words finds beside them."""
    if not may(asker.viewer, "see_purges").allowed:
        return _shut(asker, f"/audit/purges/ask/{world.sheets[0].reference}/")
    found = set()
    for sheet in world.sheets:
        answer = asker.client.get(f"/audit/purges/ask/{sheet.reference}/")
        found |= {sheet.id} if answer.status_code == 200 else set()
        assert not any(one.id.hex in answer.content.decode() for one in world.sheets), "a purge tells a record's words"
    if found:
        first = next(sheet for sheet in world.sheets if sheet.id in found)
        told = asker.client.post(f"/audit/purges/ask/{first.reference}/", {"do": "look", "words": WORD})
        beside = {sheet.id for sheet in world.sheets if sheet.reference in told.content.decode()}
        assert beside <= found, "a purge tells of a record that the asker does not hear of"
    return _but_for_keepers(asker, world, found)


def orders_of_purges(asker: "Asker", world: World) -> Ids:
    """The orders of a seat that asks nothing here, one a record; each page too names no record the list does not."""
    if not may(asker.viewer, "see_purges").allowed:
        return _shut(asker, "/audit/purges/")
    other = Seat.objects.get(label="administrator")
    found = set()
    for sheet in world.sheets:
        order, made = PurgeOrder.objects.get_or_create(
            reference=f"P-{sheet.id.hex[:20]}", defaults={"basis": "court", "because": "x", "by": other, "at": now()}
        )
        if made:
            PurgeItem.objects.create(order=order, sheet_id=sheet.id, why="asked", taken=True)
        if asker.client.get(f"/audit/purges/{order.id}/").status_code == 200:
            found.add(sheet.id)
    text = asker.client.get("/audit/purges/").content.decode()
    assert {sheet.id for sheet in world.sheets if sheet.reference in text} <= found
    return _but_for_keepers(asker, world, found)


def _shut(asker: "Asker", address: str) -> Ids:
    assert asker.client.get(address).status_code != 200, "a door to purges is open to who may not see them"
    return set()


def _but_for_keepers(asker: "Asker", world: World, found: Ids) -> Ids:
    """What was found; a privacy officer and an auditor hear of every record by its reference."""
    viewer = asker.viewer
    if viewer is None or not (viewer.is_home and viewer.holds("privacy", "auditor")):
        return found
    return set(Sheet.objects.filter(visible(viewer), id__in=world.ids).values_list("id", flat=True))
