"""A team sent after an attack carries questions; each is answered by a report that its readers may read, or told why not."""

import dataclasses
import datetime

import pytest

from tests.house.facts import HOUR, SheetFacts, World
from tests.house.writing import write
from vedette.agencies.actions import record_person, record_seat
from vedette.agencies.queries import viewers_of
from vedette.kit.errors import Forbidden, Missing, Refused
from vedette.kit.ids import new_id
from vedette.kit.time import now
from vedette.programme.actions import MissionDraft, accept_mission, assign_member, decline_mission
from vedette.reporting.actions import (
    add_team_question,
    answer_team_question,
    drop_team_question,
    give_questions,
    send_surge,
)
from vedette.reporting.actions.surges import list_in_force
from vedette.reporting.models import QuestionList, Report
from vedette.reporting.surges import answered, team_questions


@pytest.fixture
def reports(cast):
    """A report that the desk reads, and one for the analyst alone (restricted)."""
    home = cast.agencies["home"].id
    author = cast.seats["officer_a"].id
    facts = [SheetFacts(new_id(), home, home, now() - HOUR, author=author, sensitivity=level) for level in (1, 3)]
    write(cast, World(now(), sheets=facts))
    rows = Report.objects.as_house("what a test wrote").select_related("sheet")
    return [rows.get(pk=one.id).sheet for one in facts]


def surge(cast, reports, **values):
    draft = MissionDraft(
        title="Team for A-ville", kind="surge", country="FR", city="A-ville",
        wanted_from=now().date() + datetime.timedelta(days=1), wanted_days=10, team=2, sensitivity=1,
    )  # fmt: skip
    return send_surge(cast.viewer("narrow"), draft=dataclasses.replace(draft, **values), basis=reports[0])


def member(cast, mission):
    """An officer on the team, as he looks at it."""
    person = record_person(username="spare", label="Officer 9")
    seat = record_seat(person, cast.agencies["home"], label="Officer 9", roles=["officer"], sworn=True)
    day = mission.wanted_from
    accept_mission(cast.viewer("commander"), mission=mission, begins=day, days=10, place="A-ville")
    assign_member(cast.viewer("narrow"), mission=mission, seat=seat)
    return viewers_of([seat.id])[seat.id]


def test_a_surge_carries_its_questions_from_the_first_minute_and_other_missions_none(cast, reports):
    manager = cast.viewer("narrow")
    mission = surge(cast, reports)
    carried = team_questions(manager, mission)
    assert [one.question.text for one in carried] == list_in_force().questions
    with pytest.raises(Refused, match="already"):
        give_questions(manager, mission=mission)
    assert team_questions(manager, surge(cast, reports, kind="advice")) == []


def test_a_list_with_other_words_is_a_next_version_and_a_team_keeps_its_own(cast, reports, monkeypatch, tmp_path):
    mission = surge(cast, reports)
    (tmp_path / "first-72-hours.json").write_text('{"title": "t", "questions": ["Who?"]}')
    monkeypatch.setattr("vedette.reporting.actions.surges.FOLDER", tmp_path)
    assert (list_in_force().version, list_in_force().version) == (2, 2)
    assert QuestionList.objects.count() == 2
    assert len(team_questions(cast.viewer("narrow"), mission)) > 1


def test_the_team_answers_by_a_report_or_says_why_not_and_a_better_answer_replaces_it(cast, reports):
    mission = surge(cast, reports)
    officer = member(cast, mission)
    first, second, *_ = (one.question for one in team_questions(officer, mission))
    desk = cast.viewer("watch")
    answer_team_question(officer, question=first, none_because="The host keeps it back.")
    answer_team_question(desk, question=first, report=reports[0])
    answer_team_question(desk, question=second, none_because="Nobody knows.")
    told = {one.question.number: one for one in team_questions(desk, mission)}
    assert told[1].report.pk == reports[0].pk
    assert told[2].answer.none_because == "Nobody knows."
    assert answered(desk, [mission.pk]) == {mission.pk: (2, len(told))}
    for none_because, report in (("", None), ("x", reports[0])):
        with pytest.raises(Refused):
            answer_team_question(desk, question=first, report=report, none_because=none_because)


def test_who_may_not_read_the_answering_report_learns_only_that_it_is_there(cast, reports):
    mission = surge(cast, reports)
    officer = member(cast, mission)
    question = team_questions(officer, mission)[0].question
    with pytest.raises(Missing):
        answer_team_question(officer, question=question, report=reports[1])
    answer_team_question(cast.viewer("analyst"), question=question, report=reports[1])
    seen = team_questions(officer, mission)[0]
    assert (seen.answer is not None, seen.report) == (True, None)
    assert team_questions(cast.viewer("analyst"), mission)[0].report.pk == reports[1].pk


def test_only_who_sends_asks_more_and_only_the_team_or_the_desk_answers(cast, reports):
    mission = surge(cast, reports)
    more = add_team_question(cast.viewer("watch"), mission=mission, text="Which radios failed?")
    with pytest.raises(Forbidden):
        add_team_question(cast.viewer("officer_a"), mission=mission, text="Me too?")
    with pytest.raises(Forbidden):
        answer_team_question(cast.viewer("officer_a"), question=more, none_because="Not mine.")
    drop_team_question(cast.viewer("watch"), question=more, because="Answered by phone.")
    for act in (lambda: drop_team_question(cast.viewer("watch"), question=more, because="Again."),
                lambda: answer_team_question(cast.viewer("watch"), question=more, none_because="Late.")):  # fmt: skip
        with pytest.raises(Refused):
            act()
    decline_mission(cast.viewer("commander"), mission=mission, because="Too late.")
    with pytest.raises(Refused):
        add_team_question(cast.viewer("watch"), mission=mission, text="One more?")


def test_a_question_and_why_it_has_no_answer_name_nobody_until_somebody_has_looked(cast, reports):
    mission, desk = surge(cast, reports), cast.viewer("watch")
    named = "Ask Colonel Zdravko Kuzmanov about it"
    with pytest.raises(Refused, match="may name a person"):
        add_team_question(desk, mission=mission, text=named)
    question = add_team_question(desk, mission=mission, text=named, nobody=True)
    with pytest.raises(Refused, match="may name a person"):
        answer_team_question(desk, question=question, none_because=named)
    answer_team_question(desk, question=question, none_because=named, nobody=True)


def test_what_is_taken_off_makes_room_for_another_question(cast, reports, monkeypatch):
    mission, manager = surge(cast, reports), cast.viewer("narrow")
    first, *others = team_questions(manager, mission)
    monkeypatch.setattr("vedette.reporting.actions.surges.MOST", len(others) + 1)
    with pytest.raises(Refused, match="at most"):
        add_team_question(manager, mission=mission, text="One more?")
    drop_team_question(manager, question=first.question, because="It matters less.")
    assert add_team_question(manager, mission=mission, text="One more?").number == len(others) + 2


@pytest.mark.parametrize("name", ["north_1", "host", "investigator"])
def test_who_may_not_read_the_mission_reads_none_of_its_questions(cast, reports, name):
    mission = surge(cast, reports, sensitivity=3)
    assert team_questions(cast.viewer(name), mission) == []
    assert answered(cast.viewer(name), [mission.pk]) == {}
