"""How long a file, a function and a view may be."""

from tests.house.tree import DOORS, functions, length, name_of, product, room_of

FILE, LONGEST_FILE, FUNCTION, LONGEST_FUNCTION, VIEW = 300, 500, 45, 60, 30


def test_nineteen_files_of_twenty_are_short_and_none_is_long():
    lines = {name_of(file): len(file.read_text(encoding="utf-8").splitlines()) for file in product()}
    assert {name: count for name, count in lines.items() if count > LONGEST_FILE} == {}
    over = {name: count for name, count in lines.items() if count > FILE}
    assert len(over) <= len(lines) * 0.05, over


def test_hardly_a_function_is_long_and_none_is_very_long():
    sizes = {f"{name_of(file)}: {each.name}": length(each) for file in product() for each in functions(file)}
    assert {name: count for name, count in sizes.items() if count > LONGEST_FUNCTION} == {}
    over = {name: count for name, count in sizes.items() if count > FUNCTION}
    assert len(over) <= len(sizes) * 0.01, over


def test_a_door_parses_and_hands_on_in_thirty_lines():
    doors = [file for file in product() if room_of(file) in DOORS and room_of(file) not in ("formats", "jobs")]
    views = ((file, each) for file in doors for each in functions(file) if each.decorator_list)
    sizes = {f"{name_of(file)}: {each.name}": length(each) for file, each in views}
    assert {name: count for name, count in sizes.items() if count > VIEW} == {}
