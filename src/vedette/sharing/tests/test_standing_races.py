"""Two loops that serve one standing rule beside each other; in a file of its own: it commits."""

import threading

import pytest
from django.db import connection

from vedette.sharing.actions import draft_by_rules, standing
from vedette.sharing.models import StandingDraft
from vedette.sharing.tests.ruled import ruled, seen
from vedette.sharing.tests.stage import play


@pytest.mark.django_db(transaction=True)
def test_two_loops_make_one_draft_and_one_that_dies_half_way_leaves_none(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = ruled(play("paris-2015", "PAR-003"))
    seen(house.stage, "par", "Gare du Nord", killed=3)
    drafts = StandingDraft.objects.as_house("a test")
    with monkeypatch.context() as broken:
        broken.setattr(standing, "start_clock", lambda *given, **named: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            draft_by_rules()
    assert drafts.count() == 0, "what dies half way leaves nothing"
    errors: list[BaseException] = []

    def serve() -> None:
        try:
            draft_by_rules()
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    loops = [threading.Thread(target=serve) for _ in range(3)]
    for loop in loops:
        loop.start()
    for loop in loops:
        loop.join()
    assert not errors and drafts.count() == 1
    assert draft_by_rules() == 0 and drafts.count() == 1
