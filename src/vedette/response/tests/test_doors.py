"""The JSON door of the response: started, read, acknowledged, done, as other systems and the demonstration do."""

import pytest

from tests.cast import sign_in


def post(client, path, body=None):
    return client.post(f"/api/v1{path}", body or {}, content_type="application/json")


@pytest.fixture
def desk(watch):
    return sign_in(watch)


@pytest.fixture
def started(house, desk):
    answer = post(desk, "/runs", {"incident": str(house.incident().pk)})
    assert answer.status_code == 200
    return answer.json()


def of(started, key):
    return next(task for task in started["tasks"] if task["key"] == key)


def test_a_run_answers_with_every_task(started):
    assert len(started["tasks"]) == 33
    task = of(started, "PB-06")
    assert (task["horizon"], task["unit"], task["state"]) == ("minutes", "esu", "given")


def test_a_second_start_is_a_conflict(house, desk, started):
    assert post(desk, "/runs", {"incident": started["incident"]}).status_code == 409


def test_a_unit_reads_acknowledges_and_completes_its_own(house, desk, started):
    sergeant, task = sign_in(house.sergeant("tactical")), of(started, "PB-06")
    assert [row["id"] for row in sergeant.get("/api/v1/orders").json()["in_force"]] == [task["id"]]
    assert post(sergeant, f"/tasks/{task['id']}/acknowledge").json()["state"] == "acknowledged"
    refused = post(sergeant, f"/tasks/{task['id']}/complete", {"outcome": "covered"})
    assert (refused.status_code, refused.json()["field"]) == (422, "evidence")
    assert post(sergeant, f"/tasks/{task['id']}/complete", {"evidence": "four hotels"}).json()["state"] == "done"
    seen = of(desk.get(f"/api/v1/runs/{started['id']}").json(), "PB-06")
    assert (seen["state"], seen["evidence"]) == ("done", "four hotels")


def test_another_units_task_is_not_there(house, started):
    sergeant, task = sign_in(house.sergeant("patrol")), of(started, "PB-06")
    assert post(sergeant, f"/tasks/{task['id']}/acknowledge").status_code == 404
    assert sergeant.get(f"/api/v1/runs/{started['id']}").status_code == 404


def test_escalations_are_told_with_the_times_at_which_they_were_due(house, desk, started):
    from vedette.alerts.actions import step_clocks

    house.at(12)
    step_clocks()
    steps = of(desk.get(f"/api/v1/runs/{started['id']}").json(), "PB-06")["escalations"]
    assert [step["duty"] for step in steps] == ["sergeant", "watch-commander"]
    assert steps[0]["at"].startswith("2015-11-13T20:30:00")


def test_cannot_pass_on_deploy_give_and_decide(house, desk, started, commander):
    task = of(started, "PB-06")
    sergeant = sign_in(house.sergeant("tactical"))
    assert post(sergeant, f"/tasks/{task['id']}/cannot", {"because": "all out"}).json()["state"] == "cannot"
    passed = post(desk, f"/tasks/{task['id']}/pass-on", {"unit": "transit", "because": "all out"})
    assert passed.json()["state"] == "given"
    words = {"unit": "transit", "place": "north gate", "order": "Stand.", "run": started["id"]}
    deployment = post(desk, "/deployments", words).json()
    assert deployment["where"] == "north gate"
    assert post(desk, f"/deployments/{deployment['id']}/end", {"because": "over"}).json()["state"] == "ended"
    due = {"run": started["id"], "title": "Ring back", "unit": "patrol", "due_at": "2015-11-13T21:00:00Z"}
    assert post(desk, "/tasks", due).json()["state"] == "given"
    decision = {"run": started["id"], "what": "Raise it?", "chosen": "yes"}
    assert post(desk, "/decisions", decision).status_code == 403
    assert post(sign_in(commander), "/decisions", decision).json()["reference"].startswith("DEC-")
