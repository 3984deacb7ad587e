"""Every word a reader meets is in the catalogues, and every catalogue has its own for it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.pofile import read_po

from tests.house.spoken import untranslated
from tests.house.tree import SOURCE, name_of, product, room_of
from vedette.config import catalogues
from vedette.config.spoken import CALLS

MEND = f"run {catalogues.UPDATE}, then give what is new its words"
PLACE = re.compile(r"%\(\w+\)[sd]|(?<!\{)\{\w+\}|</?\w+[^>]*>")
TRANSLATES = set(catalogues.KEYWORDS) | set(CALLS)
SENTENCE = re.compile(r"[A-Z][^\W\d_]*['’]?[^\W\d_]* .*[.?!]", re.DOTALL)
# Sentences that go to machines: the API speaks English, and so does what these answer where JSON is asked for.
TO_MACHINES = {"src/vedette/web/shell/away.py", "src/vedette/web/shell/gone.py"}
# Texts of a house that is only shown: the gallery of parts.
SHOWN = {"src/vedette/web/parts/views.py"}


@pytest.fixture(scope="module")
def template() -> Catalog:
    return catalogues.gathered()


def kept(file: Path) -> Catalog:
    with file.open("rb") as handle:
        return read_po(handle, locale=file.parent.parent.name if file.suffix == ".po" else None)


def names(catalog: Catalog) -> set[tuple[str, str]]:
    return {(one.context or "", one.id if isinstance(one.id, str) else one.id[0]) for one in catalog if one.id}


def wanting(template: Catalog, catalog: Catalog) -> dict[str, set[tuple[str, str]]]:
    """What a catalogue lacks or has too much: messages missing, gone, without words, and guessed at."""
    said = {"without words": [one for one in catalog if one.id and not catalogues.is_said(one)]}
    said["guessed"] = [one for one in catalog if one.id and one.fuzzy]
    found = {"missing": names(template) - names(catalog), "gone": names(catalog) - names(template)}
    found["gone"] |= {("", str(one)) for one in catalog.obsolete}
    found |= {what: {(one.context or "", str(one.id)) for one in rows} for what, rows in said.items()}
    return {what: rows for what, rows in found.items() if rows}


def test_every_language_has_words_for_every_message_and_for_no_other(template: Catalog) -> None:
    assert [file.parent.parent.name for file in catalogues.sources()] == ["fr"]
    for file in catalogues.sources():
        assert wanting(template, kept(file)) == {}, MEND
    assert names(kept(catalogues.TEMPLATE)) == names(template), MEND


def test_a_catalogue_that_lacks_guesses_or_keeps_too_much_is_found() -> None:
    (file,) = catalogues.sources()
    catalog = kept(file)
    first, second, third = [one for one in catalog if one.id and isinstance(one.id, str)][:3]
    catalog.delete(first.id, first.context)
    second.flags.add("fuzzy")
    third.string = ""
    catalog.add("This stands nowhere.", "Ceci n’est nulle part.")
    found = wanting(kept(catalogues.TEMPLATE), catalog)
    assert {what: len(rows) for what, rows in found.items()} == {
        "missing": 1, "gone": 1, "without words": 1, "guessed": 1,
    }  # fmt: skip


def places(message: Message) -> list[tuple[set[str], set[str]]]:
    """What is put into a message, in English and in the other language; a singular may leave its number out."""
    if isinstance(message.id, str):
        return [(set(PLACE.findall(message.id)), set(PLACE.findall(str(message.string))))]
    whole = set().union(*(PLACE.findall(one) for one in message.id))
    given = [set(PLACE.findall(one)) for one in message.string]
    return [(whole, given[-1]), (whole, whole | given[0])]


def test_the_same_is_put_into_a_message_in_both_languages() -> None:
    for file in catalogues.sources():
        assert [one.id for one in kept(file) for ours, theirs in places(one) if one.id and ours != theirs] == []


@pytest.mark.parametrize(
    ("message", "same"),
    [
        (Message("%(who)s has the watch.", "%(who)s est de quart."), True),
        (Message("%(who)s has the watch.", "%(qui)s est de quart."), False),
        (Message("For <b>%(name)s</b>", "Pour %(name)s"), False),
        (Message(("%(n)s post", "%(n)s posts"), ("un poste", "%(n)s postes")), True),
        (Message(("%(n)s post", "%(n)s posts"), ("un poste", "des postes")), False),
    ],
)
def test_a_place_that_was_lost_in_translation_is_found(message: Message, same: bool) -> None:
    assert all(ours == theirs for ours, theirs in places(message)) is same


BAD_FRENCH = re.compile(r" [:;?!»](?!\w)|«(?! )|(?<=[^\W\d_])'(?=[^\W\d_])")


def test_french_keeps_its_spaces_and_apostrophes() -> None:
    texts = [
        text
        for one in kept(catalogues.LOCALE / "fr" / "LC_MESSAGES" / "django.po")
        if one.id
        for text in (one.string if isinstance(one.string, tuple) else (one.string,))
        if BAD_FRENCH.search(re.sub(r"<[^>]+>", "", text))
    ]
    assert texts == []


@pytest.mark.parametrize(
    ("text", "bad"),
    [("Où ?", True), ("Où ?", False), ("l'ordre", True), ("l’ordre", False), ("«a»", True), ("à 21:20", False)],
)
def test_french_that_is_set_in_english_is_found(text: str, bad: bool) -> None:
    assert bool(BAD_FRENCH.search(text)) is bad


def test_every_word_of_a_template_is_within_a_translate_tag() -> None:
    found = {
        name_of(file): words
        for file in sorted(SOURCE.rglob("*.html"))
        if not file.name.startswith("gallery") and (words := untranslated(file.read_text(encoding="utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("<p>Nothing here</p>", ["Nothing here"]),
        ('<p>{% translate "Nothing here" %}</p>', []),
        ("{% blocktranslate with n=3 %}{{ n }} reports{% endblocktranslate %}", []),
        ('<button aria-label="Close">{% icon "x" %}</button>', ["Close"]),
        ("<button aria-label=\"{% translate 'Close' %}\"></button>", []),
        ('<input placeholder="Your words">', ["Your words"]),
        ('<span data-lost-words data-text="Lost">{{ age }}</span>', ["Lost"]),
        ("<td>{% tlp label %} TLP:{{ label }} · {{ n }} km</td>", []),
        ("<td>{% if late %}late{% endif %}</td>", ["late"]),
        ("<kbd>Ctrl K</kbd>", []),
    ],
)
def test_words_outside_a_tag_are_found_and_marks_are_not(template: str, words: list[str]) -> None:
    assert untranslated(template) == words


def loose(tree: ast.AST) -> Iterator[str]:
    """Sentences of a program that are neither docstrings nor handed to a translation or a refusal."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        if (
            isinstance(node, ast.Call)
            and (getattr(node.func, "id", None) or getattr(node.func, "attr", "")) in TRANSLATES
        ):
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SENTENCE.fullmatch(node.value):
            yield node.value
        yield from loose(node)


