"""What a phone sends is done once, its times are set right, and nothing that was not sealed by it is taken."""

import base64
import datetime
import json
import os

import pytest
from django.test import Client

from tests.cast import Cast
from vedette.handsets.models import Packet, Passage, Upload
from vedette.handsets.tests.phone import HOUR_MS, Phone, file_said, flash, ms, phone_of
from vedette.kit.ids import new_id
from vedette.kit.time import now, real_now, set_clock
from vedette.reporting.models import Report

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)
NEAR = datetime.timedelta(seconds=20)


@pytest.fixture
def phone(cast: Cast) -> Phone:
    return phone_of(cast)


def reports() -> list[Report]:
    return list(Report.objects.as_house("a test counts").order_by("sheet__filed_at"))


def passage() -> Passage:
    return Passage.objects.as_house("a test looks").get()


def test_a_flash_from_a_phone_is_on_the_desk_with_the_way_it_took(phone):
    answer = phone.send(
        phone.packet(body=flash(place={"name": "north gate", "lat": 48.1, "lon": 2.1, "precision_m": 7.4}))
    )
    said, [report] = answer.json(), reports()
    assert answer.status_code == 200 and said["state"] == "received" and said["reference"].startswith("AAA-")
    assert said["id"] == str(report.pk) and abs(said["offset_ms"]) < 20_000 and abs(said["server_time"] - ms()) < 20_000
    assert (report.place_name, report.precision_m) == ("north gate", 8) and report.kind == "flash"
    assert not passage().clock_wrong and abs(passage().written_at - now()) < NEAR


def test_the_same_packet_again_has_the_same_answer_and_is_one_report(phone):
    packet = phone.packet()
    first, again = phone.send(packet), phone.send(packet)
    assert first.json() == again.json() and len(reports()) == 1


def test_another_content_under_the_same_id_is_a_conflict_and_changes_nothing(phone):
    packet = phone.packet()
    phone.send(packet)
    assert phone.send({**packet, "body": flash(text="All quiet.")}).status_code == 409
    assert len(reports()) == 1


def test_a_phone_set_up_anew_sends_what_the_old_one_sent_and_it_stays_one(cast, phone):
    packet = phone.packet()
    first = phone.send(packet).json()
    assert phone_of(cast).send(packet).json() == first and len(reports()) == 1
    assert phone_of(cast, "officer_b").send(packet).status_code == 409


def test_what_is_refused_leaves_no_line_and_may_be_mended_under_its_id(phone):
    packet = phone.packet(body=flash(text=""))
    refused = phone.send(packet)
    assert refused.status_code == 422 and refused.json()["field"] == "text"
    assert not Packet.objects.exists()
    assert phone.send({**packet, "body": flash()}).status_code == 200


def test_a_phone_of_another_seat_or_of_nobody_is_told_to_sign_in(cast, phone):
    packet = phone.packet()
    assert phone.send(packet, browser=cast.signed_in("officer_b")).json()["error"] == "anotherseat"
    assert phone.send(packet, browser=Client()).status_code == 401
    unknown = phone.send(packet, **{"X-Handset": str(new_id())})
    assert unknown.status_code == 401 and unknown.json()["error"] == "notknown"
    assert reports() == []


def test_a_packet_without_the_token_of_the_page_is_refused(phone):
    phone.browser.handler.enforce_csrf_checks = True
    assert phone.send(phone.packet()).status_code == 403


def altered(sealed: bytes) -> bytes:
    head, _, tag = sealed.rpartition(b".")
    return head + b"." + (b"A" if tag[:1] != b"A" else b"B") + tag[1:]


def test_what_was_altered_or_sealed_for_another_phone_does_not_open(cast, phone):
    other = phone_of(cast)
    sealed = phone.seal(phone.packet())
    wrong = {
        "altered": altered(sealed),
        "cut off": sealed[:-30],
        "sealed for another phone": other.seal(other.packet()),
        "another phone's key under this name": other.seal(other.packet(), kid=phone.id),
        "this key under another name": phone.seal(phone.packet(), kid=other.id),
        "not sealed at all": b'{"v": 1}',
        "no packet inside": phone.seal(b"[1]"),
        "no JSON inside": phone.seal(b"{"),
        "too deep": phone.seal(b'{"v":' + b"[" * 60_000),
        "too large": b"x" * 70_000,
        "a point off the curve": sealed_off_the_curve(phone),
    }
    said = {name: phone.send(packet) for name, packet in wrong.items()}
    assert {name: answer.status_code for name, answer in said.items()} == dict.fromkeys(wrong, 422)
    assert {answer.json()["field"] for answer in said.values()} == {"packet"}


def sealed_off_the_curve(phone: Phone) -> bytes:
    parts = phone.seal(phone.packet()).split(b".")
    header = json.loads(base64.urlsafe_b64decode(parts[0] + b"=="))
    header["epk"]["x"] = base64.urlsafe_b64encode(b"\x01" * 32).decode().rstrip("=")
    parts[0] = base64.urlsafe_b64encode(json.dumps(header).encode()).rstrip(b"=")
    return b".".join(parts)


