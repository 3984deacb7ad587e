"""What a file is, by its first bytes and never by its name: the list of what is taken, and why the rest is not."""

import re
from dataclasses import dataclass
from pathlib import Path

import puremagic

HEAD = 4096
TAIL = 66_000
# A zip's directory stands at the end of a file (APPNOTE 4.3.16): a picture or sound with one is two files in one.
ZIP_END = b"PK\x05\x06"
MARKUP = re.compile(rb"<(?:!doctype|html|svg|script|\?xml|iframe|body|head|img|object|embed)\b|<\?xml", re.I)
WAY = "Send it as JPEG, PNG, WebP, PDF, text, CSV, MP3, M4A, OGG or WebM."


@dataclass(frozen=True)
class Kind:
    """A kind that is taken: media type, the ending its name gets, how it is looked over."""

    media: str
    ending: str
    care: str


KINDS: dict[str, Kind] = {
    kind.media: kind
    for kind in (
        Kind("image/jpeg", "jpg", "picture"),
        Kind("image/png", "png", "picture"),
        Kind("image/webp", "webp", "picture"),
        Kind("application/pdf", "pdf", "pdf"),
        Kind("text/plain", "txt", "text"),
        Kind("text/csv", "csv", "text"),
        Kind("audio/mpeg", "mp3", "sound"),
        Kind("audio/mp4", "m4a", "sound"),
        Kind("audio/ogg", "ogg", "sound"),
        Kind("audio/webm", "webm", "sound"),
    )
}
HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")


class NotTaken(Exception):
    """A file that is not stored: why, and the way out."""

    def __init__(self, reason: str, way_out: str = WAY) -> None:
        super().__init__(reason)
        self.reason, self.way_out = reason, way_out


def kind_of(file: Path, name: str = "") -> Kind:
    """The kind of a file on disk; NotTaken says what it looks like instead. The name only tells CSV from other text."""
    with file.open("rb") as source:
        head = source.read(HEAD)
        source.seek(max(0, file.stat().st_size - TAIL))
        tail = source.read(TAIL)
    if not head:
        raise NotTaken("The file is empty.", "Choose another file, or send it again.")
    media = _media(head, file, name)
    if media not in ("text/plain", "text/csv", "image/jpeg", "image/png", "image/webp") and ZIP_END in tail:
        raise NotTaken("An archive is hidden behind its end.")
    if media.startswith("audio/") and MARKUP.search(head[:1024]):
        raise NotTaken("It is a web page dressed as a sound.")
    return KINDS[media]


def _media(head: bytes, file: Path, name: str) -> str:
    _refuse_known(head)
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    return _sound(head) or _text(head, file, name)


def _refuse_known(head: bytes) -> None:
    """Kinds that come often and are not taken, each with its own words."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        raise NotTaken("It is an archive or an office document.", "Print it to PDF, or send each file by itself.")
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise NotTaken("It is an office document; these may carry programs.", "Print it to PDF and send that.")
    if head[4:8] == b"ftyp" and head[8:12] in HEIC:
        raise NotTaken(
            "It is a HEIC picture, which cannot be cleaned of its position here.",
            "Set the camera to “most compatible” (JPEG), or send a screenshot of it.",
        )
    if MARKUP.search(head[:1024]):
        raise NotTaken("It is a web page or other markup, which may carry a program.", "Send a picture or a PDF of it.")


def _sound(head: bytes) -> str:
    if head.startswith(b"ID3") or (len(head) > 2 and head[0] == 0xFF and head[1] in (0xFB, 0xFA, 0xF3, 0xF2)):
        return "audio/mpeg"
    if head[4:8] == b"ftyp" and head[8:12] in (b"M4A ", b"M4B "):
        return "audio/mp4"
    if head.startswith(b"OggS"):
        return "audio/ogg"
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:64]:
        return "audio/webm"
    return ""


def _text(head: bytes, file: Path, name: str) -> str:
    try:
        # A sign of several bytes may be cut at the end of the head.
        text = head.decode("utf-8") if len(head) < HEAD else head[:-4].decode("utf-8", "strict")
    except UnicodeDecodeError as error:
        if error.end < len(head) - 4 or len(head) < HEAD:
            raise NotTaken(_looks_like(file)) from error
        text = head[: error.start].decode("utf-8")
    if any(ord(sign) < 32 and sign not in "\t\n\r" for sign in text):
        raise NotTaken(_looks_like(file))
    return "text/csv" if name.lower().endswith(".csv") else "text/plain"


def _looks_like(file: Path) -> str:
    """What the file seems to be, for the refusal: the best guess of a library that knows some 600 kinds."""
    try:
        guess = puremagic.from_file(str(file))
    except (puremagic.PureError, ValueError, OSError):
        guess = ""
    return f"It looks like “{guess.lstrip('.')}”, which is not taken." if guess else "It is of no kind that is taken."