def test_a_screen_says_no_sentence_that_no_catalogue_holds() -> None:
    files = [file for file in product() if room_of(file) == "web" and name_of(file) not in TO_MACHINES | SHOWN]
    found = {
        name_of(file): words for file in files if (words := list(loose(ast.parse(file.read_text(encoding="utf-8")))))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ('words = "It is done now."', 1),
        ('words = _("It is done now.")', 0),
        ('raise Refused("code", "It is done now.")', 0),
        ('def act():\n    """It is done now."""', 0),
    ],
)
def test_a_loose_sentence_is_found(code: str, count: int) -> None:
    assert len(list(loose(ast.parse(code)))) == count


def test_no_script_holds_words_of_its_own() -> None:
    literal = re.compile(r"\"([^\"\n]*)\"|'([^'\n]*)'|`([^`]*)`")
    found = [
        (name_of(file), text)
        for file in sorted((SOURCE / "web").rglob("static/**/*.js"))
        for groups in literal.findall(
            re.sub(r"/\*.*?\*/|//[^\n]*", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        )
        for text in groups
        if re.match(r"[A-Z][a-z]+ [a-z]+\b", text)
    ]
    assert found == []


def test_a_catalogue_is_compiled_when_it_is_newer_and_only_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    file.write_bytes(catalogues.sources()[0].read_bytes())
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)
    assert not catalogues.is_current()
    assert catalogues.compile_stale() == [file] and catalogues.is_current()
    assert catalogues.compile_stale() == []
    with file.with_suffix(".mo").open("rb") as handle:
        assert handle.read(4) in (b"\xde\x12\x04\x95", b"\x95\x04\x12\xde")
    assert [one.name for one in file.parent.iterdir() if one.name.startswith(".mo-")] == []
