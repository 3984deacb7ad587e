"""A standing rule drafts for the partner of a shared post, from that post's reports alone, and never releases."""

import datetime

import pytest
from django.db import DatabaseError, transaction

from vedette.alerts.actions import step_clocks
from vedette.alerts.models import Clock, Escalation
from vedette.audit.models import Entry
from vedette.funding.actions import end_share
from vedette.handling.models import Sheet
from vedette.incidents.actions import change_incident, choose_fact
from vedette.kit.errors import Conflict, Forbidden, Refused
from vedette.kit.time import now
from vedette.programme.actions import end_clause
from vedette.programme.actions.agreements import end_agreement
from vedette.reporting.drafts import GradeDraft
from vedette.sharing.actions import (
    draft_by_rules,
    end_standing_rule,
    redraft,
    set_draft_aside,
    sign_release,
    withdraw_report,
    write_standing_rule,
)
from vedette.sharing.models import Recipient, Release, Rest, StandingDraft, StandingRule
from vedette.sharing.queries import access_release, releases
from vedette.sharing.rules import LADDER, UNSIGNED, lapses, standing_rules
from vedette.sharing.tests.ruled import Ruled, house, later, ruled_evening, seen, written
from vedette.sharing.tests.stage import blocks, text_of

__all__ = ["house", "ruled_evening"]


def drafts() -> list[StandingDraft]:
    rows = StandingDraft.objects.as_house("a test").select_related("release__sheet", "release__incident", "rule")
    return list(rows.order_by("since", "pk"))


def only() -> Release:
    (one,) = drafts()
    return one.release


def clock_of(release: Release) -> Clock:
    return Clock.objects.as_house("a test").get(subject=release.pk, kind=UNSIGNED)


def under(release: Release) -> set:
    rests = Rest.objects.as_house("a test").filter(paragraph__release=release, paragraph__state="kept")
    return set(rests.values_list("sheet", flat=True))


def test_a_rule_drafts_once_for_a_change_and_renews_what_is_unsigned_and_a_person_signs(house: Ruled) -> None:
    assert draft_by_rules() == 0, "what a host told is never drafted by a rule"
    report, _claim = seen(house.stage, "par", "Gare du Nord", killed=3)
    assert (draft_by_rules(), draft_by_rules()) == (1, 0)
    first = only()
    assert not first.signed and "Gare du Nord" in text_of(first) and first.label == "AMBER"
    assert [row.agency.key for row in Recipient.objects.as_house("a test").filter(release=first)] == ["pt-bos"]
    assert under(first) == {report.pk}
    more, _claim = seen(house.stage, "par", "Gare de Lyon", killed=2, at=(48.84, 2.37))
    assert draft_by_rules() == 0, "not oftener than every ten minutes"
    later(11)
    assert (draft_by_rules(), draft_by_rules()) == (1, 0)
    assert only().pk == first.pk and drafts()[0].renewals == 1
    assert "Gare de Lyon" in text_of(first) and under(first) == {report.pk, more.pk}
    assert blocks(house.stage, first) == []
    sign_release(house.stage.releasing, release=first)
    signed = access_release(house.stage.releasing, first.pk)
    assert signed.signed and signed.standing_rule_id == house.rule.id and clock_of(first).state == "met"
    assert house.rule.id in Entry.objects.filter(code="release.signed").latest("real_at").objects_ids
    later(11)
    assert draft_by_rules() == 0, "what was sent is not drafted again"
    seen(house.stage, "par", "Gare de Bercy", killed=1, at=(48.83, 2.38))
    assert draft_by_rules() == 1 and len(drafts()) == 2
    assert {row.release.pk for row in releases(house.stage.releasing) if row.rule} == {
        row.release_id for row in drafts()
    }


