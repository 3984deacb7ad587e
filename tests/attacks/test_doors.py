"""Attacks on the doors: hidden and unknown ids told apart, changed page marks, forged requests."""

import json
import re
import uuid

import pytest
from django.core import signing
from django.test import Client

from tests.cast import Cast, draft, someone
from tests.house.facts import HOUR, SheetFacts, World
from tests.house.routes import routes
from tests.house.writing import write
from vedette.kit.cursors import read_cursor, write_cursor
from vedette.kit.errors import Refused
from vedette.kit.ids import new_id
from vedette.kit.time import now
from vedette.reporting.models import Report

pytestmark = pytest.mark.fault

CLOSED = {"sensitivity": 4, "groups": frozenset({"counter"}), "named": True}
SEATS = ("sergeant", "watch", "north_1", "guards", "auditor", "officer_b")
VARIABLE = re.compile(  # what differs between any two answers: tokens, clocks, the newest event
    rb'(csrfmiddlewaretoken" value="[^"]*"|X-CSRFToken[^}]*}|data-[a-z-]*(now|since|clock)[a-z-]*="[^"]*"'
    rb'|<meta name="(vedette|csrf)-[^>]*>|content="[0-9.]+;[^"]*")'
)


def hidden(cast: Cast) -> uuid.UUID:
    """A report that nobody but its author in post A may see."""
    home = cast.agencies["home"].id
    facts = SheetFacts(new_id(), home, home, now() - HOUR, author=cast.seats["officer_a"].id, **CLOSED)
    write(cast, World(now(), sheets=[facts]))
    return facts.id


def said(answer) -> tuple[int, bytes]:
    return answer.status_code, VARIABLE.sub(b"", answer.content)


def plain(client: Client, address: str, key: uuid.UUID) -> tuple[int, bytes]:
    """What a door answers about an id, without the id itself."""
    status, body = said(client.get(address.format(key)))
    return status, body.replace(str(key).encode(), b"")


def told(client: Client, address: str, secret: uuid.UUID, nothing: uuid.UUID) -> bool:
    """A difference that stays: one that goes when asked again was the minute that turned on the page's clock."""
    return all(plain(client, address, secret) != plain(client, address, nothing) for _ in range(2))


def doors_with_an_id() -> list[str]:
    """Every GET address that takes one id."""
    found = []
    for route in routes():
        path = route.path.removeprefix("GET ")
        if re.match(r"^(POST|PUT|DELETE|PATCH|HEAD|OPTIONS)", path) or path.count("<") != 1:
            continue
        found.append("/" + re.sub(r"<[^>]+>", "{}", path).removesuffix("$"))
    return found


@pytest.mark.parametrize("seat", SEATS)
def test_a_hidden_record_and_one_that_is_not_there_get_the_same_answer(cast, seat):
    secret, nothing = hidden(cast), someone()
    client = cast.signed_in(seat)
    client.raise_request_exception = False
    told_apart = []
    for address in doors_with_an_id():
        # The auditor reads trails and ids of every record, and content with a reason.
        if seat == "auditor" and address.startswith("/audit/"):
            continue
        # A reason opens more to those who may give one; the watch stands for the seats that may not.
        for query in ("", "?reason=complaint") if seat == "watch" else ("",):
            if told(client, address + query, secret, nothing):
                told_apart.append(address + query)
    assert told_apart == []


@pytest.mark.parametrize("key", ["0", "x" * 200, "%00", "..", "{}", "é", "00000000-0000-0000-0000-00000000000g", "1_0"])
def test_an_id_that_is_none_is_answered_like_one_that_is_not_there(cast, key):
    client = cast.signed_in("watch")
    assert client.get(f"/desk/reports/{key}/").status_code == 404


def test_acknowledging_a_hidden_report_leaves_nothing_behind(cast):
    secret = hidden(cast)
    client = cast.signed_in("watch")
    assert client.post(f"/desk/reports/{secret}/read/").status_code == 404
    report = Report.objects.as_house("the test looks past the policy").get(pk=secret)
    assert not report.readings.as_house("the test looks past the policy").exists()


@pytest.mark.parametrize(
    "spoil", [lambda mark: mark[:-2], lambda mark: "A" + mark, lambda mark: mark.upper(), lambda mark: "x"]
)
def test_a_changed_page_mark_is_refused(cast, spoil):
    mark = write_cursor({"at": now().isoformat(), "id": str(new_id())})
    with pytest.raises(Refused):
        read_cursor(spoil(mark))
    assert cast.signed_in("watch").get("/", {"after": spoil(mark)}).status_code == 422


@pytest.mark.parametrize(
    "position",
    [{}, {"at": "x", "id": "y"}, {"at": 1.5, "id": None}, {"id": 3}, [1], "text", {"at": "2026-01-01", "id": "x"}],
)
def test_a_page_mark_of_another_list_is_refused(cast, position):
    assert cast.signed_in("watch").get("/", {"after": write_cursor(position)}).status_code == 422


def test_something_else_that_was_signed_is_no_page_mark():
    with pytest.raises(Refused):
        read_cursor(signing.dumps({"at": "x"}, salt="another"))


def body() -> str:
    filed = draft()
    return json.dumps({"client_id": str(filed.client_id), "kind": "spot", "text": "x", "observed_t": now().isoformat()})


def test_a_report_posted_without_the_sessions_own_token_is_refused_and_not_stored(cast):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = cast.signed_in("officer_a").cookies
    answer = strict.post("/api/v1/reports", body(), content_type="application/json")
    assert answer.status_code == 403
    assert Report.objects.as_house("the test looks past the policy").count() == 0


def test_a_report_posted_with_the_token_is_stored(cast):
    client = cast.signed_in("officer_a")
    assert client.post("/api/v1/reports", body(), content_type="application/json").status_code == 200


@pytest.mark.parametrize("address", ["/sign-out/", "/seat/", "/desk/reports/{}/read/"])
def test_a_form_without_the_token_changes_nothing(cast, address):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = cast.signed_in("watch").cookies
    assert strict.post(address.format(new_id())).status_code == 403
    assert strict.get("/").status_code == 200


def test_nobody_signed_in_is_told_nothing_by_any_door(cast):
    secret = hidden(cast)
    told = []
    for address in doors_with_an_id():
        answer = Client(raise_request_exception=False).get(address.format(secret))
        if answer.status_code == 200 or str(secret).encode() in answer.content.replace(
            address.format(secret).encode(), b""
        ):
            told.append((address, answer.status_code))
    assert told == []
