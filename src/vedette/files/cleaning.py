"""Looking a file over in a process of its own: `python -m vedette.files.cleaning CARE IN OUT` writes the clean file.

The child has a ceiling of memory and of time, so that a bomb ends there; it knows nothing of Django or the database.
Its last line is JSON: {"lat", "lon"} of a picture that said where it was taken, {"reason", "way_out"} of a refusal, or
{"errno"} of a disk that failed it.
"""

import contextlib
import errno
import json
import re
import shutil
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

from vedette.files.sniffing import NotTaken

MEMORY = 1_500_000_000
SECONDS = 20
PIXELS = 50_000_000
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
# Inflated object streams of a PDF that are looked through; more than this in one file is a bomb.
INFLATED = 100_000_000
ACTIVE = {
    b"JavaScript": "a program",
    b"JS": "a program",
    b"Launch": "an order to start a program",
    b"EmbeddedFile": "another file inside",
    b"EmbeddedFiles": "another file inside",
    b"RichMedia": "rich media",
    b"XFA": "a form with programs",
    b"SubmitForm": "a form that sends itself",
    b"ImportData": "a form that loads data",
}
PDF_WAY = "Print it to a new PDF, which leaves such parts out, and send that."
# A cell that begins with = @ or with a sign that no number follows is run by spreadsheets.
FORMULA = re.compile(r"""(?:^|[,;\t\n])\s*"?\s*(?:[=@]|[+\-](?=[^\d.,\s"\-+;]))""")
POSITION_ATOM = b"\xa9xyz"


