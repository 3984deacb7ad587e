"""Files made to harm: each is refused in words, nothing is kept, memory stays bounded."""

import io
import resource

import pytest

from vedette.files.actions import LARGEST, store
from vedette.files.models import StoredFile
from vedette.files.names import clean_name
from vedette.files.sniffing import KINDS
from vedette.files.tests import samples
from vedette.kit.errors import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.fault]

JS = b"/OpenAction <</S /JavaScript /JS (app.alert(1))>>"
HOSTILE = {
    "an archive": samples.archive(),
    "an archive called a photo": samples.archive(),
    "an old office document": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "a web page dressed as a photo": samples.HTML,
    "a drawing with a program": samples.SVG,
    "markup behind blanks": b"   \n\n" + samples.HTML,
    "a HEIC picture": samples.HEIC,
    "a program": b"MZ\x90\x00" + bytes(200),
    "an ELF program": b"\x7fELF" + bytes(200),
    "nothing": b"",
    "a truncated photo": samples.jpeg((400, 300))[:900],
    "a photo of noise": b"\xff\xd8\xff" + bytes(5000),
    "a picture that unpacks to gigabytes": samples.png_bomb(),
    "a PDF with a program": samples.pdf(JS),
    "a PDF with a disguised program": samples.pdf(b"/OpenAction <</S /J#61vaScript /J#53 (x)>>"),
    "a PDF that starts a program": samples.pdf(b"/OpenAction <</S /Launch /F (cmd.exe)>>"),
    "a PDF with a file inside": samples.pdf(b"/Names <</EmbeddedFiles 9 0 R>>"),
    "a PDF with a password": samples.pdf().replace(b"trailer <<", b"trailer <</Encrypt 8 0 R "),
    "a PDF with a hidden program": samples.pdf_with_object_stream(b"1 0 <</S /JavaScript /JS (x)>>"),
    "a PDF packed twice": samples.pdf_with_object_stream(b"1 0 <<>>", b"/Filter [/ASCIIHexDecode /FlateDecode]"),
    "a PDF bomb": samples.pdf_with_object_stream(b" " * 120_000_000),
    "a PDF that is an archive too": samples.pdf(tail=samples.archive()),
    "a PDF cut off": samples.pdf()[:60],
    "a sound that is an archive too": samples.MP3 + samples.archive(),
    "a sound that is a page too": b"ID3" + samples.HTML,
    "a text with control characters": b"a\x00b\x01c" * 9,
    "a text in another encoding": "Préfecture de police, état-major".encode("utf-16"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_it_is_refused_with_a_reason_and_a_way_out_and_nothing_is_kept(cast, own_store, what):
    name = "photo.jpg" if "photo" in what else "file.pdf"
    with pytest.raises(Refused) as refusal:
        store(cast.viewer("officer_a"), cast.report().sheet, io.BytesIO(HOSTILE[what]), name)
    assert refusal.value.field == "file" and refusal.value.reason and refusal.value.way_out
    assert not StoredFile.objects.as_house("a test counts").exists()
    assert not [file for file in own_store.rglob("*") if file.is_file()]


@pytest.mark.parametrize("cell", ["=cmd|' /C calc'!A0", "@SUM(1)", "+cmd", "-cmd(1)", '"=1+1"'])
def test_a_table_with_a_formula_is_refused(cast, cell):
    with pytest.raises(Refused, match="formulas"):
        store(cast.viewer("officer_a"), cast.report().sheet, io.BytesIO(f"a,b\n1,{cell}\n".encode()), "t.csv")


class Endless:
    """A body of 100 MB that is never whole in memory; it counts what was taken of it."""

    def __init__(self) -> None:
        self.taken = 0

    def read(self, size: int) -> bytes:
        """The next piece."""
        if self.taken >= 100 * 1024 * 1024:
            return b""
        self.taken += size
        return b"a" * size


def test_a_body_of_100_megabytes_is_left_at_the_limit_and_held_nowhere(cast, own_store):
    body, before = Endless(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Refused, match="larger than 25 MB"):
        store(cast.viewer("officer_a"), cast.report().sheet, body, "long.txt")
    assert body.taken <= LARGEST + 64 * 1024
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000
    assert not [file for file in own_store.rglob("*") if file.is_file()]


def test_a_picture_behind_which_an_archive_hides_comes_out_without_it(cast, own_store):
    from vedette.files.actions import open_file

    stored = store(
        cast.viewer("officer_a"), cast.report().sheet, io.BytesIO(samples.jpeg() + samples.archive()), "a.jpg"
    )
    assert b"PK\x05\x06" not in b"".join(open_file(cast.viewer("officer_a"), file_id=stored.file.id)[1])


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.jpg"),
        ("..\\..\\boot.ini", "boot.jpg"),
        ("/abs/olute/Quai 12.JPG", "Quai 12.jpg"),
        ("photo.jpg.exe", "photo_jpg.jpg"),
        ("", "file.jpg"),
        ("...", "file.jpg"),
        ("CON.jpg", "file_CON.jpg"),
        ("a\u202egpj.exe", "agpj.jpg"),
        ('x"; filename="y', "x_ filename=_y.jpg"),
        ("a\r\nSet-Cookie: b.jpg", "aSet-Cookie_ b.jpg"),
        ("صورة.jpg", "صورة.jpg"),
        ("n" * 500 + ".jpg", "n" * 120 + ".jpg"),
    ],
)
def test_a_name_holds_no_path_no_trick_and_the_ending_of_what_it_is(given, kept):
    assert clean_name(given, KINDS["image/jpeg"]) == kept
