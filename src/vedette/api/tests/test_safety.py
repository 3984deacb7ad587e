"""Signs of life and alarms over JSON."""

import json

from vedette.programme.safety import alarms, last_sign
from vedette.reporting.drafts import PlaceDraft


def test_a_sign_of_life_is_taken_and_one_that_says_nothing_is_refused(cast):
    officer = cast.signed_in("officer_a")
    path = "/api/v1/safety/sign"
    refused = officer.post(path, json.dumps({"lat": 95.0, "lon": 2.0}), content_type="application/json")
    assert (refused.status_code, refused.json()["field"]) == (422, "lat")
    taken = officer.post(path, json.dumps({"lat": 48.0, "lon": 2.0}), content_type="application/json")
    assert taken.json()["reference"].startswith("CHK-")
    assert last_sign(cast.viewer("watch"), cast.seats["officer_a"].id).lat == 48.0


def test_an_alarm_answers_nothing_that_tells_of_an_alarm(cast):
    cast.report(place=PlaceDraft("north gate", 48.1, 2.1, 7))
    answer = cast.signed_in("officer_a").post("/api/v1/safety/duress")
    assert answer.json() == {"state": "received"}
    alarm = alarms(cast.viewer("watch"))[0].duress
    assert (alarm.seat_id, alarm.place) == (cast.seats["officer_a"].id, "north gate")