def test_its_text_rests_on_that_posts_reports_alone(house: Ruled) -> None:
    _own, mine = seen(house.stage, "par", "Gare du Nord", killed=3)
    theirs, claim = seen(house.stage, "lyo", "Part-Dieu", killed=77, at=(45.76, 4.86))
    seen(house.stage, "par", "Hotel de Ville", killed=55, at=(48.85, 2.35), kind="host-police")
    seen(house.stage, "par", "Invalides", killed=66, at=(48.86, 2.31), sensitivity=3)
    seen(house.stage, "par", "Austerlitz", killed=44, at=(48.84, 2.36), names_person=True)
    seen(house.stage, "par", "Montparnasse", killed=33, at=(48.84, 2.32), grade=GradeDraft("NATO", "C", "4"))
    draft_by_rules()
    text = text_of(only())
    assert "Gare du Nord" in text
    for foreign in ("77", "55", "66", "44", "33", "Part-Dieu", "Hotel de Ville", "Invalides", "Austerlitz", "Stade"):
        assert foreign not in text, foreign
    assert under(only()) == {mine.report_id}
    # What a person chose on another post's report is left out whole, and drafting anew keeps to the rule.
    choose_fact(house.stage.watch, incident=house.stage.main, claims=[mine, claim], value="80")
    later(11)
    draft_by_rules()
    redraft(house.stage.releasing, release=only())
    assert "80" not in text_of(only()) and "killed" not in text_of(only()).casefold() and theirs.pk not in under(only())


def test_nothing_is_drafted_for_another_post_a_closed_incident_or_a_withdrawn_report(house: Ruled) -> None:
    seen(house.stage, "lyo", "Part-Dieu", killed=7)
    assert draft_by_rules() == 0
    report, _claim = seen(house.stage, "par", "Gare du Nord", killed=3)
    withdraw_report(house.stage.watch, report=report, because="it was another station")
    assert draft_by_rules() == 0
    seen(house.stage, "par", "Gare de Lyon", killed=3, at=(48.84, 2.37))
    change_incident(house.stage.watch, incident=house.stage.main, state="closed", because="over")
    assert draft_by_rules() == 0 and drafts() == []


def test_a_draft_whose_report_is_withdrawn_is_blocked_at_once_and_then_renewed_without_it(house: Ruled) -> None:
    report, _claim = seen(house.stage, "par", "Gare du Nord", killed=3)
    draft_by_rules()
    withdraw_report(house.stage.watch, report=report, because="it was another station")
    assert "basis" in blocks(house.stage, only())
    with pytest.raises(Refused, match="withdrawn"):
        sign_release(house.stage.releasing, release=only())
    later(11)
    assert draft_by_rules() == 1 and under(only()) == set()


ENDS = {
    "ended": lambda house: end_standing_rule(house.stage.releasing, rule=house.rule, because="too many"),
    "share": lambda house: end_share(house.stage.viewer("Finance officer"), share=house.share, because="ours"),
    "clause": lambda house: end_clause(house.stage.viewer("Programme manager"), clause=house.clause, because="no"),
    "agreement": lambda house: end_agreement(
        house.stage.viewer("Programme manager"), agreement=house.clause.agreement, ended=now().date(), because="no"
    ),
    "day": lambda house: later(60 * 24 * 181),
}


@pytest.mark.parametrize("how", ENDS)
def test_when_its_ground_ends_nothing_more_is_drafted_and_what_waits_says_so(house: Ruled, how: str) -> None:
    seen(house.stage, "par", "Gare du Nord", killed=3)
    assert draft_by_rules() == 1 and lapses([house.rule])[house.rule.id] == ""
    ENDS[how](house)
    later(11)
    seen(house.stage, "par", "Gare de Lyon", killed=2, at=(48.84, 2.37))
    assert draft_by_rules() == 0 and clock_of(only()).state == "stopped"
    (row,) = standing_rules(house.stage.releasing)
    assert row.lapse and [one.release_id for one in row.open] == [only().pk]
    assert "Gare de Lyon" not in text_of(only())


