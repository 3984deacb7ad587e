"""The one declared table of verbs: who may, whether one proves oneself again, under which audit code it is written."""

from dataclasses import dataclass, field

DESK = frozenset({"watch", "clerk", "analyst", "commander", "releasing"})
WATCH = frozenset({"watch", "analyst", "commander"})
EVERYONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Verb:
    """A verb of the trade: `words` complete "may ...", `roles` empty means any seat, `instead` are roles beside the author."""

    words: str
    roles: frozenset[str]
    code: str
    home_only: bool = True
    reauthenticate: bool = False
    author_only: bool = False
    instead: frozenset[str] = field(default_factory=frozenset)


VERBS: dict[str, Verb] = {
    "file_report": Verb("file a report", frozenset({"officer", "clerk", "watch", "analyst"}), "report.filed"),
    "amend_report": Verb("amend a report", EVERYONE, "report.amended", author_only=True, instead=frozenset({"clerk"})),
    "confirm_phoned_report": Verb("confirm a report phoned in", frozenset({"officer"}), "report.confirmed"),
    "read_at_desk": Verb("mark a report read at the desk", DESK, "sheet.read"),
    "grade_claim": Verb("grade a statement", frozenset({"watch", "analyst"}), "claim.graded"),
    "make_claim": Verb("write down a statement", frozenset({"watch", "analyst", "clerk"}), "claim.made"),
    "grade_report": Verb("grade a report", frozenset({"watch", "analyst"}), "report.graded"),
    "set_root_source": Verb("say what a source goes back to", frozenset({"watch", "analyst"}), "source.rooted"),
    "set_nexus": Verb("answer the home nexus", frozenset({"officer", "watch", "analyst", "clerk"}), "report.nexus_set"),
    "set_place": Verb(
        "say where a report happened",
        EVERYONE,
        "report.placed",
        author_only=True,
        instead=frozenset({"watch", "analyst", "clerk"}),
    ),
    "confirm_name": Verb("mark a passage as naming a person", frozenset({"watch", "analyst"}), "name.confirmed"),
    "clear_name": Verb("say that a passage names nobody", frozenset({"watch", "analyst"}), "name.cleared"),
    "store_file": Verb(
        "attach a file",
        frozenset({"officer", "clerk", "watch", "analyst", "finance", "programme"}),
        "file.stored",
    ),
    "file_received": Verb("file what another agency sent", frozenset({"clerk", "watch"}), "received.filed"),
    "ask": Verb("ask a post", EVERYONE, "request.asked"),
    "route_request": Verb("pass a question on", DESK, "request.routed"),
    "answer": Verb("answer a question", frozenset({"officer", "clerk"}), "request.answered"),
    "refuse": Verb("refuse a question", frozenset({"officer"}) | DESK, "request.refused"),
    "take_in_hand": Verb("take another agency's question in hand", DESK, "request.taken"),
    "thank": Verb("thank for an answer", EVERYONE, "request.thanked"),
    "reclassify": Verb(
        "change who may see a record", frozenset({"watch", "analyst", "releasing", "privacy"}), "sheet.reclassified"
    ),
    "open_one": Verb("open a record", EVERYONE, "sheet.opened", home_only=False),
    "list": Verb("see a list", EVERYONE, "sheet.listed", home_only=False),
    "explain": Verb("ask why", EVERYONE, "sheet.explained", home_only=False),
    "rotate_key": Verb("replace a key of the agency", frozenset({"administrator"}), "key.rotated", reauthenticate=True),
    "set_clock": Verb("set the shown clock", EVERYONE, "clock.set", home_only=False),
}


def declare(verbs: dict[str, Verb]) -> None:
    """Add a higher room's verbs; the same verb twice is a programming error."""
    twice = VERBS.keys() & verbs.keys()
    if twice:
        raise ValueError(f"Declared twice: {sorted(twice)}")
    VERBS.update(verbs)
