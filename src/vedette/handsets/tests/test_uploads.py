"""A file comes in sealed pieces, survives whatever dies in between, and is attached once, or refused with the reason."""

import base64
import datetime
import errno
import hashlib
import os

import pytest
from django.test import Client

from tests.cast import Cast
from vedette.agencies.actions import record_seat
from vedette.files import vault
from vedette.files.models import StoredFile
from vedette.files.tests import samples
from vedette.handsets import landing
from vedette.handsets.actions import finishing, uploads
from vedette.handsets.actions.finishing import step_uploads
from vedette.handsets.models import Handset, Upload
from vedette.handsets.tests.phone import Phone, file_said, phone_of
from vedette.handsets.tests.sealed import seal
from vedette.kit.errors import Conflict
from vedette.kit.ids import new_id
from vedette.kit.time import now, real_now
from vedette.reporting.models import Report

pytestmark = pytest.mark.django_db
MARK = b"a note that nobody may read on the disk. "
NOTE = MARK * 4000
PIECE = 64 * 1024
TUS = {"Tus-Resumable": "1.0.0"}


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    settings.VEDETTE_FILES = str(tmp_path / "files")


@pytest.fixture
def phone(cast: Cast) -> Phone:
    return phone_of(cast)


class Sending:
    """A file on its way from a phone: announced by its packet, sealed as the phone seals it."""

    def __init__(self, phone: Phone, text: bytes = NOTE, name: str = "note.txt", sealed: bytes = b"") -> None:
        self.phone, key = phone, os.urandom(32)
        self.sealed = sealed or seal(text, key)
        self.said = file_said(text, key, name)
        self.packet = phone.packet(files=[self.said])
        assert phone.send(self.packet).status_code == 200
        self.place = f"/api/v1/uploads/{self.said['id']}"

    def begin(self, browser: Client | None = None, **headers: str):
        meta = ",".join(f"{name} {encoded(value)}" for name, value in self.named().items())
        said = {**TUS, "Upload-Length": str(len(self.sealed)), "Upload-Metadata": meta, **headers}
        return (browser or self.phone.browser).post("/api/v1/uploads", headers=said, content_type="application/x")

    def named(self) -> dict[str, str]:
        return {"file": self.said["id"], "packet": self.packet["client_id"]}

    def piece(self, offset: int, end: int | None = None, browser: Client | None = None, **headers: str):
        piece = self.sealed[offset : offset + PIECE if end is None else end]
        said = {**TUS, "Upload-Offset": str(offset), **headers}
        asker = browser or self.phone.browser
        return asker.patch(self.place, piece, content_type="application/offset+octet-stream", headers=said)

    def come(self) -> int:
        return int(self.phone.browser.head(self.place, headers=TUS)["Upload-Offset"])

    def rest(self) -> str:
        """Send on from wherever it stands; how it stands then."""
        for _ in range(9):
            if (offset := self.come()) < len(self.sealed):
                self.piece(offset)
        return str(self.state()["state"])

    def state(self) -> dict[str, object]:
        return self.phone.browser.get(self.place).json()


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def files() -> list[StoredFile]:
    return list(StoredFile.objects.as_house("a test counts"))


def test_a_file_comes_in_pieces_is_checked_and_attached_and_nothing_is_left_lying(phone):
    sending = Sending(phone)
    begun = sending.begin()
    assert begun.status_code == 201 and begun["Location"] == sending.place and begun["Upload-Offset"] == "0"
    assert [sending.piece(place).status_code for place in range(0, len(sending.sealed), PIECE)] == [204] * 3
    [row] = files()
    assert sending.state() == {
        "state": "attached",
        "offset": len(sending.sealed),
        "length": len(sending.sealed),
        "reason": "",
    }
    assert bytes(row.sha256) == hashlib.sha256(NOTE).digest() and row.name == "note.txt"
    assert row.sheet_id == Report.objects.as_house("a test looks").get().pk and landing.lying() == []
    assert sending.come() == len(sending.sealed)
    assert bytes(Upload.objects.as_house("a test looks").get().wrapped_key) == b""


