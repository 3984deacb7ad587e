"""Text as it is stored: NFC, no control characters, no direction tricks in single-line fields."""

import re
import unicodedata

from vedette.kit.errors import Refused

# Direction overrides and isolates let a line show other than it reads (CVE-2021-42574); marks LRM/RLM stay allowed in texts.
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufff9-\ufffb]")


def clean_line(field: str, value: str, limit: int = 200, required: bool = False) -> str:
    """One line in NFC without control or direction characters; Refused names the field."""
    text = unicodedata.normalize("NFC", value or "").strip()
    if BIDI.search(text):
        raise Refused(
            field,
            "It holds direction characters that make text read other than it is stored.",
            "Type it again without pasting.",
        )
    if CONTROL.search(text) or "\n" in text or "\t" in text:
        raise Refused(field, "It holds control characters or line breaks.", "Type it on one line.")
    return _sized(field, text, limit, required)


def clean_text(field: str, value: str, limit: int = 20_000, required: bool = False) -> str:
    """A text of many lines in NFC, line ends as \\n, without control characters; Refused names the field."""
    text = unicodedata.normalize("NFC", value or "").replace("\r\n", "\n").replace("\r", "\n").strip()
    if CONTROL.search(text):
        raise Refused(field, "It holds control characters.", "Remove them and send it again.")
    return _sized(field, text, limit, required)


def _sized(field: str, text: str, limit: int, required: bool) -> str:
    if required and not text:
        raise Refused(field, "It is empty.", "Fill it in.")
    if len(text) > limit:
        raise Refused(
            field,
            f"It has {len(text):,} characters; at most {limit:,} fit.",
            "Shorten it, or send the rest as an attachment.",
        )
    return text