def test_an_unsigned_draft_escalates_after_twenty_minutes_until_it_is_set_aside(house: Ruled) -> None:
    seen(house.stage, "par", "Gare du Nord", killed=3)
    draft_by_rules()
    clock = clock_of(only())
    assert clock.ladder is not None and clock.ladder.key == LADDER
    assert clock.due_at - clock.started_at == datetime.timedelta(minutes=20)
    later(19)
    step_clocks()
    taken = Escalation.objects.as_house("a test").filter(clock=clock)
    assert not taken.exists()
    later(2)
    step_clocks()
    assert [row.duty for row in taken] == ["releasing"]
    set_draft_aside(house.stage.releasing, release=only(), because="Boston was told by telephone")
    assert clock_of(only()).state == "stopped"
    assert draft_by_rules() == 0, "the same facts are not drafted again"
    seen(house.stage, "par", "Gare de Lyon", killed=2, at=(48.84, 2.37))
    assert draft_by_rules() == 1 and len(drafts()) == 2
    with pytest.raises(Conflict):
        set_draft_aside(house.stage.releasing, release=drafts()[0].release, because="again")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"label": ""}, "label"), ({"label": "RED"}, "label"), ({"label": "AMBER+STRICT"}, "label"), ({"because": ""}, "because"),
        ({"last_day": datetime.date(2015, 11, 12)}, "last_day"), ({"last_day": datetime.date(2017, 1, 1)}, "last_day"), ({}, "share"),
    ],
)  # fmt: skip
def test_a_rule_that_its_clause_does_not_carry_is_refused(house: Ruled, values: dict, field: str) -> None:
    if values:
        end_standing_rule(house.stage.releasing, rule=house.rule, because="to write it anew")
    with pytest.raises(Refused) as refusal:
        written(house.stage, house.share, house.clause, **values)
    assert refusal.value.field == field and refusal.value.way_out
    assert StandingRule.objects.count() == 1


def test_a_rule_rests_on_a_clause_about_sharing_with_that_very_department(house: Ruled) -> None:
    end_standing_rule(house.stage.releasing, rule=house.rule, because="to write it anew")
    with pytest.raises(Refused) as refusal:
        written(house.stage, house.share, house.share.clause)
    assert refusal.value.field == "clause"
    end_share(house.stage.viewer("Finance officer"), share=house.share, because="ours again")
    with pytest.raises(Refused, match="no longer shared"):
        written(house.stage, house.share, house.clause)


@pytest.mark.parametrize("label", ["Watch officer 1", "Analyst 1", "Finance officer", "Programme manager"])
def test_only_a_releasing_officer_writes_ends_or_sets_aside(house: Ruled, label: str) -> None:
    seen(house.stage, "par", "Gare du Nord", killed=3)
    draft_by_rules()
    viewer = house.stage.viewer(label)
    for act in (
        lambda: write_standing_rule(
            viewer, share=house.share, clause=house.clause, label="AMBER", last_day=now().date(), because="x"
        ),
        lambda: end_standing_rule(viewer, rule=house.rule, because="x"),
        lambda: set_draft_aside(viewer, release=only(), because="x"),
    ):
        with pytest.raises(Forbidden):
            act()


def test_what_was_signed_of_a_rule_never_changes_and_it_is_ended_once(house: Ruled) -> None:
    for change in ({"label": "RED"}, {"last_day": datetime.date(2019, 1, 1)}):
        with pytest.raises(DatabaseError), transaction.atomic():
            StandingRule.objects.filter(pk=house.rule.pk).update(**change)
    end_standing_rule(house.stage.releasing, rule=house.rule, because="too many")
    with pytest.raises(Conflict):
        end_standing_rule(house.stage.releasing, rule=house.rule, because="again")
    with pytest.raises(DatabaseError), transaction.atomic():
        StandingRule.objects.filter(pk=house.rule.pk).update(until=None, ended_because="")


def test_a_purged_draft_is_never_written_into_again(house: Ruled) -> None:
    seen(house.stage, "par", "Gare du Nord", killed=3)
    draft_by_rules()
    purged = only()
    Sheet.objects.filter(id=purged.pk).update(purged_at=now())
    seen(house.stage, "par", "Gare de Lyon", killed=2, at=(48.84, 2.37))
    later(11)
    assert draft_by_rules() == 1
    assert [row.release_id == purged.pk for row in drafts()] == [True, False]
    assert "Gare de Lyon" not in text_of(purged) and "Gare de Lyon" in text_of(drafts()[-1].release)
