"""Missions: asked for, offered, matched, accepted for another month, declined; each state dated, one open."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from vedette.agencies.actions import record_person, record_seat
from vedette.agencies.queries import viewers_of
from vedette.kit.errors import Forbidden, Missing, Refused, ShutManager
from vedette.kit.time import now
from vedette.programme.actions import (
    MissionDraft,
    NeedDraft,
    accept_mission,
    ask_mission,
    decline_mission,
    match_mission,
    offer_mission,
    read_matching,
    read_missions,
    set_away,
    state_qualification,
)
from vedette.programme.missions import matching, mission_row, mission_states, missions
from vedette.programme.models import Mission, MissionNeed, MissionState

NEEDS = (NeedDraft("skill", "patrol instruction", 2), NeedDraft("language", "French", level="2"))


def draft(**values):
    plain = {
        "title": "Trainers for the host", "kind": "training", "country": "FR", "wanted_from": datetime.date(2026, 6, 1),
        "wanted_days": 14, "team": 3, "needs": NEEDS, "city": "A-ville", "zone": "Europe/Paris",
    }  # fmt: skip
    return MissionDraft(**{**plain, **values})


def asked(cast, by="narrow", **values):
    return ask_mission(cast.viewer(by), origin="host", asker=cast.agencies["host"], draft=draft(**values))


def accepted(cast, mission, **values):
    plain = {"begins": datetime.date(2026, 7, 1), "days": 10, "place": "B-town", "because": "The summer suits us."}
    return accept_mission(cast.viewer("commander"), mission=mission, **{**plain, **values})


@pytest.mark.parametrize("table", [Mission, MissionState, MissionNeed])
def test_the_tables_are_shut(cast, table):
    with pytest.raises(ShutManager):
        table.objects.all()


def test_a_request_lands_as_asked_with_its_needs(cast, manager):
    mission = asked(cast)
    row = mission_row(manager, mission.pk)
    assert row.state.state == "asked" and mission.sheet.reference == "MIS-26-0001"
    assert [(need.kind, need.name, need.number) for need in row.needs] == [
        ("language", "French", 3), ("skill", "patrol instruction", 2),
    ]  # fmt: skip
    assert mission.sheet.originator == cast.agencies["host"]


@pytest.mark.parametrize("name", ["watch", "officer_a", "investigator", "north_1", "host", "auditor"])
def test_only_manager_and_chief_enter_a_request(cast, name):
    with pytest.raises(Forbidden):
        asked(cast, by=name)
    assert not Mission.objects.as_house("nothing was made").exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": ""}, "title"),
        ({"kind": "holiday"}, "kind"),
        ({"country": "France"}, "country"),
        ({"zone": "Paris"}, "zone"),
        ({"wanted_days": 0}, "wanted_days"),
        ({"wanted_days": -3}, "wanted_days"),
        ({"wanted_days": 100_000}, "wanted_days"),
        ({"team": 0}, "team"),
        ({"team": 9_999}, "team"),
        ({"team": True}, "team"),
        ({"sensitivity": 4}, "sensitivity"),
        ({"needs": [NeedDraft("skill", "a", 2), NeedDraft("skill", "b", 2)]}, "team"),
        ({"needs": [NeedDraft("skill", "a", 1), NeedDraft("skill", "A", 1)]}, "needs"),
        ({"needs": [NeedDraft("language", "French", level="7")]}, "needs"),
        ({"needs": [NeedDraft("language", "French", 4, "2")]}, "needs"),
        ({"needs": [NeedDraft("skill", "a", -1)]}, "needs"),
        ({"needs": [NeedDraft("virtue", "a", 1)]}, "needs"),
    ],
)
def test_a_request_that_cannot_be_is_refused_by_field_and_nothing_is_written(cast, values, field):
    with pytest.raises(Refused) as refusal:
        asked(cast, **values)
    assert refusal.value.field == field and refusal.value.way_out
    assert not Mission.objects.as_house("nothing was made").exists()


@pytest.mark.parametrize(
    ("origin", "asker", "field"),
    [("bureau", "host", "asker"), ("host", None, "asker"), ("incident", None, "basis"), ("officers", None, "origin")],
)
def test_who_asks_is_said_as_it_is(cast, manager, origin, asker, field):
    with pytest.raises(Refused) as refusal:
        ask_mission(manager, origin=origin, asker=cast.agencies[asker] if asker else None, draft=draft())
    assert refusal.value.field == field


def test_a_surge_is_never_wider_than_what_it_follows_and_rests_on_nothing_hidden(cast):
    report = cast.report("officer_b", sensitivity=3)
    made = ask_mission(
        cast.viewer("commander"), origin="incident", basis=report.sheet, draft=draft(kind="surge", sensitivity=1)
    )
    assert made.sheet.access_class.sensitivity == 3 and made.basis_id == report.pk
    with pytest.raises(Missing):
        ask_mission(cast.viewer("narrow"), origin="incident", basis=report.sheet, draft=draft(kind="surge"))


def test_an_officer_who_can_do_something_offers_himself_and_sees_his_offer(cast, manager):
    me = cast.viewer("officer_a")
    with pytest.raises(Refused):
        offer_mission(me, draft=draft())
    state_qualification(me, person=cast.seats["officer_a"].person, kind="tie", name="family in A-ville")
    made = offer_mission(me, draft=draft())
    assert made.origin == "officers" and mission_row(manager, made.pk).state.state == "asked"
    assert [row.mission.pk for row in read_missions(me)] == [made.pk]


def test_relief_is_offered_by_any_officer_and_by_nobody_else(cast):
    assert offer_mission(cast.viewer("officer_b"), draft=draft(kind="relief")).kind == "relief"
    for name in ("watch", "narrow", "north_1"):
        with pytest.raises(Forbidden):
            offer_mission(cast.viewer(name), draft=draft(kind="relief"))


def test_the_chief_accepts_for_another_month_and_place_with_a_reason(cast, manager):
    mission = match_mission(manager, mission=asked(cast))
    with pytest.raises(Refused) as refusal:
        accepted(cast, mission, because="")
    assert refusal.value.field == "because"
    accepted(cast, mission)
    row = mission_row(manager, mission.pk)
    assert row.moved and (row.begins, row.last, row.place) == (
        datetime.date(2026, 7, 1), datetime.date(2026, 7, 10), "B-town",
    )  # fmt: skip
    assert [state.state for state in mission_states(manager, mission)] == ["accepted", "matching", "asked"]


def test_the_chief_accepts_as_asked_without_a_reason(cast, manager):
    mission = asked(cast)
    accepted(cast, mission, begins=mission.wanted_from, days=mission.wanted_days, because="")
    assert not mission_row(manager, mission.pk).moved


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"begins": datetime.date(2026, 3, 1)}, "begins"),
        ({"days": 0}, "days"),
        ({"days": -1}, "days"),
        ({"place": " "}, "place"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_and_the_mission_stays_as_it_was(cast, manager, values, field):
    mission = asked(cast)
    with pytest.raises(Refused) as refusal:
        accepted(cast, mission, **values)
    assert refusal.value.field == field
    assert mission_row(manager, mission.pk).state.state == "asked"


@pytest.mark.parametrize("name", ["narrow", "officer_a", "watch", "releasing", "host"])
def test_only_the_chief_answers(cast, name):
    mission = asked(cast, sensitivity=1)
    with pytest.raises(Forbidden):
        accept_mission(cast.viewer(name), mission=mission, begins=mission.wanted_from, days=14, place="A-ville")
    with pytest.raises(Forbidden):
        decline_mission(cast.viewer(name), mission=mission, because="no")


def test_a_declined_mission_needs_its_reason_and_stays_declined(cast, manager):
    mission = asked(cast)
    with pytest.raises(Refused):
        decline_mission(cast.viewer("commander"), mission=mission, because=" ")
    decline_mission(cast.viewer("commander"), mission=mission, because="Nobody can be spared.")
    assert mission_row(manager, mission.pk).over
    with pytest.raises(Refused) as refusal:
        accepted(cast, mission)
    assert refusal.value.field == "state"
    with pytest.raises(Refused):
        match_mission(manager, mission=mission)


def test_exactly_one_state_is_open(cast):
    mission = asked(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        MissionState.objects.create(mission=mission, state="go", since=now())


def test_the_list_asks_the_same_number_of_questions_for_one_mission_and_for_thirty(cast, manager):
    asked(cast)
    with CaptureQueriesContext(connection) as one:
        missions(manager)
    for n in range(29):
        asked(cast, title=f"Mission {n}")
    with CaptureQueriesContext(connection) as thirty:
        missions(manager)
    assert len(one) == len(thirty) <= 4


def can(cast, seat, **values):
    """An officer's qualification, as the manager enters it from papers."""
    return state_qualification(cast.viewer("narrow"), person=seat.person, **values)


