"""What no line of the house may say."""

import ast
import re
from collections import Counter

from tests.house.tree import DOORS, ROOT, everything, name_of, parsed, product, room_of

RAW = {"_base_manager", "raw", "cursor"}
RAW_ROOMS = {"kit", "audit", "search", "live"}
RAW_ALLOWED = {
    "src/vedette/handling/manager.py": "the shut manager itself",
    "src/vedette/places/actions.py": "loads the gazetteer by COPY; no governed table",
    "src/vedette/demo/prepare.py": "makes the demonstration database",
}
ORM = {"objects", "seen_by", "as_house", "select_related", "prefetch_related", "bulk_create", "get_or_create"}
CLOCKS = re.compile(r"timezone\.now|auto_now|\bNow\(|datetime\.utcnow|date\.today\(")
SQL_NOW = re.compile(r"\bnow\(\)|current_timestamp", re.IGNORECASE)
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError|xfail)\b")
MARK = re.compile(r"# (type: ignore(?:\[[a-z, -]+\])?|noqa(?:: [A-Z0-9, ]+)?)")
ALLOWANCES = ROOT / "tests" / "house" / "allowances.txt"


def attributes(file):
    return [(node.attr, node.lineno) for node in ast.walk(parsed(file)) if isinstance(node, ast.Attribute)]


def test_nobody_walks_past_the_shut_manager():
    found = [
        f"{name_of(file)}:{line} {name}"
        for file in product()
        if room_of(file) not in RAW_ROOMS and name_of(file) not in RAW_ALLOWED
        for name, line in attributes(file)
        if name in RAW
    ]
    assert found == []


def test_no_door_and_no_format_asks_a_table():
    found = [
        f"{name_of(file)}:{line} {name}"
        for file in product()
        if room_of(file) in DOORS
        for name, line in attributes(file)
        if name in ORM
    ]
    assert found == []


def test_there_is_one_clock():
    files = [file for file in product() if name_of(file) != "src/vedette/kit/time.py"]
    found = [
        f"{name_of(file)}:{number} {line.strip()}"
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if CLOCKS.search(line)
    ]
    assert found == []


def test_no_statement_asks_the_database_for_the_time():
    def texts(file):
        return [
            node for node in ast.walk(parsed(file)) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]

    found = [
        f"{name_of(file)}:{text.lineno}"
        for file in product()
        for text in texts(file)
        if SQL_NOW.search(text.value) and re.search(r"\b(select|insert|update|where)\b", text.value, re.IGNORECASE)
    ]
    assert found == []


def test_nothing_is_left_for_later():
    found = [
        f"{name_of(file)}:{number} {line.strip()}"
        for file in everything()
        if name_of(file) != "tests/house/test_forbidden.py"
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if UNFINISHED.search(line)
    ]
    assert found == []


def marks():
    found: Counter[str] = Counter()
    for file in everything():
        if name_of(file) != "tests/house/test_forbidden.py":
            found.update(mark.strip() for mark in MARK.findall(file.read_text(encoding="utf-8")))
    return found


def test_every_kind_of_silenced_warning_is_on_the_list_with_its_reason():
    listed = {}
    for line in ALLOWANCES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            mark, most, reason = (part.strip() for part in line.split("|"))
            assert reason, f"{mark} has no reason"
            listed[mark] = int(most)
    found = marks()
    assert {mark: count for mark, count in found.items() if count > listed.get(mark, 0)} == {}


def test_a_silenced_warning_names_what_it_silences():
    found = [
        f"{name_of(file)}:{number}"
        for file in everything()
        if name_of(file) != "tests/house/test_forbidden.py"
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if {mark.strip() for mark in MARK.findall(line)} & {"type: ignore", "noqa"}
    ]
    assert found == []