def test_a_photo_is_attached_as_any_other_and_offers_its_place(phone):
    assert Sending(phone, samples.jpeg(position=(48.86, 2.37)), "q.jpg").rest() == "attached"
    assert files()[0].kind == "image/jpeg"


def test_beginning_again_answers_the_same_address_and_how_much_has_come(phone):
    sending = Sending(phone)
    sending.begin()
    sending.piece(0)
    again = sending.begin()
    assert (again.status_code, again["Location"], again["Upload-Offset"]) == (201, sending.place, str(PIECE))


def test_only_ciphertext_lies_on_the_disk_while_it_comes(phone, settings):
    sending = Sending(phone)
    sending.begin()
    sending.piece(0)
    lying = [place.read_bytes() for place in landing.coming().iterdir()]
    assert [len(text) for text in lying] == [PIECE] and MARK not in lying[0]


def test_a_server_that_dies_in_the_middle_of_a_piece_goes_on_from_what_was_written(phone):
    sending = Sending(phone)
    sending.begin()
    sending.piece(0)
    with landing.place_of(files_id(sending)).open("ab") as half:
        half.write(sending.sealed[PIECE : PIECE + 999])
    assert sending.come() == PIECE + 999
    assert sending.rest() == "attached" and len(files()) == 1


def files_id(sending: Sending):
    return Upload.objects.as_house("a test looks").get(id=sending.said["id"]).id


def test_a_server_that_dies_before_it_attaches_leaves_it_to_the_loop(phone, monkeypatch):
    sending = Sending(phone)
    with monkeypatch.context() as dying:
        dying.setattr(uploads, "finish", dies)
        assert sending.rest() == "receiving" and sending.come() == len(sending.sealed)
    assert step_uploads() == 1 and sending.state()["state"] == "attached"
    assert step_uploads() == 0 and len(files()) == 1


def test_a_server_that_dies_after_it_attached_and_before_it_said_so_attaches_it_once(phone, monkeypatch):
    sending = Sending(phone)
    with monkeypatch.context() as dying:
        dying.setattr(finishing, "end", dies)
        assert sending.rest() == "receiving"
    assert len(files()) == 1
    assert step_uploads() == 1 and sending.state()["state"] == "attached" and len(files()) == 1


def test_a_server_that_dies_before_it_clears_up_is_cleared_up_after(phone, monkeypatch):
    sending = Sending(phone)
    with monkeypatch.context() as dying:
        dying.setattr(finishing.landing, "drop", dies)
        sending.rest()
    assert landing.lying() and sending.state()["state"] == "attached"
    assert step_uploads() == 1 and landing.lying() == []


def dies(*_args, **_options):
    raise SystemError("the server was killed here")


def test_a_full_disk_says_so_keeps_what_came_and_goes_on_once_there_is_room(phone, monkeypatch):
    sending = Sending(phone)
    sending.begin()
    sending.piece(0)
    with monkeypatch.context() as full:
        full.setattr(landing.os, "fsync", no_room)
        answer = sending.piece(PIECE)
    assert answer.status_code == 507 and answer.json()["way_out"] and sending.come() == PIECE
    with monkeypatch.context() as full:
        full.setattr(landing.os, "open", no_room)
        assert sending.piece(PIECE).status_code == 507
    assert sending.rest() == "attached"


def no_room(*_descriptor):
    raise OSError(errno.ENOSPC, "no room")


def test_a_disk_that_is_full_when_it_is_to_be_attached_leaves_it_waiting(phone, monkeypatch):
    sending = Sending(phone)
    with monkeypatch.context() as full:
        full.setattr(vault, "put", lambda _source: no_room(0))
        assert sending.rest() == "receiving"
    assert step_uploads() == 1 and sending.state()["state"] == "attached"


@pytest.mark.parametrize("wrong", ["altered", "another hash", "another key"])
def test_what_is_not_what_the_phone_said_is_refused_and_not_kept(phone, wrong):
    key = os.urandom(32)
    sealed = seal(NOTE, key)
    text = NOTE if wrong != "another hash" else NOTE[:-1] + b"!"
    if wrong == "altered":
        sealed = sealed[:5000] + bytes([sealed[5000] ^ 1]) + sealed[5001:]
    sending = Sending(phone, text, sealed=sealed)
    if wrong != "another key":
        rows = Upload.objects.as_house("the phone said this key")
        rows.filter(id=sending.said["id"]).update(wrapped_key=vault.wrap(key, files_id(sending).bytes))
    assert sending.rest() == "refused" and "does not open" in str(sending.state()["reason"])
    assert files() == [] and landing.lying() == []
    assert sending.piece(0).status_code == 422 and sending.begin().status_code == 201


