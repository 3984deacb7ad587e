"""The published keys: anyone may fetch them, and they verify what the agency signed."""

from vedette.agencies.actions import record_agency
from vedette.agencies.keys import SIGNING, record_rotation, sign, verify


def test_anyone_fetches_the_keys_and_verifies_what_was_signed_before_and_after_a_rotation(db, client):
    record_agency(key="home", name="Home Department", kind="home")
    before = sign({"text": "before"})
    record_rotation(SIGNING)
    after = sign({"text": "after"})
    answer = client.get("/.well-known/jwks.json")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/jwk-set+json"
    published = answer.json()
    assert verify(before, published) == {"text": "before"}
    assert verify(after, published) == {"text": "after"}
    assert ["until" in key for key in published["keys"]] == [True, False]


def test_no_private_part_is_published(db, client):
    record_agency(key="home", name="Home Department", kind="home")
    sign({})
    for key in client.get("/.well-known/jwks.json").json()["keys"]:
        assert set(key) <= {"kty", "crv", "x", "kid", "use", "alg", "since", "until"}


def test_before_set_up_the_set_is_empty(db, client):
    assert client.get("/.well-known/jwks.json").json() == {"keys": []}
