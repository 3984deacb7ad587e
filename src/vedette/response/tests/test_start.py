"""Starting a response: every task is there, the minutes go out, nothing is wider than what it rests on."""

import pytest

from vedette.alerts.models import Clock
from vedette.handling.actions import access_class
from vedette.handling.models import Addressee
from vedette.kit.errors import Conflict, Forbidden
from vedette.response.actions import end_run, load_playbooks, start_run, step_horizons
from vedette.response.board import board_of
from vedette.response.models import OrderState, Playbook
from vedette.response.queries import access_order, runs_seen
from vedette.response.tests.conftest import START

State = OrderState.State


def test_the_minutes_go_out_at_once_and_ask_to_be_acknowledged_within_five(house, run, watch):
    minutes = board_of(watch, run).columns[0]
    given = [row for row in minutes.rows if row.state == State.GIVEN]
    assert len(given) == 8
    assert {row.clock.clock.due_at for row in given} == {house.at(5)}
    assert {row.order.unit_id for row in given} == {row.clock.clock.unit_id for row in given}


def test_later_horizons_have_no_clock_and_no_addressee_until_they_begin(house, run, watch):
    planned = [row.order.pk for row in board_of(watch, run).rows if row.state == State.PLANNED]
    assert len(planned) == 24
    assert not Addressee.objects.filter(sheet__in=planned).exists()
    assert not Clock.objects.as_house("a test counts").filter(subject__in=planned).exists()
    house.at(59)
    assert step_horizons() == 0
    house.at(61)
    assert step_horizons() == 8
    assert Addressee.objects.filter(sheet__in=planned).count() == 8


def test_a_task_given_late_by_the_loop_still_says_when_its_horizon_began(house, run, watch):
    house.at(hours=9)
    step_horizons()
    row = next(row for row in board_of(watch, run).rows if row.order.key == "PB-10")
    assert row.standing.since == house.task(run, "PB-10").given_at
    assert row.clock.clock.due_at - row.standing.since == run.playbook.plan.by_key["days"].within


def test_the_task_that_the_start_itself_fulfils_is_done_with_its_evidence(run, watch):
    row = next(row for row in board_of(watch, run).rows if row.order.key == "PB-01")
    assert row.state == State.DONE
    assert run.incident.sheet.reference in row.standing.evidence


def test_it_rests_on_the_first_flash(house, watch):
    incident = house.incident(kind="spot")
    flash = house.report()
    from vedette.incidents.actions import link_report

    link_report(watch, report=flash.sheet, incident=incident)
    run = start_run(watch, incident=incident)
    assert run.basis_id == flash.pk
    assert house.task(run, "PB-04").basis_id == flash.pk


def test_the_same_playbook_does_not_run_twice_for_an_incident(run, watch):
    with pytest.raises(Conflict):
        start_run(watch, incident=run.incident)


def test_it_may_be_started_again_when_it_has_ended(run, watch, commander):
    end_run(commander, run=run, because="all clear")
    assert start_run(watch, incident=run.incident).pk != run.pk


@pytest.mark.parametrize("seat", ["Desk clerk", "Releasing officer", "Programme manager"])
def test_only_the_watch_and_the_commander_start_one(house, seat):
    with pytest.raises(Forbidden):
        start_run(house.viewer(seat), incident=house.incident())


def test_a_run_and_its_tasks_are_never_wider_than_the_incident_and_the_basis(house, watch):
    incident = house.incident()
    narrow(incident.sheet, ["desk", "narco"])
    other = house.viewer("Watch officer 2")
    with pytest.raises(Forbidden):
        start_run(other, incident=incident)
    narrow(incident.sheet, ["desk"])
    run = start_run(other, incident=incident)
    for sheet in (run.sheet, access_order(other, house.task(run, "PB-06").pk).sheet):
        held = sheet.access_class
        assert (held.sensitivity, held.groups, held.named_subject) == (3, ["desk"], True)


def narrow(sheet, groups):
    sheet.access_class = access_class(3, groups, True)
    sheet.save(update_fields=["access_class"])


def test_a_response_is_the_desks_and_no_units(house, run):
    assert runs_seen(house.viewer("Analyst 1")).count() == 1
    for seat in (house.sergeant("patrol"), house.viewer("Investigator, robbery squad"), house.viewer("Auditor")):
        assert runs_seen(seat).count() == 0


def test_ending_it_withdraws_what_is_open_and_stops_every_clock(house, run, watch, commander):
    house.at(3)
    end_run(commander, run=run, because="false alarm")
    states = {row.state for row in board_of(watch, run).rows}
    assert states == {State.DONE, State.WITHDRAWN}
    assert not Clock.objects.as_house("a test counts").filter(state="running").exists()
    house.at(days=2)
    assert step_horizons() == 0


def test_a_playbook_loaded_twice_is_one_and_a_changed_one_is_the_next_version(house, tmp_path):
    import json

    from vedette.response.actions.loading import FOLDER

    standing = Playbook.objects.get(until__isnull=True)
    assert load_playbooks() == [standing]
    content = json.loads((FOLDER / "playbook-soft-target.json").read_text())
    (tmp_path / "changed.json").write_text(json.dumps({**content, "title": "Another title"}))
    (changed,) = load_playbooks(tmp_path)
    assert (changed.version, changed.key) == (2, standing.key)
    assert Playbook.objects.get(until__isnull=True) == changed


def test_the_start_is_written_once_in_the_log(run):
    from vedette.audit.models import Entry

    entry = Entry.objects.get(code="run.started")
    assert entry.objects_ids == [run.pk, run.incident_id, run.basis_id]
    assert not Entry.objects.filter(code="task.given").exists()
    assert run.started_at == START
