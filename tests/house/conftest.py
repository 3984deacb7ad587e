"""Fixtures of the laws."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """The broadcaster drops worn connections before it asks; a test lives in one transaction of one connection."""
    monkeypatch.setattr("vedette.web.stream.broadcast.close_old_connections", lambda: None)


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    """What a test stores lies in its own folder."""
    settings.VEDETTE_FILES = str(tmp_path / "files")
