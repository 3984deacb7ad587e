"""A home side with every unit, an incident with its flash, and the shown clock in our hands."""

import copy
import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.kept import for_a_file
from vedette.agencies.models import Agency, Seat, Unit
from vedette.agencies.queries import viewers_of
from vedette.agencies.viewer import Viewer
from vedette.demo import home
from vedette.incidents.actions import open_incident
from vedette.incidents.models import Incident
from vedette.kit.ids import new_id
from vedette.kit.time import now, set_clock
from vedette.reporting.actions import file_report
from vedette.reporting.drafts import ReportDraft
from vedette.reporting.models import Report
from vedette.response.models import Run, Task

START = datetime.datetime(2015, 11, 13, 20, 25, tzinfo=datetime.UTC)
DATA = Path(home.__file__).parent / "data"


@dataclass
class House:
    """One home side in a test database, its clock standing still until it is moved."""

    agency: Agency

    def seat(self, label: str) -> Seat:
        return Seat.objects.get(agency=self.agency, label=label)

    def viewer(self, label: str) -> Viewer:
        seat = self.seat(label)
        return viewers_of([seat.id])[seat.id]

    def unit(self, kind: str) -> Unit:
        return Unit.objects.get(agency=self.agency, kind=kind)

    def sergeant(self, kind: str) -> Viewer:
        return self.viewer(f"Duty sergeant, {self.unit(kind).name}")

    def at(self, minutes: float = 0, **more: float) -> datetime.datetime:
        """Move the clock to so long after the start."""
        moment = START + datetime.timedelta(minutes=minutes, **more)
        set_clock(shown=moment, speed=1, paused=True)
        return moment

    def report(
        self, text: str = "Shots at a café terrace, several dead.", kind: str = "flash", **values: Any
    ) -> Report:
        officer = Seat.objects.filter(agency=self.agency, postings__isnull=False).order_by("label").first()
        draft = ReportDraft(client_id=new_id(), kind=kind, text=text, observed_at=now(), **values)
        return file_report(viewers_of([officer.id])[officer.id], draft)

    def incident(self, **values: Any) -> Incident:
        return open_incident(self.viewer("Watch officer 1"), report=self.report(**values), title="Attacks abroad")

    def task(self, run: Run, key: str) -> Task:
        rows = Task.objects.as_house("a test looks at one task").select_related("sheet", "unit", "run__playbook")
        return rows.get(run=run, key=key)


def make_house(name: str) -> House:
    """A home side of the demonstration with its ladders, duties, playbooks and sites, at the start."""
    set_clock(shown=START, speed=1, paused=True)
    return House(home.load_home(json.loads((DATA / f"{name}.json").read_text()), kind="test"))


@pytest.fixture(scope="module")
def kept_house(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    """The home side before anything happens."""
    with for_a_file(django_db_blocker):
        yield make_house("home-nyc")


@pytest.fixture
def house(kept_house: House, db: None) -> House:
    return copy.deepcopy(kept_house)


@pytest.fixture
def watch(house: House) -> Viewer:
    return house.viewer("Watch officer 1")


@pytest.fixture
def commander(house: House) -> Viewer:
    return house.viewer("Commander on duty")


@pytest.fixture
def run(house: House, watch: Viewer) -> Run:
    """A response that has just been started on a flash."""
    from vedette.response.actions import start_run

    return start_run(watch, incident=house.incident())
