"""Starting a response, giving its tasks as their horizons begin, adding tasks, ending it."""

import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from vedette.agencies.models import Unit
from vedette.agencies.queries import units
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.actions import record_address
from vedette.handling.models import Sheet
from vedette.handling.policy import require
from vedette.incidents.models import Incident
from vedette.incidents.queries import linked_rows
from vedette.kit.errors import Conflict, Refused
from vedette.kit.text import clean_line, clean_text
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.response.actions.orders import within_of
from vedette.response.actions.states import (
    UNFINISHED,
    State,
    given_to,
    new_state,
    record_giving,
    record_handing,
    record_state,
    record_taking_back,
    sheet_like,
    sheets_like,
)
from vedette.response.models import Horizon, OrderState, Playbook, Run, Task
from vedette.response.plans import TaskPlan
from vedette.search.actions import index

SOFT_TARGET = "pb-soft-target"


@transaction.atomic
def start_run(by: Viewer | None, *, incident: Incident, playbook: str = SOFT_TARGET, basis: Sheet | None = None) -> Run:
    """Run a playbook for an incident: the first horizon's orders go out now, each later one when its horizon begins.

    It rests on the incident's first flash unless another basis is named; due = start + the task's offset.
    """
    viewer = require(by, "start_run", incident.sheet)
    plan_row = _playbook(playbook)
    if (
        Run.objects.as_house("one run of a playbook for an incident")
        .filter(incident=incident, playbook__key=plan_row.key, ended_at__isnull=True)
        .exists()
    ):
        raise Conflict("This response is running already.", "Open its board, or end it first.")
    rests_on = basis or _first_flash(viewer, incident)
    require(viewer, "start_run", rests_on)
    sheet = sheet_like(viewer, incident.sheet, rests_on, kind="run", prefix="RSP")
    run: Run = Run.objects.create(
        sheet=sheet, incident=incident, playbook=plan_row, basis=rests_on, started_at=sheet.filed_at
    )
    index(sheet, title=f"Response: {incident.title}", texts=[("en", plan_row.title)], at=run.started_at)
    _make_tasks(viewer, run)
    record(viewer, "run.started", [run.pk, incident.pk, rests_on.id])
    announce("run.started", run.pk, incident.pk)
    return run


def _playbook(key: str) -> Playbook:
    wanted = key.rsplit("-v", 1)[0]
    row = Playbook.objects.filter(key=wanted, until__isnull=True).first()
    if row is None:
        known = ", ".join(Playbook.objects.filter(until__isnull=True).values_list("key", flat=True))
        raise Refused("playbook", f"There is no playbook “{key}”.", f"Use one of: {known or 'none is loaded yet'}.")
    return row


def _first_flash(viewer: Viewer, incident: Incident) -> Sheet:
    """The first flash of the incident that the starter may see, else its first report, else the incident itself."""
    rows = linked_rows(viewer, incident)
    chosen = next((row for row in rows if row.report.kind == "flash"), rows[0] if rows else None)
    sheet: Sheet = chosen.report.sheet if chosen else incident.sheet
    return sheet


def _owners() -> dict[str, Unit]:
    """The unit of each kind; where there are several, the first by name, and the desk passes it on."""
    found: dict[str, Unit] = {}
    for unit in units():
        found.setdefault(unit.kind, unit)
    return found


def _make_tasks(by: Viewer, run: Run) -> None:
    """Every task of the playbook with its first state; those of the first horizon go out."""
    plans, owners = run.playbook.plan.tasks, _owners()
    sheets = sheets_like(by, len(plans), run.sheet, kind="task", prefix="TSK")
    tasks = [_task(run, plan, sheet, owners.get(plan.owner_kind)) for plan, sheet in zip(plans, sheets, strict=True)]
    Task.objects.bulk_create(tasks)
    OrderState.objects.bulk_create([_begin_task(by, task, plan) for task, plan in zip(tasks, plans, strict=True)])


def _task(run: Run, plan: TaskPlan, sheet: Sheet, unit: Unit | None) -> Task:
    return Task(
        sheet=sheet,
        run=run,
        key=plan.key,
        position=plan.position,
        horizon=plan.horizon,
        kind=plan.kind,
        title=plan.title,
        why=plan.why,
        evidence_wanted=plan.evidence_wanted,
        owner_kind=plan.owner_kind,
        unit=unit,
        basis=run.basis,
        given_at=run.started_at + run.playbook.plan.by_key[plan.horizon].begins,
        due_at=run.started_at + plan.offset,
    )


