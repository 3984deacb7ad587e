"""What is taken, how it is cleaned, how it lies on disk and comes out again."""

import errno
import io
import os

import pytest
from PIL import Image

from vedette.audit.models import Entry
from vedette.files import actions, vault
from vedette.files.actions import open_file, store
from vedette.files.models import StoredFile
from vedette.files.queries import files_of
from vedette.files.tests import samples
from vedette.handling.models import Sheet
from vedette.kit.errors import Conflict, Forbidden, Missing, Refused
from vedette.kit.time import now

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(cast):
    return cast.report()


def put(cast, report, body, name="a.bin", by="officer_a"):
    return store(cast.viewer(by), report.sheet, io.BytesIO(body), name)


@pytest.mark.parametrize(
    ("body", "kind", "name"),
    [
        (samples.jpeg(), "image/jpeg", "a.jpg"),
        (samples.picture("PNG"), "image/png", "a.png"),
        (samples.picture("WEBP"), "image/webp", "a.webp"),
        (samples.pdf(), "application/pdf", "a.pdf"),
        (b"Deux voitures noires.", "text/plain", "a.txt"),
        (samples.MP3, "audio/mpeg", "a.mp3"),
        (samples.M4A, "audio/mp4", "a.m4a"),
        (samples.OGG, "audio/ogg", "a.ogg"),
        (samples.WEBM, "audio/webm", "a.webm"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_kind_is_known_by_its_content_whatever_it_is_called(cast, report, body, kind, name):
    stored = put(cast, report, body, "a.exe")
    assert (stored.file.kind, stored.file.name) == (kind, name)


def test_a_table_is_kept_as_text_when_it_holds_no_formula(cast, report):
    assert put(cast, report, b"name,count\ngate,12\nhall,-3\n", "t.csv").file.kind == "text/csv"


def test_the_position_is_taken_out_of_a_photo_and_offered(cast, report):
    stored = put(cast, report, samples.jpeg(position=(-33.8688, 151.2093)), "Quai.JPG")
    lat, lon = stored.offered_place
    assert (round(lat, 3), round(lon, 3)) == (-33.869, 151.209)
    row, pieces = open_file(cast.viewer("watch"), file_id=stored.file.id)
    body = b"".join(pieces)
    assert not Image.open(io.BytesIO(body)).getexif()
    assert b"Camera of nobody" not in body
    assert row.size == len(body)


def test_a_voice_note_no_longer_says_where_it_was_recorded(cast, report):
    stored = put(cast, report, samples.M4A_WITH_POSITION)
    body = b"".join(open_file(cast.viewer("watch"), file_id=stored.file.id)[1])
    assert b"48.86" not in body and len(body) == len(samples.M4A_WITH_POSITION)


def test_only_ciphertext_lies_on_the_disk(cast, report, own_store):
    put(cast, report, b"a marked word: quarrelsome" * 9000)
    held = [file.read_bytes() for file in own_store.rglob("*") if file.is_file()]
    assert len(held) == 1 and b"quarrelsome" not in held[0]
    assert not list((own_store / "incoming").iterdir())


def test_a_file_of_many_pieces_comes_out_as_it_went_in(cast, report):
    body = b"0123456789abcdef" * 40_000
    stored = put(cast, report, body)
    assert b"".join(open_file(cast.viewer("officer_a"), file_id=stored.file.id)[1]) == body


@pytest.mark.parametrize("change", ["flip", "cut", "swap"])
def test_an_altered_ciphertext_does_not_open(cast, report, change):
    stored = put(cast, report, b"0123456789abcdef" * 20_000).file
    place = vault.path_of(stored.address)
    body, piece = bytearray(place.read_bytes()), vault.CHUNK + vault.TAG
    if change == "flip":
        body[500] ^= 1
    elif change == "cut":
        body = body[: 8 + piece]
    else:
        body[8 : 8 + piece], body[8 + piece : 8 + 2 * piece] = body[8 + piece : 8 + 2 * piece], body[8 : 8 + piece]
    place.write_bytes(body)
    with pytest.raises((vault.Damaged, Conflict)):
        b"".join(open_file(cast.viewer("officer_a"), file_id=stored.id)[1])


def test_a_key_of_another_file_does_not_open_it(cast, report):
    stored = put(cast, report, b"text of one").file
    with pytest.raises(vault.Damaged):
        vault.unwrap(bytes(stored.wrapped_key), b"another id 16 by")


def test_the_same_content_twice_on_one_report_is_one_file(cast, report):
    first, second = put(cast, report, b"the same"), put(cast, report, b"the same", "other.txt")
    assert first.file == second.file
    assert StoredFile.objects.as_house("a test counts").count() == 1


def test_storing_writes_one_audit_entry_and_opening_another(cast, report):
    before = Entry.objects.count()
    stored = put(cast, report, b"some text")
    assert [row.code for row in Entry.objects.order_by("real_at")[before:]] == ["file.stored"]
    open_file(cast.viewer("watch"), file_id=stored.file.id)
    assert Entry.objects.order_by("-real_at").first().code == "sheet.opened"


def test_who_may_not_see_the_report_finds_no_file(cast):
    report = cast.report(names_person=True)
    stored = put(cast, report, b"some text")
    assert files_of(cast.viewer("analyst"), report.pk)
    for name in ("narrow", "north_1", "watch_off"):
        assert not files_of(cast.viewer(name), report.pk)
        with pytest.raises(Missing):
            open_file(cast.viewer(name), file_id=stored.file.id)


def test_an_auditor_opens_a_file_only_with_a_reason(cast, report):
    stored = put(cast, report, b"some text")
    with pytest.raises(Refused):
        open_file(cast.viewer("auditor"), file_id=stored.file.id)
    row, _pieces = open_file(cast.viewer("auditor"), file_id=stored.file.id, reason="complaint 12")
    assert row.id == stored.file.id


def test_a_full_disk_is_said_and_nothing_stays(cast, report, monkeypatch, own_store):
    def full(source):
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr("vedette.files.vault.put", full)
    with pytest.raises(Refused, match="no room"):
        put(cast, report, b"some text")
    assert not [file for file in own_store.rglob("*") if file.is_file()]


def test_what_a_dead_process_left_is_swept_up(cast, report, own_store):
    put(cast, report, b"some text")
    left = own_store / "incoming" / "left"
    left.write_bytes(b"plain")
    os.utime(left, (1, 1))
    put(cast, report, b"other text")
    assert not left.exists()


def test_a_partner_attaches_nothing(cast, report):
    with pytest.raises(Forbidden):
        put(cast, report, b"some text", by="north_1")


def test_a_record_holds_a_bounded_number_of_files(cast, report, monkeypatch):
    monkeypatch.setattr("vedette.files.actions.MOST_A_SHEET", 1)
    first = put(cast, report, b"one")
    with pytest.raises(Refused):
        put(cast, report, b"two")
    assert put(cast, report, b"one").file == first.file


@pytest.mark.parametrize("meanwhile", ["purged", "the same from another side"])
def test_what_happened_to_the_record_while_a_file_was_looked_over_counts(
    cast, report, monkeypatch, own_store, meanwhile
):
    def write(*args, **values):
        if meanwhile == "purged":
            Sheet.objects.filter(pk=report.pk).update(purged_at=now())
        else:
            real(*args, **{**values, "address": vault.put(io.BytesIO(b"the same"))[0]})
        return real(*args, **values)

    real = actions._write
    monkeypatch.setattr(actions, "_write", write)
    if meanwhile == "purged":
        with pytest.raises(Missing):
            put(cast, report, b"the same")
    else:
        put(cast, report, b"the same")
    kept = StoredFile.objects.as_house("a test counts").count()
    assert kept == len([file for file in own_store.rglob("*") if file.is_file()]) == (meanwhile != "purged")
