"""Small files of every kind that is taken, and of those that are not; made here, none comes from elsewhere."""

import io
import struct
import zipfile
import zlib

from PIL import Image


def jpeg(size: tuple[int, int] = (40, 30), position: tuple[float, float] | None = None) -> bytes:
    """A JPEG; with a position as a phone writes it (EXIF GPS)."""
    picture, out = Image.new("RGB", size, (90, 40, 30)), io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Camera of nobody"
    if position:
        lat, lon = position
        gps = exif.get_ifd(0x8825)
        gps[1], gps[2] = "S" if lat < 0 else "N", _dms(lat)
        gps[3], gps[4] = "W" if lon < 0 else "E", _dms(lon)
    picture.save(out, "JPEG", exif=exif.tobytes())
    return out.getvalue()


def _dms(value: float) -> tuple[float, float, float]:
    value = abs(value)
    minutes = (value % 1) * 60
    return float(int(value)), float(int(minutes)), round((minutes % 1) * 60, 4)


def picture(kind: str) -> bytes:
    """A picture in a kind that Pillow writes."""
    out = io.BytesIO()
    Image.new("RGBA" if kind == "PNG" else "RGB", (20, 20), 7).save(out, kind)
    return out.getvalue()


def png_bomb(side: int = 60_000) -> bytes:
    """A PNG that claims more points than memory holds; its data are a few kilobytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(1_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def archive() -> bytes:
    """A zip with one small file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("a.txt", "a" * 100)
    return out.getvalue()


def pdf(extra: bytes = b"", tail: bytes = b"") -> bytes:
    """A PDF of one empty page; `extra` goes into its catalogue, `tail` behind its end."""
    parts = (
        b"%PDF-1.4\n1 0 obj <</Type /Catalog /Pages 2 0 R " + extra + b">> endobj\n",
        b"2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj\n",
        b"3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 99 99]>> endobj\n",
        b"trailer <</Root 1 0 R>>\n%%EOF\n",
    )
    return b"".join(parts) + tail


def pdf_with_object_stream(inside: bytes, said: bytes = b"/Filter /FlateDecode") -> bytes:
    """A PDF that hides an object in a packed stream."""
    packed = zlib.compress(inside, 9)
    stream = b"5 0 obj <</Type /ObjStm /N 1 /First 4 " + said + b" /Length %d>>\nstream\n" % len(packed) + packed
    return pdf().replace(b"trailer", stream + b"\nendstream endobj\ntrailer")


M4A = b"\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00M4A mp42" + b"\x00" * 40
M4A_WITH_POSITION = M4A + b"\x00\x00\x00\x1e\xa9xyz\x00\x12\x15\xc7+48.8630+002.3707/"
MP3 = b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"\xff\xfb\x90\x00" * 30
OGG = b"OggS\x00\x02" + bytes(40)
WEBM = b"\x1a\x45\xdf\xa3\x01\x00\x00\x00\x00\x00\x00\x1f\x42\x86\x81\x01\x42\x82\x84webm" + bytes(40)
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(40)
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><body><script>alert(1)</script></body></html>"
