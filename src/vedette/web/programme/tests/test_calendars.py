"""Calendar files: one's own days and the rota, by a session only."""

import datetime

from django.test import Client

from vedette.kit.time import now
from vedette.programme.actions import set_away, set_paper


def test_an_officer_takes_his_own_days_and_no_other_officers(cast, manager):
    him, other, day = cast.seats["officer_a"], cast.seats["officer_b"], now().date() + datetime.timedelta(days=9)
    for seat in (him, other):
        set_away(manager, person=seat.person, kind="leave", first=day, last=day, note=f"trip of {seat.label}")
    set_paper(manager, post=cast.posts["a"], kind="visa", seat=him, expires=day)
    answer = cast.signed_in("officer_a").get("/programme/me.ics")
    text = answer.content.decode().replace("\r\n ", "")
    assert answer["Content-Type"].startswith("text/calendar") and "attachment" in answer["Content-Disposition"]
    assert "trip of officer_a" in text and "trip of officer_b" not in text
    assert "SUMMARY:Visa runs out" in text and "SUMMARY:officer_a in A-ville" in text
    assert text.count("BEGIN:VEVENT") == 3 and "DTSTART;VALUE=DATE:20260311" in text


def test_the_rota_holds_postings_and_nobodys_leave(cast, manager):
    day = now().date() + datetime.timedelta(days=9)
    set_away(manager, person=cast.seats["officer_a"].person, kind="leave", first=day, last=day)
    text = cast.signed_in("watch").get("/programme/rota.ics").content.decode().replace("\r\n ", "")
    assert "officer_a in A-ville" in text and "officer_b in B-town" in text and "away-" not in text


def test_no_address_gives_a_calendar_without_a_session_or_the_right(cast):
    for address in ("/programme/me.ics", "/programme/rota.ics"):
        assert Client().get(address).status_code == 302
        assert cast.signed_in("guards").get(address).status_code == 403
