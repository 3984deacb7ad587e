"""The desk's verbs through its pages: what is refused is said beside its field, and nothing typed is lost."""

import pytest

from tests.cast import sign_in
from vedette.response.models import Decision, Deployment, OrderState, Run, Task

HX = {"hx-request": "true"}


@pytest.fixture
def desk(watch):
    return sign_in(watch)


def state(order):
    return OrderState.objects.as_house("a test looks").get(order=order.sheet, until__isnull=True).state


@pytest.mark.parametrize("chosen", [{"playbook": "pb-soft-target"}, {}])
def test_a_response_is_started_from_the_incident_whether_a_playbook_is_chosen_or_not(house, desk, chosen):
    incident = house.incident()
    answer = desk.post("/response/start/", {"incident": incident.pk} | chosen)
    run = Run.objects.as_house("a test looks").get(incident=incident)
    assert answer["Location"] == f"/response/{run.pk}/"


def test_a_task_is_given_from_the_pane_and_the_page_hears_of_it(house, desk, run):
    words = {"title": "Confirm the relief", "unit": str(house.unit("patrol").id), "due": "PT15M"}
    answer = desk.post(f"/response/{run.pk}/give/", words, headers=HX)
    assert (answer.status_code, "vedette:changed" in answer["HX-Trigger"]) == (204, True)
    task = Task.objects.as_house("a test looks").get(run=run, key="")
    assert (task.title, task.due_at, task.horizon) == ("Confirm the relief", house.at(15), "minutes")


def test_a_task_without_a_unit_comes_back_with_what_was_typed(desk, run):
    answer = desk.post(f"/response/{run.pk}/give/", {"title": "Confirm the relief", "due": "PT15M"}, headers=HX)
    assert answer.status_code == 422
    assert 'value="Confirm the relief"' in answer.content.decode()


def test_a_deployment_without_a_place_says_so_beside_the_site(house, desk, run):
    words = {"unit": str(house.unit("transit").id), "order": "Stand.", "stays": "PT8H"}
    answer = desk.post(f"/response/{run.pk}/deploy/", words, headers=HX)
    assert answer.status_code == 422
    assert "Nobody can stand nowhere" in answer.content.decode()
    assert not Deployment.objects.as_house("a test looks").exists()


def test_a_commander_decides_and_a_watch_officer_has_no_such_door(house, desk, commander, run):
    words = {"what": "Raise the posture?", "chosen": "yes", "options": "yes\nno"}
    assert desk.post(f"/response/{run.pk}/decide/", words).status_code == 403
    sign_in(commander).post(f"/response/{run.pk}/decide/", words)
    assert Decision.objects.as_house("a test looks").get().options == ["yes", "no"]


def test_speaking_for_a_unit_without_saying_who_told_is_refused_in_place(house, desk, run):
    task = house.task(run, "PB-06")
    answer = desk.post(f"/response/orders/{task.pk}/acknowledge/", {}, headers=HX)
    assert (answer.status_code, state(task)) == (422, "given")
    assert "speak for a unit" in answer.content.decode()
    desk.post(f"/response/orders/{task.pk}/acknowledge/", {"because": "sergeant, by phone"}, headers=HX)
    assert state(task) == "acknowledged"


def test_passing_on_without_script_comes_back_to_the_board(house, desk, run):
    task = house.task(run, "PB-06")
    words = {"unit": str(house.unit("transit").id), "because": "all out"}
    answer = desk.post(f"/response/orders/{task.pk}/pass-on/", words)
    assert answer["Location"] == f"/response/{run.pk}/"
    assert house.task(run, "PB-06").unit.kind == "transit"


def test_an_order_that_moved_on_meanwhile_is_said_in_place(house, desk, run):
    task = house.task(run, "PB-06")
    desk.post(f"/response/orders/{task.pk}/cannot/", {"because": "all out"}, headers=HX)
    answer = desk.post(f"/response/orders/{task.pk}/complete/", {"evidence": "x", "because": "by phone"}, headers=HX)
    assert answer.status_code == 422
    assert "cannot by now" in answer.content.decode()


def test_a_forged_form_changes_nothing(watch, house, run):
    from django.test import Client

    task, client = house.task(run, "PB-06"), Client(enforce_csrf_checks=True)
    client.cookies["vedette_session"] = sign_in(watch).cookies["vedette_session"].value
    assert client.post(f"/response/orders/{task.pk}/cannot/", {"because": "forged"}).status_code == 403
    assert state(task) == "given"
