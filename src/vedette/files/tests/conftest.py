"""A folder and a master key of the test's own."""

import pytest


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path, monkeypatch):
    """Files land in a folder that is gone afterwards, under a key that is nobody's."""
    settings.VEDETTE_FILES = str(tmp_path / "files")
    monkeypatch.setattr("vedette.files.vault._master", lambda: b"k" * 32)
    return tmp_path / "files"
