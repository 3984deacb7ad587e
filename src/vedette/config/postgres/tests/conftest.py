"""A home folder for a real server, away from any other, with no server left behind."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from vedette.config.postgres.cluster import account_for, stop_server
from vedette.config.postgres.files import lay_out


@pytest.fixture(autouse=True)
def without_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the person's own house reaches these tests, but the programs and account that CI chose."""
    for name in list(os.environ):
        if name.startswith("VEDETTE_") and name not in {"VEDETTE_POSTGRES_BIN", "VEDETTE_POSTGRES_USER"}:
            monkeypatch.delenv(name)


@pytest.fixture
def home() -> Iterator[Path]:
    """A short, reachable home folder; pytest's own is closed to the account that runs the server for root."""
    folder = Path(tempfile.mkdtemp(prefix="vt-", dir="/tmp"))
    folder.chmod(0o711)
    home = folder / "home"
    yield home
    if home.exists():
        layout = lay_out(home, account_for(home))
        stop_server(layout)
        if folder not in layout.place.parents:
            shutil.rmtree(layout.place)
    shutil.rmtree(folder)
