"""The message catalogues: gathered from the code, kept beside it, compiled to what Django reads.

`python -m vedette.config.catalogues update` brings the template and every language up to date with the code;
`... compile` makes the `.mo` files, which are not kept in the repository. The launcher compiles when a `.po` is newer.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages import Catalog, Message

SOURCE = Path(__file__).resolve().parent.parent
LOCALE = SOURCE / "locale"
TEMPLATE = LOCALE / "vedette.pot"
UPDATE = "python -m vedette.config.catalogues update"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip


def sources() -> list[Path]:
    """The catalogues that people write, one a language."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def stale() -> list[Path]:
    """Those whose compiled form is missing or older than they are."""
    return [file for file in sources() if not _compiled(file).exists() or _age(_compiled(file)) < _age(file)]


def is_current() -> bool:
    """True when nothing is to be compiled; asks only for the times of a few files."""
    return not stale()


def compile_stale() -> list[Path]:
    """Compile what is not current, each in one swap, so that a process that reads never meets half a file."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    done = stale()
    for file in done:
        with file.open("rb") as handle:
            catalog = read_po(handle, locale=file.parent.parent.name)
        descriptor, fresh = tempfile.mkstemp(dir=file.parent, prefix=".mo-")
        with os.fdopen(descriptor, "wb") as written:
            write_mo(written, catalog)
        Path(fresh).chmod(0o644)
        Path(fresh).replace(_compiled(file))
    return done


def gathered() -> "Catalog":
    """Every message of the code: what doors say, what templates say, and what the rooms below them say."""
    from babel.messages import Catalog

    from vedette.config.spoken import CONTEXT, sentences

    catalog = Catalog(project="Vedette", version="", charset="utf-8", fuzzy=False)
    for file in _files():
        name = file.relative_to(SOURCE).as_posix()
        for message, context in _messages_in(file):
            catalog.add(message, locations=[(name, 0)], context=context)
    for said, name in sentences():
        catalog.add(said, locations=[(name, 0)], context=CONTEXT)
    return catalog


def update() -> dict[str, int]:
    """Write the template, and in each language what is new (empty) and without what is gone; how many want words."""
    from babel.messages.pofile import read_po

    template = gathered()
    _write(TEMPLATE, template)
    wanting = {}
    for file in sources():
        with file.open("rb") as handle:
            catalog = read_po(handle, locale=file.parent.parent.name)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        _write(file, catalog)
        open_ones = [one for one in catalog if one.id and (one.fuzzy or not is_said(one))]
        wanting[file.parent.parent.name] = len(open_ones)
    return wanting


def is_said(message: "Message") -> bool:
    """Whether a message has its words, every plural of it too."""
    words = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return bool(words) and all(words)


def _write(file: Path, catalog: "Catalog") -> None:
    """Write a catalogue without line numbers or dates, which would change with every line of the code."""
    from babel.messages.pofile import write_po

    out = BytesIO()
    write_po(out, catalog, width=110, sort_by_file=True, include_lineno=False, omit_header=True)
    language = str(catalog.locale or "")
    head = ['msgid ""', 'msgstr ""', '"Project-Id-Version: Vedette\\n"', f'"Language: {language}\\n"']
    head += ['"MIME-Version: 1.0\\n"', '"Content-Type: text/plain; charset=utf-8\\n"']
    head += ['"Content-Transfer-Encoding: 8bit\\n"']
    head += [f'"Plural-Forms: {catalog.plural_forms}\\n"'] if language else []
    text = "\n".join([*head, "", out.getvalue().decode()])
    if not file.exists() or file.read_text(encoding="utf-8") != text:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def _files() -> Iterator[Path]:
    for file in sorted(SOURCE.rglob("*")):
        parts = set(file.relative_to(SOURCE).parts)
        if file.suffix == ".html" or (file.suffix == ".py" and not {"tests", "migrations"} & parts):
            yield file


def _messages_in(file: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    """The messages of one file; a template is turned into Python by Django and read as that."""
    from babel.messages.extract import extract
    from django.utils.translation.template import templatize

    text = file.read_text(encoding="utf-8")
    if file.suffix == ".html":
        # Only the calls count; the blanked-out rest has an indentation that no Python has.
        text = "\n".join(line.lstrip() for line in templatize(text, origin=str(file)).split("\n"))
    elif "django.utils.translation" not in text:
        return
    for _line, message, _comments, context in extract("python", BytesIO(text.encode()), KEYWORDS):
        yield message, context


def _compiled(file: Path) -> Path:
    return file.with_suffix(".mo")


def _age(file: Path) -> int:
    return file.stat().st_mtime_ns


def main(arguments: list[str]) -> int:
    """`update` or `compile`; says what it did."""
    if arguments == ["update"]:
        import django

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vedette.config.settings")
        django.setup()
        wanting = update()
        for language, count in wanting.items():
            print(f"{language}: {count} messages want words")
    elif arguments != ["compile"]:
        print("usage: python -m vedette.config.catalogues update | compile", file=sys.stderr)
        return 2
    for file in compile_stale():
        print(f"compiled {file.parent.parent.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
