"""Whether a text quotes a report word for word: a run of words that a person would not hit upon by chance."""

import re
import unicodedata
from collections.abc import Iterable

RUN = 5
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def words_of(text: str) -> list[str]:
    """The words of a text, lower case, accents gone."""
    flat = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(char for char in flat if not unicodedata.combining(char)))


def runs_of(text: str, length: int = RUN) -> set[tuple[str, ...]]:
    """Every run of so many words."""
    words = words_of(text)
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}


def quotes(text: str, wordings: Iterable[str], free: Iterable[str] = ()) -> bool:
    """Whether a text repeats a run of words of a wording; runs that stand in `free` (place names) do not count."""
    said = runs_of(text)
    for name in free:
        said -= runs_of(name)
    return any(said & runs_of(wording) for wording in wordings)