def test_a_packet_that_swells_when_it_is_opened_is_refused(phone):
    bomb = phone.seal(b'{"v": 1, "text": "' + b"0" * 30_000_000 + b'"}')
    assert len(bomb) < 60_000
    assert phone.send(bomb).status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [
        {"v": 2}, {"client_id": "x"}, {"written_at": "now"}, {"written_at": -1}, {"written_at": 10**18}, {"kind": "gossip"},
        {"kind": None}, {"body": []}, {"body": {"kind": "flash", "text": 4}}, {"files": "x"}, {"clock_said": "x"},
        {"body": flash(observed_t="yesterday")}, {"body": flash(observed_t={"device": "x"})}, {"body": flash(place=[1])},
        {"body": flash(place={"lat": 1e999, "lon": 1})}, {"body": flash(place={"name": "x", "lat": 99, "lon": 1})},
        {"body": flash(names_person="yes")}, {"files": [{"id": str(new_id()), "size": 5}]},
    ],
)  # fmt: skip
def test_a_packet_without_its_form_is_refused_with_the_field(phone, wrong):
    answer = phone.send({**phone.packet(), **wrong})
    assert answer.status_code == 422 and answer.json()["field"] and answer.json()["way_out"]
    assert reports() == []


def test_the_phones_clock_must_be_told(phone):
    for told in ("", "x", "-1", "9" * 16):
        assert phone.send(phone.packet(), **{"X-Device-Time": told}).status_code == 422


@pytest.mark.parametrize("hours", [9, -9])
def test_a_clock_nine_hours_off_is_set_right_and_marked(cast, hours):
    phone = phone_of(cast, ahead_ms=hours * HOUR_MS)
    phone.known_ms = phone.ahead_ms
    earlier = phone.clock() - 600_000
    phone.send(phone.packet(body=flash(observed_t={"device": earlier}, t={"device": earlier})))
    [report], way = reports(), passage()
    assert abs(report.observed_at - (now() - 10 * MINUTE)) < NEAR and report.happened_at == report.observed_at
    assert way.clock_wrong and not way.clock_changed and abs(way.offset_ms - hours * HOUR_MS) < 20_000
    assert abs(way.device_written_at - real_now() - hours * 60 * MINUTE) < NEAR and abs(way.written_at - now()) < NEAR


@pytest.mark.parametrize("known", [9 * HOUR_MS, -9 * HOUR_MS])
def test_a_clock_that_was_wrong_at_writing_and_right_at_sending_is_set_right_by_what_was_known_of_it(phone, known):
    written = ms(real_now() - 30 * MINUTE) + known
    phone.send(phone.packet(written_at=written, clock_said=known))
    way = passage()
    assert way.clock_changed and way.clock_wrong and abs(way.written_at - (now() - 30 * MINUTE)) < NEAR


def test_a_clock_put_wrong_after_it_was_last_known_never_lies_ahead_of_receipt(cast):
    phone = phone_of(cast, ahead_ms=9 * HOUR_MS)
    phone.send(phone.packet(clock_said=0))
    way = passage()
    assert way.clock_changed and way.written_at <= way.received_at and abs(way.written_at - now()) < NEAR
    assert reports()[0].observed_at <= reports()[0].sheet.filed_at


def test_a_clock_put_back_between_writing_and_sending_is_said(phone):
    phone.send(phone.packet(written_at=phone.clock() + 5 * HOUR_MS, clock_said=None))
    way = passage()
    assert way.clock_changed and way.written_at <= way.received_at


def test_the_moments_are_of_the_clock_that_the_house_shows(phone):
    shown = datetime.datetime(2015, 11, 13, 21, 0, tzinfo=datetime.UTC)
    set_clock(shown=shown, speed=20, paused=False)
    phone.send(phone.packet(written_at=phone.clock() - 60_000))
    way = passage()
    assert abs((way.received_at - way.written_at) - 20 * MINUTE) < MINUTE and way.received_at.year == 2015


def test_files_that_are_announced_wait_with_keys_that_only_the_house_opens(phone):
    key = os.urandom(32)
    said = file_said(b"x" * 70_000, key)
    phone.send(phone.packet(files=[said]))
    [row] = Upload.objects.as_house("a test looks")
    assert row.state == "receiving" and row.sealed_size == 8 + 70_000 + 2 * 16 and row.sheet_id == reports()[0].pk
    assert key not in bytes(row.wrapped_key)


def test_a_file_that_another_packet_announced_is_a_conflict_and_files_nothing(phone):
    said = file_said(b"x", os.urandom(32))
    phone.send(phone.packet(files=[said]))
    assert phone.send(phone.packet(files=[said])).status_code == 409
    assert len(reports()) == 1


def test_a_file_whose_sizes_do_not_fit_is_refused(phone):
    said = file_said(b"x", os.urandom(32))
    for wrong in (
        {"size": 0},
        {"size": 26 * 1024 * 1024},
        {"sealed_size": 9},
        {"key": "eA"},
        {"sha256": "zz"},
        {"id": "x"},
    ):
        assert phone.send(phone.packet(files=[{**said, **wrong}])).status_code == 422
    assert phone.send(phone.packet(files=[said, said])).status_code == 422


def test_a_master_key_that_is_away_says_send_it_later_and_tells_nobody_where_it_lies(phone, settings, tmp_path):
    settings.VEDETTE_KEY_FILE, own = tmp_path / "elsewhere.key", settings.VEDETTE_KEY_FILE
    (tmp_path / "elsewhere.key").write_text("rubbish")
    (tmp_path / "elsewhere.key").chmod(0o600)
    answer = phone.send(phone.packet())
    assert answer.status_code == 503 and str(tmp_path) not in answer.content.decode()
    settings.VEDETTE_KEY_FILE = own
    assert phone.send(phone.packet()).status_code == 200