def _begin_task(by: Viewer, row: Task, plan: TaskPlan) -> OrderState:
    """A new task's first state; what is to be done now is handed to its unit."""
    run, horizon = row.run, row.run.playbook.plan.by_key[plan.horizon]
    state, said = State.PLANNED, {}
    if plan.done_by_start:
        if row.unit_id:
            record_address(row.sheet, unit=row.unit_id)
        state = State.DONE
        said = {"outcome": "Done by starting the response.", "evidence": _start_as_evidence(run)}
    elif horizon.begins <= datetime.timedelta(0):
        record_handing(row, row.unit, run.started_at, horizon.within)
        announce("task.given", row.pk, run.pk)
        state = given_to(row.unit)
    return new_state(row.sheet, state, by.seat_id, unit=row.unit_id, since=run.started_at, **said)


def _start_as_evidence(run: Run) -> str:
    incident = run.incident
    began = incident.began_at.astimezone(ZoneInfo(incident.zone))
    return f"{incident.sheet.reference}; begun {began:%H:%M %d %b %Y}, time zone of the scene {incident.zone}."


def step_horizons(limit: int = 100) -> int:
    """Give the tasks whose horizon has begun on the shown clock, the earliest first; how many were given."""
    done = 0
    while done < limit and _step_one():
        done += 1
    return done


@transaction.atomic
def _step_one() -> bool:
    rows = OrderState.objects.as_house("tasks are given when their horizon begins").select_related(
        "order__task__run__playbook"
    )
    due = rows.filter(state=State.PLANNED, until__isnull=True, order__task__given_at__lte=now())
    state = (
        due.select_for_update(skip_locked=True, of=("self",))
        .order_by("order__task__given_at", "order__task__position")
        .first()
    )
    if state is None:
        return False
    tasks = Task.objects.as_house("a planned task is given whoever may see it").select_related(
        "sheet", "unit", "run__playbook"
    )
    task: Task = tasks.get(pk=state.order_id)
    record_giving(
        task, task.unit, by=None, since=task.given_at, within=within_of(task), because="its horizon has begun"
    )
    record(None, "task.given", [task.pk, task.run_id])
    announce("task.given", task.pk, task.run_id)
    return True


@transaction.atomic
def give_task(
    by: Viewer | None,
    *,
    run: Run,
    title: str,
    unit: Unit | None,
    due_at: datetime.datetime,
    why: str = "",
    evidence_wanted: str = "",
    kind: str = "task",
    basis: Sheet | None = None,
) -> Task:
    """Add a task to a running response and give it now; its horizon is the one in which it is due."""
    viewer = require(by, "give_task", run.sheet)
    rests_on = basis or run.basis
    require(viewer, "give_task", rests_on)
    if run.ended_at is not None:
        raise Conflict("This response has ended.", "Start another one.")
    if due_at < now() - datetime.timedelta(minutes=1):
        raise Refused("due_at", "This moment has passed.", "Give a time to come.")
    if unit is None:
        raise Refused("unit", "An order goes to a unit.", "Choose the unit that is to do it.")
    horizon = run.playbook.plan.horizon_at(due_at - run.started_at).key
    if horizon not in Horizon.values:
        raise Refused("due_at", "This moment lies in no horizon.", "Give another time.")
    task: Task = Task.objects.create(
        sheet=sheet_like(viewer, run.sheet, rests_on, kind="task", prefix="TSK"),
        run=run,
        position=Task.objects.as_house("tasks added later come last").filter(run=run).count(),
        horizon=horizon,
        kind=clean_line("kind", kind, limit=24) or "task",
        title=clean_line("title", title, required=True),
        why=clean_text("why", why, limit=2000),
        evidence_wanted=clean_line("evidence_wanted", evidence_wanted, limit=300),
        unit=unit,
        basis=rests_on,
        given_at=now(),
        due_at=due_at,
    )
    record_giving(task, unit, by=viewer.seat_id, within=within_of(task))
    record(viewer, "task.given", [task.pk, run.pk])
    announce("task.given", task.pk, run.pk)
    return task


@transaction.atomic
def end_run(by: Viewer | None, *, run: Run, because: str) -> Run:
    """End a response, with the reason; what is not finished is withdrawn, and nobody is chased for it any more."""
    viewer = require(by, "end_run", run.sheet)
    reason = clean_line("because", because, limit=300, required=True)
    if run.ended_at is not None:
        raise Conflict("This response has ended already.", "Nothing to end.")
    run.ended_at, run.ended_by_id, run.ended_because = now(), viewer.seat_id, reason
    run.save(update_fields=["ended_at", "ended_by", "ended_because"])
    for task in _unfinished(run):
        record_taking_back(task, f"the response ended: {reason}")
        record_state(task.sheet, State.WITHDRAWN, viewer.seat_id, unit=task.unit_id, because=reason)
    record(viewer, "run.ended", [run.pk], reason)
    announce("run.ended", run.pk)
    return run


def _unfinished(run: Run) -> list[Task]:
    rows = Task.objects.as_house("a response ends with everything it asked for").select_related("sheet")
    return list(
        rows.filter(run=run, sheet__order_states__until__isnull=True, sheet__order_states__state__in=UNFINISHED)
    )