def test_a_file_of_a_kind_that_is_not_taken_is_refused_in_words(phone):
    sending = Sending(phone, samples.SVG, "q.jpg")
    assert sending.rest() == "refused" and sending.state()["reason"] and files() == []


def test_a_piece_goes_where_the_others_end_fits_its_sum_and_is_not_too_long(phone):
    sending = Sending(phone)
    sending.begin()
    sending.piece(0)
    right = f"sha256 {base64.b64encode(hashlib.sha256(sending.sealed[PIECE : 2 * PIECE]).digest()).decode()}"
    said = {
        "again": sending.piece(0), "beyond": sending.piece(2 * PIECE),
        "its sum": sending.piece(PIECE, **{"Upload-Checksum": f"sha256 {encoded('x')}"}),
        "another sum": sending.piece(PIECE, **{"Upload-Checksum": "md5 eA=="}),
        "no offset": sending.piece(PIECE, **{"Upload-Offset": "x"}),
        "another version": sending.piece(PIECE, **{"Tus-Resumable": "0.2.2"}),
    }  # fmt: skip
    wanted = {"again": 409, "beyond": 409, "its sum": 460, "another sum": 422, "no offset": 422, "another version": 412}
    assert {name: answer.status_code for name, answer in said.items()} == wanted
    assert {answer["Tus-Resumable"] for answer in said.values()} == {"1.0.0"} and sending.come() == PIECE
    assert sending.piece(PIECE, **{"Upload-Checksum": right}).status_code == 204
    sending.sealed += b"x" * uploads.LARGEST_PIECE
    assert sending.piece(2 * PIECE, len(sending.sealed)).status_code == 422
    sending.sealed = sending.sealed[: -uploads.LARGEST_PIECE + 100]
    assert sending.piece(2 * PIECE).status_code == 422 and sending.come() == 2 * PIECE


def test_a_piece_must_say_that_it_is_one(phone):
    sending = Sending(phone)
    sending.begin()
    answer = phone.browser.patch(sending.place, b"x", content_type="image/jpeg", headers={**TUS, "Upload-Offset": "0"})
    assert answer.status_code == 415


def test_nobody_else_and_nothing_that_was_not_announced(cast, phone):
    sending = Sending(phone)
    for other in (cast.signed_in("officer_b"), cast.signed_in("watch")):
        assert sending.begin(browser=other).status_code == 404 == sending.piece(0, browser=other).status_code
        assert other.get(sending.place).status_code == 404
    assert sending.begin(browser=Client()).status_code == 401
    assert sending.begin(**{"Upload-Length": "77"}).status_code == 422
    assert sending.begin(**{"Upload-Metadata": f"file {encoded(str(new_id()))}"}).status_code == 404
    assert sending.begin(**{"Upload-Metadata": "file ???"}).status_code == 422
    sending.packet["client_id"] = str(new_id())
    assert sending.begin().status_code == 404
    phone.browser.handler.enforce_csrf_checks = True
    assert sending.begin().status_code == 403 == sending.piece(0).status_code


def test_what_the_disk_itself_keeps_there_is_no_file_on_its_way(phone):
    (landing.coming() / "lost+found").mkdir()
    assert (landing.lying(), step_uploads(), Sending(phone).rest()) == ([], 0, "attached")


def test_two_at_a_moment_take_turns(phone):
    sending = Sending(phone)
    sending.begin()
    with landing.held(files_id(sending)):
        assert sending.piece(0).status_code == 423 and step_uploads() == 0
    assert sending.piece(0).status_code == 204


def test_what_is_taken_back_is_dropped_and_what_is_attached_stays(phone):
    sending, done = Sending(phone), Sending(phone, b"another note")
    sending.begin()
    sending.piece(0)
    assert phone.browser.delete(sending.place, headers=TUS).status_code == 204
    assert landing.lying() == [] and sending.state()["state"] == "refused"
    assert done.rest() == "attached" and phone.browser.delete(done.place, headers=TUS).status_code == 409


