"""The answers beside a chronology, for checking a finished run only; the product never has them."""

import json
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

# In a checkout the answers lie with the tests; whoever brings his own chronology lays them beside it.
OURS = Path(__file__).resolve().parents[3] / "tests" / "labels"


@dataclass(frozen=True)
class Label:
    """What is known of one message: its incident, and the passages a releasable version drops."""

    incident: str
    sensitive: tuple[str, ...]


@dataclass(frozen=True)
class Score:
    """How found incidents compare with labelled ones, over all pairs of messages."""

    f1: float
    found: int
    labelled: int
    merged: list[list[str]]


def read_labels(name: str, folder: Path) -> dict[str, Label] | None:
    """The labels of a chronology: beside it, else in the checkout; None when there are none."""
    file = next((place / f"{name}.jsonl" for place in (folder, OURS) if (place / f"{name}.jsonl").is_file()), None)
    if file is None:
        return None
    rows = [json.loads(line) for line in file.read_text().splitlines() if line.strip()]
    if not all("incident_id" in row for row in rows):
        return None
    return {row["id"]: Label(row["incident_id"], spans_of(row)) for row in rows}


def spans_of(row: dict[str, object]) -> tuple[str, ...]:
    """Every marked passage, in the original and in the officer's English."""
    spans = row.get("sensitive") or []
    texts = [span.get(key) for span in spans for key in ("span", "gloss_span")] if isinstance(spans, list) else []
    return tuple(text for text in texts if text)


def pairwise(found: dict[str, str], labelled: dict[str, str]) -> Score:
    """Pairwise F1; `merged` lists the found incidents that hold messages of more than one labelled incident."""
    same_found = {pair for pair in combinations(sorted(found), 2) if found[pair[0]] == found[pair[1]]}
    same_label = {pair for pair in combinations(sorted(found), 2) if labelled[pair[0]] == labelled[pair[1]]}
    both = len(same_found & same_label)
    precision = both / len(same_found) if same_found else 1.0
    recall = both / len(same_label) if same_label else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    mixed = [
        sorted({labelled[key] for key in found if found[key] == incident}) for incident in sorted(set(found.values()))
    ]
    return Score(
        f1, len(set(found.values())), len(set(labelled.values())), [names for names in mixed if len(names) > 1]
    )
