"""A chronology as the player sends it: only what an officer would have had."""

import datetime
import json
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
# What an officer's own app would hold. Everything else a file may carry (answers, labels) never leaves this module.
SENT = (
    "t", "observed_t", "kind", "lang", "gloss_en", "place", "text", "source_ref", "source_kind", "grade", "home_nexus",
)  # fmt: skip
NEVER_SENT = (
    "incident_id", "gold", "basis", "corrects", "also_corrects", "sensitive", "identity", "refs", "also_heard_via",
)  # fmt: skip
NAMESPACE = uuid.UUID("6f0c3a5e-3f5d-5a39-9a3b-7f2d5b7f4c11")
HOMES = {"paris-2015": "home-nyc", "mumbai-2008": "home-nyc", "boston-2013": "home-boston"}
TITLES = {
    "paris-2015": "Paris, 13 November 2015",
    "mumbai-2008": "Mumbai, 26 November 2008",
    "boston-2013": "Boston, 15 April 2013",
}


@dataclass(frozen=True)
class Message:
    """One message of a chronology: its key in the file, the post it comes from, when it was observed, what is sent."""

    key: str
    post: str
    at: datetime.datetime
    body: dict[str, Any]


@dataclass(frozen=True)
class Heard:
    """That the same was heard through another channel: what a clerk may file as received."""

    key: str
    channel: str
    at: datetime.datetime
    approximate: bool


@dataclass(frozen=True)
class Chronology:
    """A whole chronology with the home side it is sent to."""

    name: str
    title: str
    home: dict[str, Any]
    messages: list[Message]


def read_chronology(name: str, folder: Path = DATA) -> Chronology:
    """A chronology of this name with its home side; FileNotFoundError names what is missing."""
    file = folder / f"{name}.feed.jsonl"
    if not file.exists():
        raise FileNotFoundError(f"There is no {file.name} in {folder}.")
    rows = [json.loads(line) for line in file.read_text().splitlines() if line.strip()]
    messages = [message_of(row) for row in rows]
    return Chronology(name, TITLES.get(name, name), read_home_for(name, folder), messages)


def read_home_for(name: str, folder: Path) -> dict[str, Any]:
    """The home side of a chronology: its own `<name>.home.json`, or the one of the shipped pairs, or the only one there."""
    candidates = [
        folder / f"{name}.home.json",
        folder / f"{HOMES.get(name, '')}.json",
        *sorted(folder.glob("home*.json")),
    ]
    file = next((candidate for candidate in candidates if candidate.is_file()), None)
    if file is None:
        raise FileNotFoundError(f"There is no home file for {name} in {folder}.")
    loaded: dict[str, Any] = json.loads(file.read_text())
    return loaded


def message_of(row: dict[str, Any]) -> Message:
    """The message a line becomes: an allow-list of fields, and an id that is the same at every run."""
    body = {name: row[name] for name in SENT if name in row and row[name] is not None}
    body["client_id"] = str(uuid.uuid5(NAMESPACE, row["id"]))
    return Message(row["id"], row["post"], datetime.datetime.fromisoformat(row["observed_t"]), body)


def chronologies(folder: Path = DATA) -> list[str]:
    """The names of the chronologies in a folder."""
    return sorted(file.name.removesuffix(".feed.jsonl") for file in folder.glob("*.feed.jsonl"))