def test_matching_counts_what_is_confirmed_and_shows_what_was_only_said(cast, manager, spare):
    mission = asked(cast, needs=[NeedDraft("skill", "patrol", 1), NeedDraft("language", "French", 1, "2")])
    can(cast, spare, kind="language", name="French", level="2.5")
    me = viewers_of([spare.id])[spare.id]
    state_qualification(me, person=spare.person, kind="skill", name="Patrol")
    seen = read_matching(manager, mission)
    first = seen.judged[0]
    assert first.candidate.label == "Officer 9" and [need.name for need in first.missing] == ["patrol"]
    assert [one.name for one in seen.said[str(spare.id)]] == ["Patrol"]
    assert [gap.name for gap, _n in seen.team.gaps] == ["patrol"] and seen.chosen == {str(spare.id)}


def test_who_is_posted_away_or_without_a_passport_is_told_so_in_the_table(cast, manager, spare):
    mission = asked(cast, needs=[NeedDraft("skill", "patrol", 1)])
    can(cast, spare, kind="certificate", name="Passport", expires=datetime.date(2026, 6, 3))
    set_away(
        manager, person=spare.person, kind="leave", first=datetime.date(2026, 6, 14), last=datetime.date(2026, 6, 20)
    )
    rows = {row.candidate.label: row for row in read_matching(manager, mission).judged}
    assert set(rows["Officer 9"].obstacles) == {"away:leave", "paper:passport"}
    assert rows["officer_a"].obstacles == ("away:posting",)