def test_a_method_that_the_way_lets_not_through_is_named_in_a_header(phone):
    sending = Sending(phone, b"short")
    sending.begin()
    said = {**TUS, "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
    kind = "application/offset+octet-stream"
    assert phone.browser.post(sending.place, sending.sealed, content_type=kind, headers=said).status_code == 204
    assert sending.state()["state"] == "attached"
    assert phone.browser.post(sending.place, b"", content_type=kind, headers=TUS).status_code == 405


def test_what_nobody_goes_on_with_is_dropped_and_may_begin_anew(phone):
    sending = Sending(phone)
    sending.begin()
    sending.piece(0)
    assert step_uploads() == 0
    rows = Upload.objects.as_house("long ago")
    rows.update(touched_at=real_now() - datetime.timedelta(days=15))
    assert step_uploads() == 1 and landing.lying() == [] and sending.come() == 0
    sending.begin()
    assert sending.rest() == "attached"


def test_a_suspended_seat_keeps_its_file_waiting(cast, phone, monkeypatch):
    sending = Sending(phone)
    with monkeypatch.context() as dying:
        dying.setattr(uploads, "finish", dies)
        sending.rest()
    seat = cast.seats["officer_a"]
    type(seat).objects.filter(id=seat.id).update(suspended_at=real_now())
    assert step_uploads() == 0
    type(seat).objects.filter(id=seat.id).update(suspended_at=None)
    assert step_uploads() == 1 and len(files()) == 1


def test_a_file_half_sent_when_its_seat_ended_goes_on_from_the_officers_next_seat(cast, phone):
    sending, seat = Sending(phone), cast.seats["officer_a"]
    sending.begin()
    sending.piece(0)
    type(seat).objects.filter(id=seat.id).update(until=now())
    following = record_seat(seat.person, seat.agency, label="his next", roles=["investigator"])
    phone.browser = Cast(cast.agencies, cast.units, {"next": following}, cast.posts).signed_in("next")
    assert sending.come() == PIECE and sending.rest() == "attached"
    assert [row.by_id for row in files()] == [seat.id]


def test_what_had_come_whole_when_its_seat_ended_is_attached_by_the_house(cast, phone, monkeypatch):
    sending, seat = Sending(phone), cast.seats["officer_a"]
    with monkeypatch.context() as dying:
        dying.setattr(uploads, "finish", dies)
        sending.rest()
    type(seat).objects.filter(id=seat.id).update(until=now())
    assert step_uploads() == 1 and [row.by_id for row in files()] == [seat.id]


def test_a_revoked_phone_sends_no_file(phone):
    sending = Sending(phone)
    sending.begin()
    Handset.objects.filter(id=phone.id).update(wiped_at=real_now())
    assert sending.piece(0).status_code == 410


def test_one_file_that_cannot_be_attached_keeps_no_other_from_it(phone, monkeypatch):
    stuck, fine = Sending(phone), Sending(phone, b"another note")
    with monkeypatch.context() as dying:
        dying.setattr(uploads, "finish", dies)
        assert {stuck.rest(), fine.rest()} == {"receiving"}
    Upload.objects.as_house("its key is under another master key").filter(id=stuck.said["id"]).update(
        wrapped_key=b"x" * 60
    )
    with pytest.raises(Exception, match="master key"):
        step_uploads()
    assert fine.state()["state"] == "attached" and stuck.state()["state"] == "receiving"


def test_what_is_spoken_is_told(phone):
    answer = phone.browser.options("/api/v1/uploads")
    assert answer["Tus-Version"] == "1.0.0" and "checksum" in answer["Tus-Extension"]


def test_a_record_that_takes_no_file_any_more_refuses_it_in_words(phone, monkeypatch):
    def closed(*_args):
        raise Conflict("This expense is settled.")

    sending = Sending(phone)
    monkeypatch.setitem(finishing.KINDS, "report", finishing.KINDS["report"].__class__(dies, closed))
    assert sending.rest() == "refused" and sending.state()["reason"] == "This expense is settled."
