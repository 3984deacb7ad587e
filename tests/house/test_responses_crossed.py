"""Responses and their orders when what they rest on is for fewer eyes than they are themselves."""

import pytest

from tests.house.facts import HOUR, SheetFacts, World
from tests.house.test_crossings import CLOSED, one, to
from tests.house.writing import write
from vedette.handling.actions import access_class
from vedette.handling.models import Sheet
from vedette.kit.time import now
from vedette.response.models import Run, Task


def stored(cast, kind: str, *sheets: SheetFacts) -> None:
    write(cast, World(now(), sheets=list(sheets)), kind)


def closed(key) -> None:
    """Hide a sheet from everyone here."""
    hidden = access_class(CLOSED["sensitivity"], CLOSED["groups"], CLOSED["named"])
    Sheet.objects.filter(id=key).update(access_class=hidden)


@pytest.mark.parametrize(
    "address", ["/response/", "/response/{}/", "/response/{}/?part=body", "/response/{}/?at=1", "/response/{}/print/", "/api/v1/runs/{}",
                "/shift/", "/shift/handover/", "/"]
)  # fmt: skip
@pytest.mark.parametrize("hidden", [False, True])
def test_a_response_does_not_tell_the_title_of_an_incident_its_reader_may_not_see(cast, address, hidden):
    facts = one(cast)
    stored(cast, "run", facts)
    run = Run.objects.as_house("a test closes the incident under a run").get(pk=facts.id)
    if hidden:
        closed(run.incident_id)
    said = cast.signed_in("watch").get(address.format(facts.id)).content.decode()
    known = facts.id.hex in said or str(run.incident_id) in said
    assert known == (not hidden)


@pytest.mark.parametrize("address", ["/response/orders/{}/", "/orders/{}/"])
@pytest.mark.parametrize("seat, hidden, seen", [
    ("watch", False, True), ("watch", True, False), ("sergeant", False, True), ("sergeant", True, True),
])  # fmt: skip
def test_an_order_on_a_hidden_basis_is_for_its_unit_and_for_no_one_else(cast, address, seat, hidden, seen):
    order, basis = one(cast, deliveries=[to(cast, "unit", "transit")]), one(cast, filed=now() - 2 * HOUR)
    stored(cast, "task", order, basis)
    Task.objects.as_house("a test rests a task on another sheet").filter(pk=order.id).update(basis=basis.id)
    if hidden:
        closed(basis.id)
    answer = cast.signed_in(seat).get(address.format(order.id))
    assert (order.id.hex in answer.content.decode()) == seen
    assert answer.status_code == (200 if seen else 404)
