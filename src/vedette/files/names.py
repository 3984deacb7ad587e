"""The name a stored file gets: no folders, no tricks, the ending of what it is."""

import re
import unicodedata

from vedette.files.sniffing import Kind

LENGTH = 120
# Device names that Windows will not write to.
DEVICES = re.compile(r"^(?:con|prn|aux|nul|com\d|lpt\d)$", re.I)
HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\u061c\ufeff]")


def clean_name(name: str, kind: Kind) -> str:
    """`../../Quai 12.JPG.exe` of a JPEG becomes `Quai 12_JPG.jpg`; a name of nothing becomes `file.jpg`."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name or ""))[-1]
    shown = HIDDEN.sub("", "".join(sign for sign in last if unicodedata.category(sign)[0] != "C"))
    stem = shown.rsplit(".", 1)[0] if "." in shown.lstrip(".") else shown
    stem = re.sub(r'[<>:"|?*.;%&$`\']+', "_", stem.strip(" .")).strip(" _")[:LENGTH].strip()
    if not stem or DEVICES.match(stem):
        stem = f"file_{stem}" if stem else "file"
    return f"{stem}.{kind.ending}"
