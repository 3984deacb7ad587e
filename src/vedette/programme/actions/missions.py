"""Asking for a mission, offering one, matching it, and the chief's answer."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from vedette.agencies.models import Agency
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.actions import Handled, new_sheet
from vedette.handling.models import Sheet
from vedette.handling.policy import require, visible_sheets
from vedette.kit.errors import Missing, Refused
from vedette.kit.text import clean_line, clean_text
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.programme.actions.finding import index_mission
from vedette.programme.models import Agreement, Mission, MissionMember, MissionNeed, MissionState, Qualification
from vedette.programme.scales import MOST_DAYS, counted, country_of, ilr, zone_of

State = MissionState.State
# From which states a mission may pass into which.
WAYS: dict[str, frozenset[str]] = {
    State.MATCHING: frozenset({State.ASKED}),
    State.ACCEPTED: frozenset({State.ASKED, State.MATCHING, State.ACCEPTED, State.NO_GO}),
    State.DECLINED: frozenset({State.ASKED, State.MATCHING, State.ACCEPTED, State.NO_GO}),
    State.GO: frozenset({State.ACCEPTED}),
    State.NO_GO: frozenset({State.ACCEPTED, State.GO}),
    State.ABROAD: frozenset({State.GO}),
    State.BACK: frozenset({State.ABROAD}),
    State.CLOSED: frozenset({State.BACK}),
}
NOT_LEFT = (State.ASKED, State.MATCHING, State.ACCEPTED, State.GO, State.NO_GO)


@dataclass(frozen=True)
class NeedDraft:
    """A need as it is typed: a skill in so many seats, or a language at a level in so many members (0: the whole team)."""

    kind: str
    name: str
    number: int = 0
    level: Decimal | float | str | None = None


@dataclass(frozen=True)
class MissionDraft:
    """A mission as it is asked for, before anything is checked."""

    title: str
    kind: str
    country: str
    wanted_from: datetime.date
    wanted_days: int
    team: int
    needs: Sequence[NeedDraft] = ()
    city: str = ""
    zone: str = "UTC"
    note: str = ""
    agreement: Agreement | None = None
    key: str | None = None
    sensitivity: int = 2


@transaction.atomic
def ask_mission(
    by: Viewer | None, *, origin: str, draft: MissionDraft, asker: Agency | None = None, basis: Sheet | None = None
) -> Mission:
    """Enter what the bureau or a host asks for, or a surge after an incident; under a sheet never wider than its basis."""
    viewer = require(by, "ask_mission")
    _check_origin(origin, asker, basis)
    handled: Handled = {"originator": asker, "sensitivity": _sensitivity(draft.sensitivity)}
    if basis is not None:
        held = visible_sheets(viewer, [basis.id]).get(basis.id)
        if held is None:
            raise Missing
        wide = held.access_class
        handled["sensitivity"] = max(draft.sensitivity, wide.sensitivity)
        handled["groups"], handled["named_subject"] = wide.groups, wide.named_subject
    mission = _make(viewer, origin, draft, handled, asker=asker, basis=basis)
    record(viewer, "mission.asked", [mission.pk, *([basis.id] if basis else [])])
    announce("mission.set", mission.pk)
    return mission


@transaction.atomic
def offer_mission(by: Viewer | None, *, draft: MissionDraft) -> Mission:
    """An officer offers himself for a mission he is fit for; it lands with the manager as asked."""
    viewer = require(by, "offer_mission")
    if draft.kind != Mission.Kind.RELIEF:
        own = Qualification.objects.filter(person_id=viewer.person_id, until__isnull=True)
        if not own.exists():
            raise Refused(
                "needs",
                "Nothing is written down of what you can do.",
                "Write down a language, a skill or a tie of yours first.",
            )
    mission = _make(viewer, Mission.Origin.OFFICERS, draft, {"sensitivity": _sensitivity(draft.sensitivity)})
    record(viewer, "mission.offered", [mission.pk])
    announce("mission.set", mission.pk)
    return mission


def _check_origin(origin: str, asker: Agency | None, basis: Sheet | None) -> None:
    Origin = Mission.Origin
    kinds = {Origin.BUREAU: Agency.Kind.BUREAU, Origin.HOST: Agency.Kind.HOST}
    if origin not in (*kinds, Origin.INCIDENT):
        raise Refused("origin", "Say who asks for it.", "Choose the bureau, a host or an incident.")
    if origin in kinds and (asker is None or asker.kind != kinds[Origin(origin)]):
        raise Refused("asker", "Say which agency asks.", "Choose a bureau or a host, as it was said who asks.")
    if origin == Origin.INCIDENT and basis is None:
        raise Refused("basis", "A surge follows an incident or a report.", "Give its reference.")


def _sensitivity(sensitivity: int) -> int:
    if sensitivity not in (1, 2, 3):
        raise Refused("sensitivity", f"{sensitivity} is not a sensitivity.", "Choose routine, sensitive or restricted.")
    return sensitivity


def _make(viewer: Viewer, origin: str, draft: MissionDraft, handled: Handled, **rest: Any) -> Mission:
    values = check_mission(draft)
    needs = check_needs(draft.needs, draft.team)
    sheet = new_sheet(viewer, kind="mission", prefix="MIS", **handled)
    mission: Mission = Mission.objects.create(sheet=sheet, origin=origin, **values, **rest)
    MissionNeed.objects.bulk_create(MissionNeed(mission=mission, **need) for need in needs)
    MissionState.objects.create(mission=mission, state=State.ASKED, since=now(), by=viewer.seat_id)
    index_mission(mission)
    return mission


def check_mission(draft: MissionDraft) -> dict[str, Any]:
    """The columns of a mission as they are stored; Refused names the field."""
    if draft.kind not in Mission.Kind.values:
        raise Refused("kind", "Say what kind of mission it is.", "Choose one of the kinds.")
    return {
        "key": draft.key,
        "title": clean_line("title", draft.title, limit=300, required=True),
        "kind": draft.kind,
        "country": country_of(draft.country),
        "city": clean_line("city", draft.city, limit=120),
        "zone": zone_of(draft.zone),
        "wanted_from": draft.wanted_from,
        "wanted_days": counted("wanted_days", draft.wanted_days, MOST_DAYS),
        "team": counted("team", draft.team),
        "agreement": draft.agreement,
        "note": clean_text("note", draft.note, limit=2000),
    }


def check_needs(needs: Sequence[NeedDraft], team: int) -> list[dict[str, Any]]:
    """The needs as they are stored: each once, no more than the team has seats; a language asks the whole team by default."""
    made: list[dict[str, Any]] = []
    for need in needs:
        if need.kind not in MissionNeed.Kind.values:
            raise Refused("needs", "A need is a language or a skill.", "Choose one of the two.")
        name = clean_line("needs", need.name, limit=80, required=True)
        spoken = need.kind == MissionNeed.Kind.LANGUAGE
        number = team if spoken and need.number == 0 else counted("needs", need.number, team)
        level = ilr("needs", need.level) if spoken else None
        if any(row["kind"] == need.kind and row["name"].casefold() == name.casefold() for row in made):
            raise Refused("needs", f"“{name}” is asked for twice.", "Add the numbers up in one line.")
        made.append({"kind": need.kind, "name": name, "number": number, "level": level})
    slots = sum(row["number"] for row in made if row["kind"] == MissionNeed.Kind.SKILL)
    if slots > team:
        raise Refused(
            "team",
            f"The skills ask for {slots} members; the team has {team} seats.",
            "Enlarge the team or ask for less.",
        )
    return made


@transaction.atomic
def match_mission(by: Viewer | None, *, mission: Mission) -> Mission:
    """The manager begins to look for a team."""
    viewer = require(by, "match_mission", mission.sheet)
    move(mission, State.MATCHING, viewer)
    record(viewer, "mission.matching", [mission.pk])
    announce("mission.set", mission.pk)
    return mission


@transaction.atomic
def accept_mission(
    by: Viewer | None,
    *,
    mission: Mission,
    begins: datetime.date,
    days: int,
    place: str,
    because: str = "",
    agreement: Agreement | None = None,
) -> Mission:
    """The chief accepts: he chooses when, for how long and where, which need not be what was asked for."""
    viewer = require(by, "accept_mission", mission.sheet)
    if begins < now().date():
        raise Refused("begins", "This day has passed.", "Choose a day from today on.")
    where = clean_line("place", place, limit=120, required=True)
    length = counted("days", days, MOST_DAYS)
    changed = begins != mission.wanted_from or length != mission.wanted_days
    reason = clean_line("because", because, limit=300, required=changed)
    if _team_of(mission):
        raise Refused("begins", "A team stands for other days.", "Release the team first, then choose again.")
    if agreement is not None:
        _rest_on(mission, agreement)
    move(mission, State.ACCEPTED, viewer, reason, begins=begins, days=length, place=where)
    index_mission(mission, where)
    record(viewer, "mission.accepted", [mission.pk], reason)
    announce("mission.set", mission.pk)
    return mission


def _team_of(mission: Mission) -> bool:
    rows = MissionMember.objects.as_house("a team stands for the days it was chosen for")
    return rows.filter(mission=mission, until__isnull=True).exists()


@transaction.atomic
def name_agreement(by: Viewer | None, *, mission: Mission, agreement: Agreement, because: str) -> Mission:
    """The chief names the agreement a mission rests on, also when its team stands; not once it has left."""
    viewer = require(by, "name_agreement", mission.sheet)
    reason = clean_line("because", because, limit=300, required=True)
    if standing_state(mission).state not in NOT_LEFT:
        raise Refused("mission", "The team has left, or the mission is over.", "Nothing can be named any more.")
    _rest_on(mission, agreement)
    record(viewer, "mission.agreement_named", [mission.pk, agreement.id], reason)
    announce("mission.set", mission.pk)
    return mission


def _rest_on(mission: Mission, agreement: Agreement) -> None:
    rows = Mission.objects.as_house("a mission rests on the agreement the chief names")
    rows.filter(pk=mission.pk).update(agreement=agreement)
    mission.agreement = agreement


@transaction.atomic
def decline_mission(by: Viewer | None, *, mission: Mission, because: str) -> Mission:
    """The chief declines, with a reason for whoever asked; a team that stood for it is free again."""
    viewer = require(by, "decline_mission", mission.sheet)
    reason = clean_line("because", because, limit=300, required=True)
    move(mission, State.DECLINED, viewer, reason)
    record(viewer, "mission.declined", [mission.pk], reason)
    announce("mission.set", mission.pk)
    return mission


def standing_state(mission: Mission) -> MissionState:
    """How a mission stands now; locked until the verb that asks is done."""
    rows = MissionState.objects.as_house("a mission passes from the state it stands in").select_for_update()
    found: MissionState = rows.get(mission=mission, until__isnull=True)
    return found


def places(mission: Mission) -> list[str]:
    """The places a mission itself names, which are no persons."""
    return [mission.city, standing_state(mission).place, mission.title]


def move(mission: Mission, to: str, viewer: Viewer, because: str = "", **chosen: Any) -> MissionState:
    """Part of a verb: close the state in force and open the next; what the chief chose rides along."""
    before = standing_state(mission)
    if before.state not in WAYS[State(to)]:
        raise Refused(
            "state",
            f"It stands as “{before.get_state_display()}”, from which it cannot pass to “{State(to).label}”.",
            "Look at it anew: somebody may have moved it on.",
        )
    kept = {"begins": before.begins, "days": before.days, "place": before.place}
    moment = now()
    before.until = moment
    before.save(update_fields=["until"])
    made: MissionState = MissionState.objects.create(
        mission=mission, state=to, since=moment, by=viewer.seat_id, because=because, **{**kept, **chosen}
    )
    if to in (State.DECLINED, State.NO_GO):
        free_team(mission, f"{State(to).label}: {because}"[:300])
    return made


def free_team(mission: Mission, because: str) -> None:
    """Part of a verb: who stood for a mission that does not take place is free on those days again."""
    rows = MissionMember.objects.as_house("a team that does not travel is free again")
    rows.filter(mission=mission, until__isnull=True).update(until=now(), because=because)
