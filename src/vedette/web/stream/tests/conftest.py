"""A house whose streams beat quickly."""

import pytest

from tests.cast import Cast, the_cast
from vedette.web.stream import broadcast, door, shown

PING = 0.1


@pytest.fixture
def house(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr(door, "PING_SECONDS", PING)
    monkeypatch.setattr(broadcast, "_the_one", broadcast.Broadcaster())
    monkeypatch.setattr(shown, "GATHER_SECONDS", 0.05)
    return the_cast()
