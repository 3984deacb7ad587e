"""Fixtures of the laws."""

import pytest


@pytest.fixture(autouse=True)
def one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """The broadcaster drops worn connections before it asks; a test lives in one transaction of one connection."""
    monkeypatch.setattr("vedette.web.stream.broadcast.close_old_connections", lambda: None)
