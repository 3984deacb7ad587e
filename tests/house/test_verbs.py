"""Every verb is declared, is asked by exactly one place, and writes exactly one audit code that has a sentence."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps

from tests.house.routes import routes
from tests.house.tree import DOORS, ROOT, Function, calls, literal, name_of, parsed, product, room_of
from vedette.audit.codes import SENTENCES
from vedette.handling.verbs import VERBS

# Codes that no verb asks for, each with the reason: `code | reason`.
LIST = ROOT / "tests" / "house" / "codes_without_verbs.txt"


# Verbs with two outcomes, each with its own code: one watch seat proposes, a second one does it.
OUTCOMES = {"lock": {"person.lock_proposed"}, "release_lock": {"person.lock_proposed"}}


def without_verb() -> set[str]:
    lines = [line.split(" | ") for line in LIST.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    assert all(len(line) == 2 and line[1].strip() for line in lines)
    return {line[0].strip() for line in lines}


def codes_of(node: ast.AST) -> set[str]:
    return {code for call in calls(node, "record") if len(call.args) > 1 and (code := literal(call.args[1]))}


def verbs_of(function: Function) -> set[str]:
    return {verb for call in calls(function, "require") if len(call.args) > 1 and (verb := literal(call.args[1]))}


def verb_functions():
    """Each function that asks for a verb, with the codes it and the private parts of its file record."""
    for file in product():
        if room_of(file) in ("web", "api"):
            continue
        own = {node.name: node for node in ast.walk(parsed(file)) if isinstance(node, Function)}
        for function in own.values():
            for verb in verbs_of(function):
                yield file, function, verb, _codes_reached(function, own)


def _codes_reached(function, own):
    reached, todo = set(), [function]
    seen = {function.name}
    while todo:
        node = todo.pop()
        reached |= codes_of(node)
        names = {
            call.func.id for call in ast.walk(node) if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
        }
        for name in names & own.keys() - seen:
            seen.add(name)
            if not verbs_of(own[name]):
                todo.append(own[name])
    return reached


def test_every_code_of_a_verb_has_a_sentence():
    assert sorted({verb.code for verb in VERBS.values()} - SENTENCES.keys()) == []


def test_every_code_with_a_sentence_belongs_to_a_verb_or_says_why_not():
    assert sorted(SENTENCES.keys() - {verb.code for verb in VERBS.values()} - without_verb()) == []


def test_every_code_that_is_recorded_is_declared():
    found = {(name_of(file), code) for file in product() for code in codes_of(parsed(file))}
    assert sorted(pair for pair in found if pair[1] not in SENTENCES) == []


def test_whoever_asks_for_a_verb_writes_one_code_and_no_other_than_its_own():
    wrong = [
        f"{name_of(file)}: {function.name} asks for {verb} and records {sorted(codes)}"
        for file, function, verb, codes in verb_functions()
        if (rest := codes - OUTCOMES.get(verb, set()))
        and (len(rest) > 1 or not rest <= {VERBS[asked].code for asked in verbs_of(function)})
    ]
    assert wrong == []


def test_every_verb_that_is_asked_for_is_declared():
    assert sorted({verb for _, _, verb, _ in verb_functions()} - VERBS.keys()) == []


def test_every_declared_verb_is_asked_for_somewhere():
    said = Counter(
        node.value
        for file in product()
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in VERBS
    )
    assert sorted(verb for verb in VERBS if said[verb] < 2) == []


def door_files() -> Iterator[Path]:
    """Where somebody comes in: screens, the API, other rooms' doors, jobs, and the files of commands."""
    for file in product():
        if room_of(file) in DOORS or file.stem == "command" or file.stem.endswith("_command"):
            yield file


def taken_in(file: Path) -> set[tuple[str, str]]:
    """What a file takes from the rooms and uses: (room, name), by its name or through the module it took."""
    rooms = {
        alias.asname or alias.name: (node.module.split(".")[1], alias.name)
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("vedette.")
        for alias in node.names
    }
    used = [node for node in ast.walk(parsed(file)) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)]
    through = [node for node in ast.walk(parsed(file)) if isinstance(node, ast.Attribute)]
    plain = {rooms[node.id] for node in used if node.id in rooms}
    return plain | {
        (rooms[node.value.id][0], node.attr)
        for node in through
        if isinstance(node.value, ast.Name) and node.value.id in rooms
    }


def test_every_declared_verb_has_a_door():
    taken = {pair for file in door_files() for pair in taken_in(file)}
    done = {verb for file, function, verb, _ in verb_functions() if (room_of(file), function.name) in taken}
    declared = {verb for route in routes() for verb in route.verbs}
    assert sorted(VERBS.keys() - declared - done) == [], "a screen, an endpoint, a command or a job has to do it"


def test_a_verb_that_is_used_only_beside_the_doors_has_none():
    taken = {pair for file in door_files() for pair in taken_in(file)}
    assert {("handling", "suspend"), ("sharing", "file_summary"), ("programme", "draft_agreement")} <= taken
    assert ("handling", "record_handling") not in taken


def test_every_verb_says_what_it_is_in_words():
    assert [name for name, verb in VERBS.items() if not verb.words or verb.words != verb.words.strip()] == []


def test_the_rooms_are_all_there():
    assert {"kit", "audit", "live", "agencies", "handling", "reporting"} <= {
        app.label for app in apps.get_app_configs()
    }