def clean(care: str, source: Path, target: Path) -> dict[str, float]:
    """Run the child over a file; the place a picture offered (or nothing); NotTaken when it is not clean."""
    command = [sys.executable, "-P", "-m", "vedette.files.cleaning", care, str(source), str(target)]
    root = str(Path(__file__).resolve().parents[2])
    try:
        done = subprocess.run(  # noqa: S603 - our own module, with paths that we made
            command,
            capture_output=True,
            timeout=SECONDS + 10,
            check=False,
            env={"PYTHONPATH": root, "PYTHONDONTWRITEBYTECODE": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise NotTaken(
            "Looking it over took too long; it may be made to.", "Send a smaller or newly saved copy."
        ) from error
    with contextlib.suppress(ValueError, IndexError):
        said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        if "reason" in said:
            raise NotTaken(said["reason"], said["way_out"])
        if said.get("errno") in NO_ROOM:
            # The disk is at fault and not the file: the caller says so.
            raise OSError(said["errno"], "no room to write it anew")
        if "errno" not in said:
            return said
    raise NotTaken(
        "It cannot be read: it is damaged, cut off, or made to overload.", "Save it anew and send that copy."
    )


def picture(source: Path, target: Path) -> dict[str, float]:
    """Draw the picture anew: its pixels stay, everything else (position, camera, hidden ends) is left behind."""
    from PIL import Image, ImageFile, ImageOps

    Image.MAX_IMAGE_PIXELS = None
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with Image.open(source, formats=("JPEG", "PNG", "WEBP")) as found:
        kind = str(found.format)
        if found.width * found.height > PIXELS:
            millions = f"{found.width * found.height / 1e6:,.0f}"
            raise NotTaken(
                f"It has {millions} million points; at most {PIXELS // 1_000_000} fit.", "Send a smaller copy."
            )
        place = _position(found)
        found.load()
        upright = ImageOps.exif_transpose(found)
        fresh = Image.new(
            "RGBA" if "A" in upright.getbands() or "transparency" in upright.info else "RGB", upright.size
        )
        fresh.paste(upright.convert(fresh.mode))
    options: dict[str, Any] = {"JPEG": {"quality": 90}, "WEBP": {"quality": 90}, "PNG": {}}[kind]
    (fresh.convert("RGB") if kind == "JPEG" else fresh).save(target, kind, **options)
    return place


def _position(found: Any) -> dict[str, float]:
    with contextlib.suppress(KeyError, ValueError, TypeError, ZeroDivisionError, IndexError, SyntaxError):
        gps = found.getexif().get_ifd(0x8825)
        lat, lon = _degrees(gps[2], gps.get(1, "N")), _degrees(gps[4], gps.get(3, "E"))
        if -90 <= lat <= 90 and -180 <= lon <= 180 and (lat or lon):
            return {"lat": round(lat, 6), "lon": round(lon, 6)}
    return {}


def _degrees(parts: Any, side: str) -> float:
    value = float(parts[0]) + float(parts[1]) / 60 + float(parts[2]) / 3600
    return -value if str(side).upper() in ("S", "W") else value


def pdf(source: Path, target: Path) -> dict[str, float]:
    """Keep a PDF as it is when it carries no program, no other file and no lock, in its object streams either."""
    data = source.read_bytes()
    end = data.rfind(b"%%EOF")
    if end < 0 or len(data) - end > 1024:
        raise NotTaken("It is cut off, or something is hidden behind its end.", PDF_WAY)
    _refuse_active(data)
    _look_inside(data)
    shutil.copyfile(source, target)
    return {}


def _plain(data: bytes) -> bytes:
    """The bytes with every #xx escape of a name undone, so that /J#61vaScript is seen for what it is."""
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda found: bytes([int(found[1], 16)]), data) if b"#" in data else data


def _refuse_active(data: bytes) -> None:
    plain = _plain(data)
    if re.search(rb"/Encrypt\b", plain):
        raise NotTaken("It is locked with a password.", "Send a copy without a password.")
    for name, words in ACTIVE.items():
        if re.search(rb"/" + name + rb"(?![A-Za-z])", plain):
            raise NotTaken(f"It carries {words}.", PDF_WAY)


def _look_inside(data: bytes) -> None:
    """Object streams hold objects out of sight: unpack each, within bounds, and look again."""
    whole, left = memoryview(data), INFLATED
    for match in re.finditer(rb"stream\r?\n", data):
        before = _plain(data[max(0, match.start() - 800) : match.start()])
        head = before[before.rfind(b" obj") :]
        if b"/ObjStm" not in head:
            continue
        if head.count(b"Decode") != 1 or b"/FlateDecode" not in head:
            raise NotTaken("Parts of it are packed in a way that cannot be looked through.", PDF_WAY)
        end = data.find(b"endstream", match.end())
        unpacked = zlib.decompressobj().decompress(whole[match.end() : end], left)
        left -= len(unpacked)
        if left <= 0:
            raise NotTaken("It unpacks to more than it may.", PDF_WAY)
        _refuse_active(unpacked)


def text(source: Path, target: Path) -> dict[str, float]:
    """Keep plain text in UTF-8; a table whose cells are formulas is not taken, because a spreadsheet would run them."""
    try:
        words = source.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotTaken("It is not text in UTF-8.", "Save it as UTF-8 and send that.") from error
    if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", words):
        raise NotTaken("It holds control characters.", "Save it as plain text and send that.")
    if source.name.endswith(".csv") and FORMULA.search(words):
        raise NotTaken(
            "Cells of it are formulas, which a spreadsheet would run.", "Save the values only and send that."
        )
    shutil.copyfile(source, target)
    return {}


def sound(source: Path, target: Path) -> dict[str, float]:
    """Keep a voice note; the position a phone wrote into it (the ©xyz atom) is blanked."""
    data = bytearray(source.read_bytes())
    at = data.find(POSITION_ATOM)
    while at >= 4:
        size = int.from_bytes(data[at - 4 : at], "big")
        if not 8 < size < 512 or at - 4 + size > len(data):
            raise NotTaken(
                "It says where it was recorded.",
                "Switch the position off and record anew.",
            )
        data[at : at - 4 + size] = b"free" + bytes(size - 8)
        at = data.find(POSITION_ATOM, at)
    if b"com.apple.quicktime.location" in data:
        raise NotTaken("It says where it was recorded.", "Switch the position off and record anew.")
    target.write_bytes(data)
    return {}


def main(care: str, source: str, target: str) -> None:
    """The child: bounded in memory and time; says its verdict in one line."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    cares = {"picture": picture, "pdf": pdf, "text": text, "sound": sound}
    try:
        said: dict[str, Any] = dict(cares[care](Path(source), Path(target)))
    except NotTaken as error:
        said = {"reason": error.reason, "way_out": error.way_out}
    except OSError as error:
        said = {"errno": error.errno}
    print(json.dumps(said))


if __name__ == "__main__":
    main(*sys.argv[1:4])
