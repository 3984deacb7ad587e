"""Settings, Phones: who sees which, what was unsent is said plainly, and revoking."""

import re

import pytest

from vedette.handsets.models import Handset
from vedette.handsets.tests.phone import phone_of

pytestmark = pytest.mark.django_db
PAGE = "/settings/phones/"


@pytest.fixture
def phone(cast):
    made = phone_of(cast)
    made.contact(waiting=2, oldest_waiting=made.clock() - 60_000, version="1.0")
    return made


def said(cast, seat):
    return re.sub(r"\s+", " ", cast.signed_in(seat).get(PAGE).content.decode())


def revoke(cast, seat, phone, because="lost"):
    return cast.signed_in(seat).post(f"{PAGE}{phone.id}/revoke/", {"because": because})


def test_who_keeps_phones_sees_all_and_an_officer_his_own(cast, phone):
    phone_of(cast, "officer_b")
    count = {
        seat: said(cast, seat).count('id="phone-') for seat in ("administrator", "watch", "commander", "officer_a")
    }
    assert count == {"administrator": 2, "watch": 2, "commander": 2, "officer_a": 1}
    assert cast.signed_in("narrow").get(PAGE).status_code == 403 == cast.signed_in("north_1").get(PAGE).status_code


def test_what_was_unsent_is_said_before_and_after(cast, phone):
    assert "2 unsent at its last contact" in said(cast, "officer_a") and "revoking destroys it" in said(
        cast, "officer_a"
    )
    revoke(cast, "officer_a", phone)
    page = said(cast, "administrator")
    assert "revoked, not wiped yet" in page and "nobody else can read them" in page and "officer_a: lost" in page
    Handset.objects.update(wiped_at=Handset.objects.get().revoked_at)
    assert "nobody else could read it" in said(cast, "administrator")


def test_an_administrator_revokes_alone_and_two_watch_seats_together(cast, phone):
    other = phone_of(cast, "officer_b")
    assert revoke(cast, "administrator", phone)["Location"] == PAGE
    assert Handset.objects.get(id=phone.id).revoked_at
    revoke(cast, "watch", other, "stolen")
    assert not Handset.objects.get(id=other.id).revoked_at and "watch asks to revoke it: stolen" in said(
        cast, "commander"
    )
    revoke(cast, "commander", other, "stolen")
    assert Handset.objects.get(id=other.id).revoked_at
    assert revoke(cast, "officer_a", other).status_code == 403


def test_revoking_asks_for_a_fresh_proof(cast, phone):
    browser = cast.signed_in("officer_a")
    session = browser.session
    del session["proved"]
    session.save()
    answer = browser.post(f"{PAGE}{phone.id}/revoke/", {"because": "lost"})
    assert answer["Location"].startswith("/prove/") and not Handset.objects.get().revoked_at


def test_the_authority_is_there_for_phones_where_one_was_made(client, settings, tmp_path):
    assert client.get("/authority.crt").status_code == 404
    settings.VEDETTE_TLS_AUTHORITY = str(tmp_path / "authority.crt")
    (tmp_path / "authority.crt").write_text("-----BEGIN CERTIFICATE-----")
    answer = client.get("/authority.crt")
    assert answer.status_code == 200 and answer["Content-Type"] == "application/x-x509-ca-cert"


def test_browsers_are_told_to_come_by_https_only_with_a_certificate_of_the_worlds(client, settings):
    assert "Strict-Transport-Security" not in client.get("/sign-in/")
    settings.VEDETTE_HSTS = True
    assert client.get("/sign-in/")["Strict-Transport-Security"] == "max-age=31536000"
