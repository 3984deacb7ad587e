"""The officers and the missions of a home file: who speaks and can do what, and who asked for whom. All of it invented."""

import calendar
import datetime
import re
from typing import Any

from django.db import transaction

from vedette.agencies.actions import record_person, record_seat
from vedette.agencies.models import Agency, Person, Role, Seat, Unit
from vedette.agencies.queries import agency_by_key, home_agency, viewers_of
from vedette.agencies.viewer import Viewer
from vedette.demo.people import officer_label
from vedette.kit.time import now
from vedette.programme.actions import ask_mission, set_away, state_qualification
from vedette.programme.actions.missions import MissionDraft, NeedDraft

EPOCH = datetime.datetime(2001, 1, 1, tzinfo=datetime.UTC)
# A hold without an end is looked at again after this many days.
HOLD_DAYS = 180


@transaction.atomic
def load_missions(home: dict[str, Any]) -> None:
    """Officers with what they can do, as their manager confirmed it; missions as they were asked for."""
    manager = _manager()
    posts = {row["id"] for row in home["posts"]}
    for row in home["officers"]:
        _officer(manager, home, row, posts)
    for row in home["training_missions"]:
        _mission(manager, row)


def _manager() -> Viewer:
    seat = Seat.objects.get(label="Programme manager", until__isnull=True)
    return viewers_of([seat.id])[seat.id]


def _officer(manager: Viewer, home: dict[str, Any], row: dict[str, Any], posts: set[str]) -> None:
    where, _colon, place = row["availability"].partition(":")
    posted = where in ("post", "seat") and place in posts
    person = _posted(officer_label(home, place)) if posted else _unposted(row["id"])
    for spoken in row["languages"]:
        state_qualification(manager, person=person, kind="language", name=spoken["lang"], level=spoken["ilr"])
    for skill in row["skills"]:
        state_qualification(manager, person=person, kind="skill", name=skill)
    if row.get("passport_valid_to"):
        last = _last_day(row["passport_valid_to"])
        state_qualification(manager, person=person, kind="certificate", name="passport", expires=last)
    if "hold" in row["availability"]:
        today = now().date()
        last = today + datetime.timedelta(days=HOLD_DAYS)
        set_away(manager, person=person, kind="limit", first=today, last=last, note=row["availability"])


def _posted(label: str) -> Person:
    return Seat.objects.select_related("person").get(label=label, until__isnull=True).person


def _unposted(name: str) -> Person:
    """An officer at home who may go on a mission."""
    seat = Seat.objects.filter(label=name, until__isnull=True).select_related("person").first()
    if seat is not None:
        return seat.person
    person = record_person(username=name.lower(), label=name)
    unit = Unit.objects.filter(kind="liaison").first()
    record_seat(person, home_agency(), label=name, roles=[Role.OFFICER], sworn=True, unit=unit, since=EPOCH)
    return person


def _last_day(month: str) -> datetime.date:
    year, number = (int(part) for part in month.split("-"))
    return datetime.date(year, number, calendar.monthrange(year, number)[1])


def _mission(manager: Viewer, row: dict[str, Any]) -> None:
    asker = agency_by_key(row["requested_by"])
    needs = [NeedDraft("skill", need["skill"], need["n"]) for need in row["needs"]]
    needs += [NeedDraft("language", need["lang"], level=need["ilr_min"]) for need in row["languages"]]
    origin = "bureau" if asker and asker.kind == Agency.Kind.BUREAU else "host"
    ask_mission(
        manager,
        origin=origin,
        asker=asker,
        draft=MissionDraft(
            title=row["title"],
            kind="advice" if re.search("advis", row["title"], re.I) else "training",
            country=row["country"],
            wanted_from=datetime.date.fromisoformat(row["start"]),
            wanted_days=row["days"],
            team=row["team"],
            needs=needs,
            note="Invented for the demonstration."
            if row["basis"].startswith("invented")
            else "After public facts; the needs are invented.",
            key=row["id"].lower(),
            sensitivity=1,
        ),
    )
