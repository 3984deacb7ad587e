"""Reading the demonstration's clause texts into dated data; a real clause is entered by a person, field by field."""

import datetime
import re
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Gate:
    """What a clause gates, with what effect, up to which label, and the readings it plans."""

    gate: str
    effect: str
    up_to: str = ""
    reviews: list[datetime.date] = field(default_factory=list)


# First match wins; the patterns are those of the home files' own clauses.
PATTERNS: tuple[tuple[str, str, str, str], ...] = (
    (r"third host", "third-host", "forbids", ""),
    (r"open investigation", "named", "forbids", ""),
    (r"read again every", "notice", "condition", ""),
    (r"never a named subject|no named subject.*(?:open investigation|at all)", "named", "forbids", ""),
    (r"no named subject except|named subject may be released when|named subject", "named", "condition", ""),
    (r"no onward release|onward", "onward", "condition", ""),
    (r"police version", "share", "allows", "AMBER"),
    (r"released to the task force|may be released to", "share", "allows", "AMBER+STRICT"),
    (r"cleared as releasable to the private sector", "share", "condition", "GREEN"),
    (r"pass it on inside", "onward", "allows", ""),
    (r"share what it collected itself", "share", "condition", "AMBER"),
    (r"originator-controlled|cut before release", "third-host", "condition", ""),
    (r"pays|reimburses|costs|account per post", "cost", "allows", ""),
    (r"train, advise|missions?\b", "mission", "condition", ""),
    (r"does not investigate|police powers", "status", "forbids", ""),
    (r"review each|review", "notice", "condition", ""),
)


def gate_of(text: str) -> Gate:
    """The gate of a clause text; `other` when none of the known forms fits."""
    days = [datetime.date.fromisoformat(day) for day in re.findall(r"\d{4}-\d{2}-\d{2}", text)]
    lowered = text.lower()
    for pattern, gate, effect, up_to in PATTERNS:
        if re.search(pattern, lowered):
            return Gate(gate, effect, up_to, days if gate == "notice" else [])
    return Gate("other", "condition", "", days)
