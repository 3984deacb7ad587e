"""The sessions a person has open: on what device, since when, last used when; and ending them."""

import datetime
import uuid
from collections.abc import Iterable

from django.contrib.sessions.models import Session

from vedette.agencies.signin_models import Sitting
from vedette.kit.ids import parse_id
from vedette.kit.statements import fetch
from vedette.kit.time import real_now

BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def device_of(agent: str) -> str:
    """What a browser says it is, in a few words: `Chrome on Windows`; never the whole text it sends."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return " on ".join(filter(None, (browser, system))) or "a program"


def record_sitting(known: str, person: uuid.UUID, *, session: str, device: str, way: str) -> str:
    """Part of sitting down: a row for a new session, or the new key of one that goes on; answers its id."""
    moment = real_now()
    if known and Sitting.objects.filter(id=known, person=person).update(session=session, used_at=moment):
        return known
    row = Sitting.objects.create(
        person_id=person, session=session, device=device, way=way, since=moment, used_at=moment
    )
    return str(row.id)


def record_use(sitting: str) -> None:
    """Part of a request by hand: when the session was last used."""
    if parse_id(sitting):
        Sitting.objects.filter(id=sitting, until__isnull=True).update(used_at=real_now())


def record_end(sitting: str) -> None:
    """Part of signing out: the session is over."""
    if parse_id(sitting):
        Sitting.objects.filter(id=sitting, until__isnull=True).update(until=real_now())


def record_ends(rows: Iterable[Sitting]) -> list[uuid.UUID]:
    """Part of a verb: end these sessions here and now; answers their ids."""
    found = list(rows)
    Session.objects.filter(pk__in=[row.session for row in found]).delete()
    Sitting.objects.filter(id__in=[row.id for row in found], until__isnull=True).update(until=real_now())
    return [row.id for row in found]


def open_sittings(person: uuid.UUID, lasts: datetime.timedelta) -> list[Sitting]:
    """The sessions of a person that are open, last used first."""
    living = Session.objects.filter(expire_date__gt=real_now()).values("session_key")
    rows = Sitting.objects.filter(person=person, until__isnull=True, since__gt=real_now() - lasts, session__in=living)
    return list(rows.order_by("-used_at"))


def living(sessions: Iterable[str]) -> set[str]:
    """Of these sessions the ones that have neither ended nor run out; asked at every happening (bench B4)."""
    keys = list(sessions)
    statement = "SELECT session_key FROM django_session WHERE session_key = ANY(%(keys)s) AND expire_date > %(now)s"
    return {row[0] for row in fetch(statement, {"keys": keys, "now": real_now()})} if keys else set()
