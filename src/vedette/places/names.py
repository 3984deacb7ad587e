"""How a name of a place is compared: without case, accents, vowel points and punctuation, in its own script."""

import re
import unicodedata

SEPARATOR = "|"
# Letters that Unicode does not take apart, and letters that two keyboards write differently.
LETTERS = {
    "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "ŧ": "t", "ə": "e",
    "ʻ": "", "ʼ": "", "’": "", "'": "", "`": "", "‘": "", "ʾ": "", "ʿ": "", "ـ": "",
    "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ھ": "ه", "ہ": "ه", "ς": "σ", "ґ": "г",
}  # fmt: skip
GAP = re.compile(r"[ \t\u00a0\u3000\-‐-―_.,;:/\\()\[\]{}\"“”«»·،؛]+")
_BESIDE = re.compile(r" ?([|\n]) ?")


def _marks() -> frozenset[str]:
    """Every accent, vowel point and invisible control that is ignored; the marks that voice a kana are letters."""
    every = (chr(number) for number in (0xAD, *range(0x300, 0x20000)))
    return frozenset(x for x in every if unicodedata.combining(x) or unicodedata.category(x) == "Cf") - _VOICED_KANA


_VOICED_KANA = frozenset("\u3099\u309a")
MARKS = _marks()


def fold(name: str) -> str:
    """The form of a name that is compared: `Île-de-France` and `ile de france` fold to the same text.

    Works on one name, or on a whole list at once: separators and line ends stay where they are.
    """
    folded = name.casefold()
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded)
        for mark in MARKS.intersection(folded):
            folded = folded.replace(mark, "")
    for letter, plain in LETTERS.items():
        folded = folded.replace(letter, plain)
    return _BESIDE.sub(r"\1", GAP.sub(" ", folded)).strip()


def clean(name: str) -> str:
    """A name as it is stored: NFC, one line, without invisible controls other than the joiners some scripts need."""
    kept = "".join(x for x in name if unicodedata.category(x) not in ("Cc", "Cf") or x in "\u200c\u200d")
    return unicodedata.normalize("NFC", " ".join(kept.replace(SEPARATOR, " ").split()))


def search_key(names: list[str]) -> str:
    """All names of one place, folded, each between separators: `|paris|parigi|`."""
    return f"{SEPARATOR}{fold(SEPARATOR.join(names))}{SEPARATOR}"
