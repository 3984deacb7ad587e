"""What a phone never sends: headers that name another way, streams that do not open, numbers beyond every column."""

import base64
import json
import os
import uuid

import pytest
from joserfc._rfc7518 import jwe_zips

from tests.cast import Cast
from vedette.handsets.models import Packet
from vedette.handsets.tests.phone import Phone, file_said, flash, phone_of

pytestmark = pytest.mark.django_db
OFF_CURVE = {"kty": "EC", "crv": "P-256", "x": "A" * 42 + "E", "y": "A" * 42 + "E"}
HEADERS = (
    {"alg": "dir"}, {"alg": "none"}, {"alg": ["ECDH-ES"]}, {"enc": "A128CBC-HS256"}, {"enc": 5}, {"zip": ["DEF"]},
    {"kid": str(uuid.uuid4())}, {"kid": [1]}, {"epk": None}, {"epk": OFF_CURVE}, {"epk": {"kty": "oct", "k": "AAAA"}},
    {"epk": {"kty": "OKP", "crv": "X25519", "x": "A" * 43}}, {"apu": "%%%"}, {"crit": ["exp"], "exp": 1},
)  # fmt: skip
NO_PACKETS = (
    b"",
    b"....",
    b"a.b.c.d.e",
    b"\xff\xfe....",
    b"." * 60_000,
    b"A" * 70_000,
    b"e30....",
    b"W10....",
    b"NQ....",
)
BEYOND = (
    {"clock_said": 10**300}, {"clock_said": -(10**18)}, {"written_at": 10**18}, {"body": flash(place={"lat": 10**300, "lon": 0})},
    {"body": flash(place={"lat": 0, "lon": 0, "precision_m": 1e308})}, {"body": flash(text="a\x00b")}, {"body": []},
    {"kind": "__init__"}, {"kind": "../report"}, {"files": [{}]}, {"client_id": "../../etc"},
)  # fmt: skip


@pytest.fixture
def phone(cast: Cast) -> Phone:
    return phone_of(cast)


def with_header(sealed: bytes, change: dict[str, object]) -> bytes:
    first, *rest = sealed.split(b".")
    header = json.loads(base64.urlsafe_b64decode(first + b"==")) | change
    return b".".join([base64.urlsafe_b64encode(json.dumps(header).encode()).rstrip(b"="), *rest])


def test_a_header_that_names_another_key_or_another_way_opens_nothing(phone):
    sealed = phone.seal(phone.packet())
    assert {phone.send(with_header(sealed, change)).status_code for change in HEADERS} == {422}
    assert phone.send(sealed).status_code == 200


def test_what_is_no_packet_is_refused_in_words(phone):
    assert {phone.send(raw).status_code for raw in NO_PACKETS} == {422}
    assert {
        phone.send(phone.seal(text)).status_code for text in (b"", b"5", b"null", b"{", b"\xff", b"[" * 90_000)
    } == {422}


def test_a_stream_that_was_sealed_broken_is_refused(phone, monkeypatch):
    monkeypatch.setattr(jwe_zips.DeflateZipModel, "compress", lambda self, text: b"no stream \xff\xff")
    sealed = phone.seal(phone.packet())
    monkeypatch.undo()
    assert phone.send(sealed).status_code == 422


def test_numbers_and_names_beyond_every_measure_are_refused_and_leave_nothing(phone):
    answers = [phone.send({**phone.packet(), **change}) for change in BEYOND]
    assert {answer.status_code for answer in answers} == {422}
    assert all(answer.json()["field"] for answer in answers) and not Packet.objects.exists()


def test_a_name_that_points_out_of_the_folder_or_hides_its_end_names_no_file(phone, settings, tmp_path):
    settings.VEDETTE_FILES = str(tmp_path / "files")
    for change in (
        {"id": "../../x"},
        {"name": "a\x00b.jpg"},
        {"name": "\u202egpj.exe"},
        {"size": 10**18},
        {"sha256": "é" * 64},
    ):
        said = {**file_said(b"x", os.urandom(32)), **change}
        assert phone.send(phone.packet(files=[said])).status_code == 422, change
    for meta in ("file", "file %%%", "file Li4vLi4veA==", "packet x,file y", ",,,"):
        headers = {"Tus-Resumable": "1.0.0", "Upload-Length": "5", "Upload-Metadata": meta}
        asked = phone.browser.post("/api/v1/uploads", headers=headers, content_type="application/x")
        assert asked.status_code in (404, 422), meta
