"""A small gazetteer for these tests: sixty or so lines of the real file, loaded by the real action."""

import lzma
from functools import cache
from pathlib import Path

import pytest

from vedette.places.actions import DATA, load_gazetteer

WANTED = {
    "Paris", "Parys", "Mumbai", "Navi Mumbai", "New York City", "York", "London", "Londonderry County Borough",
    "Abu Dhabi", "Saint Petersburg", "St. Petersburg", "Saint-Denis", "São Paulo", "Munich", "Labasa", "Suva",
    "Longyearbyen", "Jerusalem", "Moscow", "Athens", "Seoul", "Tokyo", "Beijing", "Karachi", "Toronto",
    "Tbilisi", "Yerevan", "Lyon",
}  # fmt: skip


@cache
def lines() -> tuple[str, ...]:
    """The lines of the committed gazetteer."""
    return tuple(lzma.decompress((DATA / "gazetteer.tsv.xz").read_bytes()).decode().split("\n"))


@pytest.fixture(scope="session")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lines of the wanted places, packed as the real file is."""
    kept = [line for line in lines() if line.rsplit("\t", 1)[1].split("|")[0] in WANTED]
    file = tmp_path_factory.mktemp("places") / "small.tsv.xz"
    file.write_bytes(lzma.compress("\n".join(kept).encode(), preset=0))
    return file


@pytest.fixture
def gazetteer(db: None, small_file: Path) -> int:
    """The small gazetteer in the database; how many places it holds."""
    return load_gazetteer(small_file)
