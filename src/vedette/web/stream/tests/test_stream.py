"""The open stream ends with its session and seat."""

import asyncio
import datetime
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from tests.cast import Cast
from vedette.agencies.models import Seat, Sitting
from vedette.agencies.session_store import SessionStore
from vedette.agencies.sittings import record_ends
from vedette.config.asgi import application
from vedette.kit.time import now, real_now
from vedette.web.stream import door
from vedette.web.stream.tests.screen import Screen, aside, look, session_of

pytestmark = pytest.mark.django_db(transaction=True)


def lock(session: SessionStore) -> None:
    session["used"] = (real_now() - datetime.timedelta(minutes=31)).isoformat()
    session.save()


def run_out(session: SessionStore) -> None:
    session["began"] = (real_now() - datetime.timedelta(hours=13)).isoformat()
    session.save()


ENDINGS: dict[str, Callable[[SessionStore], object]] = {
    "he signs out": lambda session: session.flush(),
    "his session is revoked": lambda session: record_ends(Sitting.objects.filter(session=session.session_key)),
    "his screen is locked": lock,
    "twelve hours are over": run_out,
    "his seat is suspended": lambda session: Seat.objects.filter(id=session["seat"]).update(suspended_at=now()),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_open_stream_ends_when(house: Cast, ending: str) -> None:
    async def story(screens: list[Screen]) -> None:
        await aside(ENDINGS[ending], session_of(screens[0]))
        await screens[0].until("event: ended")
        before = screens[1].text.count("event: ping")
        while screens[1].text.count("event: ping") < before + 2:
            await asyncio.sleep(0.01)

    left, stays = look(house, ["sergeant", "watch"], story)
    assert left.status == stays.status == 200
    assert left.text.endswith("event: ended\ndata: {}\n\n"), "nothing is written after the end"
    assert "event: ended" not in stays.text


def test_a_stream_of_a_session_that_has_ended_is_handed_nothing_more_however_busy_it_is(
    house: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "PING_SECONDS", 60)

    async def story(screens: list[Screen]) -> None:
        await aside(house.report)
        await screens[0].until('"report.filed"')
        await aside(session_of(screens[0]).flush)
        await aside(house.report)
        await screens[1].until('"seq"')
        await screens[0].until("event: ended")

    left, stays = look(house, ["sergeant", "watch"], story)
    assert [one["kind"] for one in left.said].count("report.filed") == 1
    assert [one["kind"] for one in stays.said].count("report.filed") == 2


def test_nobody_without_a_session_gets_a_stream(house: Cast) -> None:
    async def ask() -> Screen:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
        screen = Screen("nothing")
        await application(screen.scope, screen.receive, screen.send)
        await asyncio.get_running_loop().run_in_executor(None, connections.close_all)
        return screen

    assert asyncio.run(ask()).status == 401
