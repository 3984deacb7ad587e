"""The board, the list, the pane of one order, the paper: what each seat reads there."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import sign_in
from vedette.alerts.actions import step_clocks
from vedette.response.actions import acknowledge_order, complete_order, decide, deploy, give_task
from vedette.response.models import Site
from vedette.response.tests.conftest import START


@pytest.fixture
def desk(watch):
    return sign_in(watch)


def page(client, address, status=200, **headers):
    answer = client.get(address, headers=headers)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_board_shows_five_columns_each_task_with_owner_and_basis(desk, run):
    text = page(desk, f"/response/{run.pk}/")
    assert text.count('class="card task') == 33
    assert all(f'id="col-{key}"' in text for key in ("minutes", "days", "week", "weeks", "ongoing"))
    assert text.count(f"{run.basis.reference}, PB-") == 33


def test_a_silent_order_says_whom_the_ladder_told(house, desk, run):
    house.at(11)
    step_clocks()
    text = " ".join(page(desk, f"/response/{run.pk}/").split())
    assert "Nobody has acknowledged; told watch commander" in text
    assert "8 late" in text


def test_the_parts_are_given_alone_for_a_page_that_is_open(desk, run):
    text = page(desk, f"/response/{run.pk}/?part=body")
    assert "<html" not in text
    assert 'data-part="figures"' in text


@pytest.mark.parametrize("seat", ["Duty sergeant, Emergency service unit", "Investigator, robbery squad", "Auditor"])
def test_nobody_but_the_desk_reads_a_board_or_learns_that_there_is_one(house, run, seat):
    client = sign_in(house.viewer(seat))
    page(client, f"/response/{run.pk}/", status=404)
    assert str(run.pk) not in page(client, "/response/")


def test_an_incident_that_has_a_response_leads_to_it_whoever_may_see_it(house, desk, run):
    asked = f"/response/?incident={run.incident_id}"
    assert desk.get(asked)["Location"] == f"/response/{run.pk}/"
    assert page(sign_in(house.viewer("Auditor")), asked)
    assert 'id="start"' in page(desk, f"/response/?incident={house.incident().pk}")


def test_the_list_offers_to_start_one_only_where_none_runs(house, desk, run):
    assert 'id="start"' not in page(desk, "/response/")
    house.incident()
    assert 'id="start"' in page(desk, "/response/")
    assert 'id="start"' not in page(sign_in(house.viewer("Analyst 1")), "/response/")


def test_one_order_shows_its_receipts_and_what_the_desk_may_do(house, desk, run):
    task = house.task(run, "PB-06")
    house.at(5)
    step_clocks()
    text = " ".join(page(desk, f"/response/orders/{task.pk}/").split())
    assert "given to Emergency service unit" in text
    assert "told: Duty sergeant, Emergency service unit" in text
    assert f"/response/orders/{task.pk}/pass-on/" in text


def test_the_paper_lists_the_orders_in_force_by_unit(house, desk, run):
    text = page(desk, f"/response/{run.pk}/print/")
    assert "<h2>Emergency service unit</h2>" in text
    assert house.task(run, "PB-06").sheet.reference in text


def test_a_site_stands_on_the_map_as_it_is_covered(house, desk, run, watch):
    site = Site.objects.order_by("priority", "name").first()
    row = deploy(watch, unit=house.unit("transit"), site=site, order="Stand.", run=run)
    assert 'data-state="unsure"' in page(desk, f"/response/{run.pk}/")
    acknowledge_order(house.sergeant("transit"), order=row)
    assert 'data-state="covered"' in page(desk, f"/response/{run.pk}/")


def questions(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


@pytest.mark.parametrize(("address", "most"), [("/response/{}/?part=body", 22), ("/response/", 20), ("/shift/", 38)])
def test_a_screen_asks_as_often_for_fifty_tasks_more(house, desk, run, watch, address, most):
    address = address.format(run.pk)
    before = questions(desk, address)
    for number in range(50):
        give_task(watch, run=run, title=f"Task {number}", unit=house.unit("patrol"), due_at=house.at(30))
        house.at(0)
    assert questions(desk, address) == before <= most


def test_an_order_that_was_taken_back_is_not_there_for_its_unit(house, run, watch):
    from vedette.response.actions import pass_on

    task = house.task(run, "PB-06")
    pass_on(watch, order=task, unit=house.unit("transit"), because="all out")
    page(sign_in(house.sergeant("tactical")), f"/response/orders/{task.pk}/", status=404)


def test_a_response_is_not_shown_to_one_who_may_no_longer_see_its_incident(house, desk, run):
    from vedette.handling.actions import access_class
    from vedette.handling.models import Sheet

    other = sign_in(house.viewer("Watch officer 2"))
    page(other, f"/response/{run.pk}/")
    Sheet.objects.filter(pk=run.incident_id).update(access_class=access_class(3, ["desk", "narco"]))
    page(other, f"/response/{run.pk}/", status=404)
    assert run.incident.title not in page(other, "/response/")


@pytest.mark.parametrize(
    "minutes, done, waits", [(1, "1 of 33", True), (9, "2 of 33", False), (None, "2 of 33", False)]
)
def test_the_board_as_it_stood_shows_what_was_done_decided_and_deployed_then(
    house, desk, run, watch, commander, minutes, done, waits
):
    task = house.task(run, "PB-06")
    house.at(5)
    complete_order(house.sergeant("tactical"), order=task, evidence="four hotels, two halls")
    decide(commander, run=run, what="Raise the posture?", chosen="yes, at once")
    deploy(watch, unit=house.unit("transit"), site=Site.objects.first(), order="Stand.", run=run)
    house.at(30)
    text = page(desk, f"/response/{run.pk}/{at_minute(minutes)}")
    assert f"{done} done" in text
    assert ("Nothing had been decided" in text) == ("Nobody was deployed" in text) == waits
    assert ("four hotels" in text) == ("yes, at once" in text) == (not waits)


def at_minute(minutes):
    return "" if minutes is None else f"?at={int((START + datetime.timedelta(minutes=minutes)).timestamp())}"


@pytest.mark.parametrize("minutes", [4, None])
def test_on_a_board_that_looks_back_nothing_can_be_done_moved_or_drawn_anew(house, desk, run, minutes):
    house.at(10)
    text = page(desk, f"/response/{run.pk}/{at_minute(minutes)}")
    now = minutes is None
    for mark in (
        "data-moves=",
        'id="tray"',
        f"/response/{run.pk}/give/",
        f'data-url="/response/{run.pk}/"',
        "data-soon=",
    ):
        assert (mark in text) == now, mark
    assert ("Looking back" in text) == (not now)


@pytest.mark.parametrize("at, status", [("soon", 422), ("99999999999999", 422), ("2999-01-01", 200)])
def test_a_moment_that_is_none_is_refused_and_one_to_come_is_now(desk, run, at, status):
    assert ("Looking back" in page(desk, f"/response/{run.pk}/?at={at}", status=status)) is False


def test_the_incident_leads_to_the_board_of_the_same_moment(house, desk, run):
    house.at(10)
    address = f"/incidents/{run.incident_id}/"
    assert f'href="/response/{run.pk}/?at=2015-11-13T20:29:00Z"' in page(desk, address + at_minute(4))
    assert f'href="/response/{run.pk}/"' in page(desk, address)