def test_what_has_lapsed_does_not_count(cast, manager, spare):
    mission = asked(cast, needs=[NeedDraft("skill", "patrol", 1)])
    can(cast, spare, kind="skill", name="patrol", expires=datetime.date(2026, 3, 1))
    assert read_matching(manager, mission).team.open_slots == 1


@pytest.mark.parametrize("name", ["officer_a", "watch", "releasing", "auditor", "north_1", "host"])
def test_nobody_but_manager_and_chief_sees_who_fits(cast, name):
    mission = asked(cast, sensitivity=1)
    with pytest.raises(Forbidden):
        read_matching(cast.viewer(name), mission)
    with pytest.raises(Missing):
        matching(cast.viewer(name), mission_row(cast.viewer("narrow"), mission.pk))


def test_matching_asks_the_same_number_of_questions_for_any_number_of_officers(cast, manager, spare):
    mission = asked(cast, needs=[NeedDraft("skill", "patrol", 1)])
    row = mission_row(manager, mission.pk)
    with CaptureQueriesContext(connection) as few:
        matching(manager, row)
    for n in range(20):
        person = record_person(username=f"more{n}", label=f"More {n}")
        seat = record_seat(person, cast.agencies["home"], label=f"More {n}", roles=["officer"], sworn=True)
        can(cast, seat, kind="skill", name="patrol")
    with CaptureQueriesContext(connection) as many:
        matching(manager, row)
    assert len(few) == len(many) <= 9
