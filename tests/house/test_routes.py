"""Every route declares its verb, and what it serves stands among the readers."""

from tests.house.readers import READERS
from tests.house.routes import routes
from vedette.handling.doors import NO_RECORDS, PUBLIC
from vedette.handling.verbs import VERBS


def test_every_route_declares_its_verb():
    assert [route.path for route in routes() if route.verb is None] == []
    assert [
        (route.path, verb) for route in routes() for verb in route.verbs if verb not in VERBS and verb != PUBLIC
    ] == []


def test_only_doors_that_serve_no_records_are_public():
    assert [route for route in routes() if route.verb == PUBLIC and route.serves != NO_RECORDS] == []


def test_everything_a_route_serves_is_held_to_the_truth_table():
    served = {route.serves for route in routes() if route.serves not in (None, NO_RECORDS)}
    assert sorted(served - READERS.keys()) == [], "each needs a line in tests/house/readers.py"
