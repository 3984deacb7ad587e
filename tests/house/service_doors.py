"""A reader that tells of missions through who was on them: an officer's own page with his service record."""

import datetime
import uuid
from typing import TYPE_CHECKING

from django.db.backends.postgresql.psycopg_any import DateRange

from tests.house.facts import SheetFacts, World
from tests.house.screens import named_on
from vedette.agencies.models import Seat
from vedette.agencies.viewer import Viewer
from vedette.handling.policy import may
from vedette.kit.time import now
from vedette.programme.handover import may_take_over
from vedette.programme.models import MissionMember, MissionState, Post
from vedette.programme.officers import may_see_officer
from vedette.reporting.models import Request, RequestState

if TYPE_CHECKING:
    from tests.house.readers import Asker

Ids = set[uuid.UUID]
BEGUN, DAY = datetime.date(1990, 1, 1), datetime.timedelta(days=1)


def served(asker: "Asker", world: World) -> Ids:
    """The missions that the page of the officer who was on all of them names."""
    officer = veteran()
    send(officer, world)
    answer = asker.client.get(f"/programme/officers/{officer.person_id}/")
    text = answer.content.decode()
    named = {sheet.id for sheet in world.sheets if str(sheet.id) in text}
    told = {sheet.id for sheet in world.sheets if sheet.id.hex in text}
    assert told <= named, "a service record tells words of a mission that it does not name"
    return named


def veteran() -> Seat:
    """The officer who was on every mission."""
    return Seat.objects.get(label="officer_b", until__isnull=True)


def his_page(viewer: Viewer | None, sheet: SheetFacts) -> bool:
    """His page is open to himself, the programme manager and the chief."""
    return may_see_officer(viewer, veteran().person_id)


def send(officer: Seat, world: World) -> None:
    """Every mission of the world is over and he was on it; once."""
    rows = MissionMember.objects.as_house("what a world wrote")
    sent = set(rows.filter(mission__in=world.ids).values_list("mission", flat=True))
    fresh = sorted(world.ids - sent)
    first = BEGUN + rows.filter(seat=officer).count() * DAY
    MissionMember.objects.bulk_create(
        MissionMember(
            mission_id=key, seat=officer, since=now(), days=DateRange(first + place * DAY, first + (place + 1) * DAY)
        )
        for place, key in enumerate(fresh)
    )
    states = MissionState.objects.as_house("what a world wrote")
    states.filter(mission__in=fresh, until__isnull=True).update(state="back")


def takes_over(viewer: Viewer | None, sheet: SheetFacts) -> bool:
    """The handover of post A is open to its own officer, the programme manager and the chief."""
    return may_take_over(viewer, Post.objects.get(city="A-ville"))


def handed_over(asker: "Asker", world: World) -> Ids:
    """The records that the handover of post A names; the questions of the world wait there."""
    rows = Request.objects.as_house("what a world wrote").filter(pk__in=world.ids)
    rows.update(to_post=Post.objects.get(city="A-ville"))
    states = RequestState.objects.as_house("what a world wrote")
    states.filter(request__in=world.ids, until__isnull=True).update(state="routed")
    return named_on(f"/programme/posts/{Post.objects.get(city='A-ville').key}/handover/")(asker, world)


def his_own(viewer: Viewer | None, sheet: SheetFacts) -> bool:
    """A calendar holds what concerns its taker himself."""
    return viewer is not None and viewer.person_id == veteran().person_id and may(viewer, "take_calendar").allowed


def calendared(asker: "Asker", world: World) -> Ids:
    """The missions that the asker's calendar file names; one officer was on all of them."""
    send(veteran(), world)
    answer = asker.client.get("/programme/me.ics")
    text = answer.content.decode().replace("\r\n ", "")
    named = {sheet.id for sheet in world.sheets if f"mission-{sheet.id}" in text}
    assert {sheet.id for sheet in world.sheets if sheet.id.hex in text} <= named
    return named
