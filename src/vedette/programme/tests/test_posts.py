"""A post and its host's rules: who may write them, what is kept, what reports take with them."""

import pytest

from vedette.agencies.models import Agency
from vedette.audit.models import Entry
from vedette.kit.errors import Forbidden, Refused
from vedette.programme.actions import end_host_caveat, set_host_caveat, set_post
from vedette.programme.models import Post
from vedette.programme.queries import caveats_of, posts

PLACE = {
    "prefix": "nbo",
    "city": "Nairobi",
    "country": "ke",
    "lat": -1.29,
    "lon": 36.82,
    "zone": "Africa/Nairobi",
    "host_kind": "national police",
    "languages": ["Swahili", "English"],
}


def open_post(manager, **values):
    return set_post(manager, host=Agency.objects.get(key="host"), **{**PLACE, **values})


def test_a_manager_opens_a_post(cast, manager):
    post = open_post(manager)
    assert (post.key, post.prefix, post.country) == ("nairobi", "NBO", "KE")
    assert post in posts()
    assert Entry.objects.filter(code="post.set", objects_ids__contains=[post.id]).count() == 1


def test_a_second_post_in_the_same_city_gets_a_key_of_its_own(cast, manager):
    assert {open_post(manager).key, open_post(manager).key} == {"nairobi", "nairobi-2"}


@pytest.mark.parametrize("name", ["watch", "officer_a", "north_1"])
def test_nobody_else_opens_a_post(cast, name):
    with pytest.raises(Forbidden):
        open_post(cast.viewer(name))
    assert not Post.objects.filter(city="Nairobi").exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("zone", "Africa/Nowhere"),
        ("lat", 91.0),
        ("lon", -181.0),
        ("country", "KEN"),
        ("prefix", "N-1"),
        ("city", " "),
        ("status", "closed"),
        ("host_kind", "national\npolice"),
    ],
)
def test_what_cannot_be_is_refused_by_field_with_the_way_out(cast, manager, field, value):
    with pytest.raises(Refused) as refusal:
        open_post(manager, **{field: value})
    assert refusal.value.field == field
    assert refusal.value.reason and refusal.value.way_out


def test_a_change_asks_for_its_reason_and_keeps_what_was_written_before(cast, manager):
    post = open_post(manager)
    with pytest.raises(Refused):
        open_post(manager, post=post, city="Mombasa")
    open_post(manager, post=post, city="Mombasa", because="the host moved")
    written = list(post.changes.order_by("since"))
    assert [row.attributes["city"] for row in written] == ["Nairobi", "Mombasa"]
    assert written[0].until == written[1].since and written[1].until is None
    assert written[1].by == manager.seat_id and written[1].because == "the host moved"


def test_a_rule_goes_with_the_reports_filed_while_it_stands(cast, manager):
    post = cast.posts["a"]
    before = cast.report(source_kind="host-police")
    rule = set_host_caveat(manager, post=post, code="h2", text="Not in court.", because="letter")
    during = cast.report(source_kind="host-police")
    end_host_caveat(manager, caveat=rule, because="second letter")
    after = cast.report(source_kind="host-police")
    assert [row.sheet.caveats for row in (before, during, after)] == [[], ["Not in court."], []]
    assert during.sheet.codes == ["H2"]


def test_an_ended_rule_stays_in_the_history_with_its_reason(cast, manager):
    rule = set_host_caveat(manager, post=cast.posts["a"], code="", text="Not in court.", because="letter")
    end_host_caveat(manager, caveat=rule, because="second letter")
    (kept,) = caveats_of(cast.posts["a"])
    assert kept.until and kept.ended_because == "second letter" and kept.ended_by == manager.seat_id
    with pytest.raises(Refused):
        end_host_caveat(manager, caveat=kept, because="again")


def test_the_same_rule_is_not_written_twice(cast, manager):
    set_host_caveat(manager, post=cast.posts["a"], code="", text="Not in court.", because="letter")
    with pytest.raises(Refused) as refusal:
        set_host_caveat(manager, post=cast.posts["a"], code="", text="not in court.", because="letter")
    assert refusal.value.field == "text"
