"""Work of the house itself: every call of as_house stands in the list with its room, function and reason."""

import ast
from pathlib import Path

from tests.house.tree import DOORS, ROOT, SOURCE, Function, calls, literal, name_of, parsed, product, room_of

LIST = ROOT / "tests" / "house" / "as_house.txt"


def _reason(file: Path, call: ast.Call) -> str | None:
    """The reason a call gives: a literal, or a constant of its file."""
    given = call.args[0] if call.args else None
    if not isinstance(given, ast.Name):
        return literal(given)
    for node in parsed(file).body:
        if isinstance(node, ast.Assign) and given.id in {getattr(target, "id", None) for target in node.targets}:
            return literal(node.value)
    return None


def sites() -> set[str]:
    """Every call site as `room · file · function · reason`."""
    found = set()
    for file in product():
        if name_of(file) == "src/vedette/handling/manager.py":
            continue
        for node in ast.walk(parsed(file)):
            if isinstance(node, Function):
                for call in calls(node, "as_house"):
                    reason = _reason(file, call)
                    place = file.relative_to(SOURCE).as_posix()
                    found.add(f"{room_of(file)} · {place} · {node.name} · {reason}")
    return found


def listed() -> set[str]:
    return {line for line in LIST.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")}


def test_every_call_site_stands_in_the_list_and_every_line_of_it_is_a_call_site():
    assert sorted(sites() - listed()) == [], "add these lines to tests/house/as_house.txt, after thinking"
    assert sorted(listed() - sites()) == [], "these are gone from the code"


def test_every_call_states_its_reason_in_words():
    assert [site for site in sites() if site.endswith("· None") or len(site.split(" · ")[3].split()) < 3] == []


def test_no_door_and_no_format_does_work_of_the_house():
    assert [site for site in sites() if site.split(" · ")[0] in DOORS] == []


if __name__ == "__main__":
    LIST.write_text(
        "# room · file · function · reason (python -m tests.house.test_as_house writes it)\n"
        + "\n".join(sorted(sites()))
        + "\n"
    )
