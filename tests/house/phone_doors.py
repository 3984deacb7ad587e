"""The reader that goes with an officer on his phone: one bundle, each part of it held to the table."""

import json
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.house.facts import SheetFacts, World
from vedette.agencies.models import Seat
from vedette.agencies.viewer import Viewer
from vedette.handling.policy import may
from vedette.handsets.models import Handset
from vedette.kit.time import now
from vedette.programme.models import Post
from vedette.reporting.models import Request, RequestState

if TYPE_CHECKING:
    from tests.house.readers import Asker

Ids = set[uuid.UUID]


def carried(part: str) -> Callable[["Asker", World], Ids]:
    """The records of one part of the bundle; none of its words stands in it without its id."""

    def ask(asker: "Asker", world: World) -> Ids:
        answer = asker.client.get("/api/v1/phone", headers={"X-Handset": _phone_of(asker)})
        said = answer.json() if answer.status_code == 200 else {part: []}
        text = json.dumps(said[part])
        named = {sheet.id for sheet in world.sheets if f'"{sheet.id}"' in text}
        told = {sheet.id for sheet in world.sheets if sheet.id.hex in answer.content.decode()}
        assert told <= named, "the bundle tells words of a record that it does not name"
        return named

    return ask


def _phone_of(asker: "Asker") -> str:
    """A phone of the seat that asks, as if one had been set up for it."""
    if asker.viewer is None:
        return ""
    rows = Handset.objects.filter(seat=asker.viewer.seat_id, revoked_at__isnull=True, wiped_at__isnull=True)
    found = rows.first() or Handset.objects.create(
        seat_id=asker.viewer.seat_id, label="a world's phone", token=b"0" * 32, wrapped=b"0", since=now()
    )
    return str(found.id)


def carries(viewer: Viewer | None, sheet: SheetFacts) -> bool:
    """A phone is an officer's."""
    return may(viewer, "take_bundle").allowed


def his_own_report(viewer: Viewer | None, sheet: SheetFacts) -> bool:
    """The reports on it are those he filed."""
    return viewer is not None and carries(viewer, sheet) and sheet.author == viewer.seat_id


def of_officer_a(viewer: Viewer | None, sheet: SheetFacts) -> bool:
    """The world's questions and signs of life are officer A's."""
    return viewer is not None and viewer.seat_id == Seat.objects.get(label="officer_a").id


def sent_to_him(viewer: Viewer | None, sheet: SheetFacts) -> bool:
    """What was released to his seat or unit and stands."""
    if viewer is None or not carries(viewer, sheet) or sheet.withdrawn:
        return False
    return any(to.whom in (viewer.seat_id, viewer.unit_id, viewer.agency_id) and not to.recalled
               for to in sheet.deliveries)  # fmt: skip


def asked(asker: "Asker", world: World) -> Ids:
    """The questions on it; those of the world wait at post A."""
    rows = Request.objects.as_house("what a world wrote").filter(pk__in=world.ids)
    rows.update(to_post=Post.objects.get(city="A-ville"))
    states = RequestState.objects.as_house("what a world wrote")
    states.filter(request__in=world.ids, until__isnull=True).update(state="routed")
    return carried("questions")(asker, world)
