"""Putting officers on a mission's team and taking them off; nobody is in two places."""

from django.db import IntegrityError, transaction

from vedette.agencies.models import Person, Role, Seat
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.actions import record_address
from vedette.handling.models import Addressee
from vedette.handling.policy import require
from vedette.kit.errors import Forbidden, Refused
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.programme.actions.missions import standing_state
from vedette.programme.models import (
    Away,
    Mission,
    MissionMember,
    MissionNeed,
    MissionState,
    Posting,
    Qualification,
)
from vedette.programme.officers import ABROAD
from vedette.programme.rota import days_words
from vedette.programme.scales import DAY, span

State = MissionState.State
House = "who is on a team is asked for the whole house: nobody is in two places"


@transaction.atomic
def assign_member(by: Viewer | None, *, mission: Mission, seat: Seat, role: MissionNeed | None = None) -> MissionMember:
    """Put an officer on the team for the days the chief chose; from then on he reads the mission."""
    viewer = require(by, "assign_member", mission.sheet)
    state = standing_state(mission)
    if state.state != State.ACCEPTED or state.begins is None or state.days is None:
        raise Refused(
            "mission", "It does not stand as accepted.", "A team is chosen between the chief’s yes and his go."
        )
    if Role.OFFICER not in seat.roles or seat.until is not None or seat.suspended_at is not None:
        raise Refused("seat", f"{seat.label} is no liaison officer in force.", "Choose an officer of the list.")
    # Two verbs that put one officer in two places wait for each other here, as set_away and post_officer do.
    Person.objects.select_for_update().get(id=seat.person_id)
    days = span("days", state.begins, state.begins + (state.days - 1) * DAY)
    _check_seat(mission, seat, days)
    _check_role(mission, seat, role)
    try:
        with transaction.atomic():
            made: MissionMember = MissionMember.objects.create(
                mission=mission, seat=seat, role=role, days=days, since=now(), by=viewer.seat_id
            )
    except IntegrityError as error:
        raise Refused("seat", f"{seat.label} has just been put on another team.", "Choose another officer.") from error
    record_address(mission.sheet, seat=seat.id)
    record(viewer, "member.assigned", [mission.pk, made.id, seat.id])
    announce("mission.set", mission.pk)
    return made


def _check_seat(mission: Mission, seat: Seat, days: object) -> None:
    """Whether the officer is free on all of these days, and a seat of the team is."""
    rows = MissionMember.objects.as_house(House).filter(until__isnull=True)
    team = rows.filter(mission=mission)
    if team.filter(seat__person=seat.person_id).exists():
        raise Refused("seat", f"{seat.label} is on the team.", "Nothing needs doing.")
    if team.count() >= mission.team:
        raise Refused("seat", f"All {mission.team} seats of the team are taken.", "Release a member first.")
    person = seat.person_id
    if rows.filter(seat__person=person, days__overlap=days).exists():
        raise Refused(
            "seat",
            f"{seat.label} is on another mission on these days.",
            "Release him there, or choose another officer.",
        )
    posting = Posting.objects.filter(seat__person=person, days__overlap=days, post__status__in=ABROAD).first()
    if posting is not None:
        raise Refused(
            "seat",
            f"{seat.label} stands at {posting.post.city} {days_words(posting.days)}.",
            "End that posting before the mission, or choose another officer.",
        )
    away = Away.objects.filter(person=person, days__overlap=days, until__isnull=True).first()
    if away is not None:
        raise Refused(
            "seat",
            f"{seat.label} is away {days_words(away.days)}: {away.get_kind_display()}.",
            "Choose another officer, or end that entry with him.",
        )


def _check_role(mission: Mission, seat: Seat, role: MissionNeed | None) -> None:
    """A member fills a skill that is confirmed of him, and no more members than are needed fill it."""
    if role is None:
        return
    if role.mission_id != mission.pk or role.kind != MissionNeed.Kind.SKILL:
        raise Refused("role", "That is no skill this mission needs.", "Choose one of its skills.")
    held = Qualification.objects.filter(
        person=seat.person_id, kind=Qualification.Kind.SKILL, name__iexact=role.name, confirmed_at__isnull=False
    )
    if not held.filter(until__isnull=True).exists():
        raise Refused(
            "role", f"Nobody has confirmed that {seat.label} can do it.", "Confirm the skill first, or choose another."
        )
    rows = MissionMember.objects.as_house(House).filter(mission=mission, until__isnull=True)
    if rows.filter(role=role).count() >= role.number:
        raise Refused("role", "All seats for this skill are taken.", "Choose another skill, or none.")


@transaction.atomic
def release_member(by: Viewer | None, *, member: MissionMember, because: str) -> MissionMember:
    """Take an officer off a team with a reason; he no longer reads the mission. Not once the team has left."""
    mission = member.mission
    viewer = require(by, "release_member", mission.sheet)
    reason = clean_line("because", because, limit=300, required=True)
    if standing_state(mission).state not in (State.ACCEPTED, State.GO):
        raise Refused("mission", "The team has left.", "Write in the report who came home early, and why.")
    rows = MissionMember.objects.as_house(House).filter(id=member.id, until__isnull=True)
    if not rows.update(until=now(), because=reason):
        raise Refused("because", "He was taken off before.", "Nothing needs doing.")
    reads = Addressee.objects.filter(sheet=mission.sheet, seat=member.seat_id, recalled_at__isnull=True)
    reads.update(recalled_at=now(), recalled_because=reason)
    record(viewer, "member.released", [mission.pk, member.id, member.seat_id], reason)
    announce("mission.set", mission.pk)
    return member


def of_the_team(viewer: Viewer, mission: Mission) -> Viewer:
    """What a team does and tells it writes itself; the programme manager may write it down for it."""
    rows = MissionMember.objects.as_house("only who is on the team writes for it")
    if viewer.holds("programme") or rows.filter(mission=mission, seat=viewer.seat_id, until__isnull=True).exists():
        return viewer
    raise Forbidden("Your seat is not on this team.", "A member of the team or the programme manager writes this down.")
