"""What the rooms say in English, said in the reader's language: refusals, labels, audit sentences, reasons.

What is not in the catalogue, such as a text that a person typed, is said as it stands.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import get_language, pgettext

CONTEXT = "said"
PLACE = re.compile(r"%\((\w+)\)s")
# No sentence of the house is longer; a longer text is a person's.
LONGEST = 1000


def said(words: Any) -> str:
    """A sentence of the house in the language in force; with values in it, the sentence around them."""
    text, language = str(words), get_language() or "en"
    if not text or language.startswith("en") or len(text) > LONGEST:
        return text
    return _said(text, language)


def each_said(words: Iterable[Any]) -> list[str]:
    """Every sentence of a list."""
    return [said(one) for one in words]


def said_choices(choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Choices whose labels are said when they are drawn, not when the module is loaded."""
    return [(value, _lazily(label)) for value, label in choices]


def in_words(refusal: Any) -> str:
    """Why something was refused, and the way out."""
    return " ".join(said(part) for part in (refusal, getattr(refusal, "way_out", "")) if str(part))


_lazily = lazy(said, str)


@lru_cache(maxsize=4096)
def _said(text: str, language: str) -> str:
    """The whole, else its sentences one after the other, else a word before a colon, else the text as it stands."""
    whole = _one(text, language)
    if whole is not None:
        return whole
    sentences = re.split(r"(?<=[.?!]) ", text)
    for taken in range(len(sentences) - 1, 0, -1):
        first = _one(" ".join(sentences[:taken]), language)
        if first is not None:
            return f"{first} {_said(' '.join(sentences[taken:]), language)}"
    if " · " in text:
        return " · ".join(_one(part, language) or part for part in text.split(" · "))
    listed = [_one(part, language) for part in text.split(", ")] if ", " in text else [None]
    if all(listed):
        return ", ".join(map(str, listed))
    head, colon, tail = text.partition(": ")
    known = _one(head, language) if colon else None
    return pgettext("a word and what it is", "%(head)s: %(tail)s") % {"head": known, "tail": tail} if known else text


def _one(text: str, language: str) -> str | None:
    """One sentence that the catalogue knows, word for word or around its values; None when it knows none."""
    found = _word_for_word(text) or _word_for_word(text.replace("-", " "))
    if found is None and text[:1].isupper():
        # A word of a table at the head of a line.
        small = _word_for_word(text[0].lower() + text[1:])
        found = small[0].upper() + small[1:] if small else None
    if found is not None:
        return found
    for pattern, msgid in _patterns(language):
        match = pattern.fullmatch(text)
        if match:
            values = {name: _said(value, language) for name, value in match.groupdict().items()}
            return pgettext(CONTEXT, msgid) % values
    return None


def _word_for_word(text: str) -> str | None:
    escaped = text.replace("%", "%%")
    found = pgettext(CONTEXT, escaped)
    return None if found == escaped else found.replace("%%", "%")


@cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The sentences with values in them, as patterns; those with the most words of their own first."""
    from babel.messages.mofile import read_mo

    found = []
    for folder in settings.LOCALE_PATHS:
        file = Path(folder) / language.split("-", maxsplit=1)[0] / "LC_MESSAGES" / "django.mo"
        if file.exists():
            with file.open("rb") as handle:
                # Babel reads a context as bytes from this form.
                ours = (one for one in read_mo(handle) if one.context in (CONTEXT, CONTEXT.encode()))
                found += [str(one.id) for one in ours if "%(" in str(one.id)]
    found.sort(key=lambda msgid: -len(PLACE.sub("", msgid)))
    return tuple((_pattern(msgid), msgid) for msgid in found)


def _pattern(msgid: str) -> re.Pattern[str]:
    parts = PLACE.split(msgid)
    texts = [re.escape(part.replace("%%", "%")) for part in parts[::2]]
    named = [f"(?P<{name}>.+?)" for name in parts[1::2]]
    return re.compile("".join(text + name for text, name in zip(texts, [*named, ""], strict=True)), re.DOTALL)
