"""Each reader held against the second rule in one world; `bench/worlds.py` asks for thousands."""

from collections.abc import Iterable

from django.db import transaction

from tests.cast import Cast
from tests.house import naive
from tests.house.facts import SeatFacts, World
from tests.house.readers import READERS, Asker
from tests.house.worlds import SEATS, worlds
from tests.house.writing import all_classes, viewers, write
from vedette.agencies.viewer import Viewer
from vedette.handling.policy import faces, who_may_see

SLOW_EVERY, TWINS_EVERY, NEVER = 150, 10, 10**9


def disagreements(
    cast: Cast, count: int, seed: int = 2011, slow_every: int = SLOW_EVERY, slow_seats: int = SEATS
) -> list[str]:
    """What any reader answered otherwise than the second rule in `count` worlds; each world is rolled back.

    The slow readers are asked in every so many worlds, by so many of its seats.
    """
    found: list[str] = []
    classes = all_classes()
    for number, world in worlds(cast, count, seed):
        with transaction.atomic():
            write(cast, world, known=classes)
            found += [
                f"world {number}: {said}"
                for said in _compare(world, slow_seats if number % slow_every == 0 else 0, number)
            ]
            transaction.set_rollback(True)
    return found


def _compare(world: World, slow_seats: int, number: int) -> Iterable[str]:
    seen = viewers(world)
    told = who_may_see(world.ids, list(seen.values()))
    for place, seat in enumerate(world.seats):
        answers = naive.faces(seat, world)
        viewer = seen.get(seat.id)
        if viewer is None:
            if len(answers["no"]) < len(world.ids):
                yield f"{seat} is not in force for the house"
            continue
        if {sheet for sheet, who in told.items() if viewer in who} != world.ids - answers["no"]:
            yield f"who_may_see for {seat}"
        if faces(viewer, world.ids) != _wanted_faces(answers):
            yield f"faces for {seat}"
        yield from _readers(seat, viewer, world, slow=place < slow_seats, twins=number % TWINS_EVERY == 0)


def _wanted_faces(answers: dict[str, set[object]]) -> dict[object, str]:
    struck = dict.fromkeys(answers["struck"] | answers["marked"], "struck")
    return struck | dict.fromkeys(answers["whole"], "whole")


def _readers(seat: SeatFacts, viewer: Viewer, world: World, *, slow: bool, twins: bool) -> Iterable[str]:
    asker, answers = Asker(viewer), naive.faces(seat, world)
    for name, reader in READERS.items():
        if reader.kind != "report" or (reader.slow and not slow) or (reader.twin and not twins):
            continue
        wanted = answers["whole"] | answers["marked"] | (set() if reader.content else answers["struck"])
        spoken_of = {sheet.id for sheet in world.sheets if reader.only(viewer, sheet)}
        if reader.ask(asker, world) != wanted & spoken_of:
            yield f"{name} for {seat}"
