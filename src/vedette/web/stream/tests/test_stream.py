"""The open stream through the real ASGI application: it ends with its session and seat; what it pushed was shown."""

import asyncio
import datetime
import json
import uuid
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import connections

from tests.cast import Cast, the_cast
from vedette.agencies.models import GlassBreak, Seat, Sitting
from vedette.agencies.session_store import SessionStore
from vedette.agencies.sittings import record_ends
from vedette.audit.models import Entry
from vedette.config.asgi import application
from vedette.handling.actions import access_class, reclassify
from vedette.handling.glass import notices
from vedette.handling.models import GlassOpening, Sheet
from vedette.kit.time import now, real_now
from vedette.live.actions import announce
from vedette.live.queries import newest
from vedette.web.stream import broadcast, door, shown

pytestmark = pytest.mark.django_db(transaction=True)
PING = 0.1


@pytest.fixture
def house(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr(door, "PING_SECONDS", PING)
    monkeypatch.setattr(broadcast, "_the_one", broadcast.Broadcaster())
    monkeypatch.setattr(shown, "GATHER_SECONDS", 0.05)
    return the_cast()


class Screen:
    """A browser's open stream: what came, and whether the house closed it."""

    def __init__(self, key: str, since: int | None = None) -> None:
        self.scope = {
            "type": "http", "method": "GET", "path": "/live/events",
            "query_string": b"" if since is None else f"since={since}".encode(),
            "headers": [(b"cookie", f"vedette_session={key}".encode())],
        }  # fmt: skip
        self.text, self.status, self.gone = "", 0, asyncio.Event()

    async def receive(self) -> dict[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, event: dict[str, Any]) -> None:
        self.status = event.get("status", self.status)
        self.text += event.get("body", b"").decode()

    async def until(self, words: str) -> None:
        async with asyncio.timeout(20):
            while words not in self.text:
                await asyncio.sleep(0.01)

    @property
    def said(self) -> list[dict[str, Any]]:
        return [json.loads(line[6:]) for line in self.text.splitlines() if line.startswith('data: {"seq"')]


def look(
    cast: Cast, seats: list[str], story: Callable[[list[Screen]], Awaitable[None]], since: int | None = None
) -> list[Screen]:
    """Open a stream for each seat, let the story happen, and hang up; the database is asked from one thread of its own."""
    keys = [cast.signed_in(seat).cookies["vedette_session"].value for seat in seats]

    async def run() -> list[Screen]:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
        screens = [Screen(key, since) for key in keys]
        tasks = [asyncio.create_task(application(one.scope, one.receive, one.send)) for one in screens]
        try:
            for one in screens:
                await one.until("event: hello")
            await asyncio.sleep(0.3)
            await story(screens)
        finally:
            for one in screens:
                one.gone.set()
            await asyncio.gather(*tasks)
            await asyncio.get_running_loop().run_in_executor(None, connections.close_all)
        return screens

    return asyncio.run(run())


def session_of(screen: Screen) -> SessionStore:
    return SessionStore(screen.scope["headers"][0][1].decode().split("=")[1])


def aside(work: Callable[..., Any], *given: Any, **named: Any) -> Awaitable[Any]:
    return sync_to_async(work, thread_sensitive=False)(*given, **named)


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


def listed(actor: uuid.UUID) -> list[uuid.UUID]:
    entries = Entry.objects.filter(code="sheet.listed", actor=actor)
    return [key for keys in entries.values_list("objects_ids", flat=True) for key in keys]


def test_a_row_that_is_pushed_is_written_down_as_shown_to_whom_it_was_pushed(house: Cast) -> None:
    filed: list[uuid.UUID] = []

    async def story(screens: list[Screen]) -> None:
        for _ in range(2):
            filed.append((await aside(house.report)).pk)
        for key in filed:
            await screens[0].until(str(key))
        async with asyncio.timeout(20):
            while len(await aside(listed, house.seats["watch"].id)) < 2:
                await asyncio.sleep(0.02)

    look(house, ["watch", "watch", "north_1"], story)
    assert sorted(listed(house.seats["watch"].id)) == sorted(filed)
    assert listed(house.seats["north_1"].id) == []


def close_to_all_but_counter(house: Cast, report: uuid.UUID) -> None:
    narrow = access_class(4, ["counter"])
    Sheet.objects.filter(id=report).update(access_class=narrow)


def shown_by_glass() -> list[tuple[uuid.UUID, bool]]:
    return list(GlassOpening.objects.as_house("a test").order_by("at", "id").values_list("sheet_id", "opened"))


@pytest.mark.parametrize("closed", [True, False])
@pytest.mark.parametrize("missed", [True, False])
def test_a_row_that_only_broken_glass_shows_is_named_before_it_goes_out_and_its_author_hears(
    house: Cast, closed: bool, missed: bool
) -> None:
    moment, watch = now(), house.seats["watch"]
    until = moment + datetime.timedelta(minutes=15)
    glass = GlassBreak.objects.create(seat=watch, since=moment, until=until, because="explosion at the hall")
    announce("clock.stepped")
    before, report = newest(), house.report()
    if closed:
        close_to_all_but_counter(house, report.pk)
    written: list[list[tuple[uuid.UUID, bool]]] = []

    async def story(screens: list[Screen]) -> None:
        if not missed:
            await aside(announce, "report.placed", report.pk)
        for screen in screens[: 2 if not closed else 1]:
            await screen.until('"report.filed"' if missed else '"report.placed"')
        written.append(await aside(shown_by_glass))
        await asyncio.sleep(0.3)

    seats = ["watch", "sergeant"]
    desk, sergeant = look(house, seats, story, since=before if missed else None)
    assert [bool(one["html"]) for one in desk.said if one["id"] == str(report.pk)][:1] == [True]
    assert (str(report.pk) in sergeant.text) is not closed
    assert written == [[(report.pk, False)] if closed else []]
    assert set(listed(watch.id)) == {report.pk} and listed(house.seats["sergeant"].id) == (
        [] if closed else [report.pk]
    )
    told = [(one.broken, one.listed, one.opened) for one in notices(house.viewer("officer_a"))]
    assert told == ([(glass, [report.sheet.reference], [])] if closed else [])
    auditor = house.signed_in("auditor").get("/audit/glass/").content.decode()
    assert "explosion at the hall" in auditor and (report.sheet.reference in auditor) is closed


def test_what_cannot_be_named_is_not_pushed_behind_glass(house: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    moment, watch = now(), house.seats["watch"]
    until = moment + datetime.timedelta(minutes=15)
    GlassBreak.objects.create(seat=watch, since=moment, until=until, because="explosion at the hall")
    report = house.report()
    close_to_all_but_counter(house, report.pk)

    def away(shown: object) -> None:
        raise OSError("the database went away")

    monkeypatch.setattr(broadcast, "log_shown", away)

    async def story(screens: list[Screen]) -> None:
        await aside(announce, "report.placed", report.pk)
        await screens[0].until("event: reload")

    (desk,) = look(house, ["watch"], story)
    assert str(report.pk) not in desk.text and shown_by_glass() == []


def test_what_a_reader_may_not_see_any_more_leaves_his_screen_and_nobody_else_hears_of_it(house: Cast) -> None:
    report, watch = house.report(), house.viewer("watch")

    async def story(screens: list[Screen]) -> None:
        sheet = await aside(Sheet.objects.get, id=report.pk)
        closed = {"sensitivity": 3, "groups": ["desk"], "named_subject": False, "because": "A source"}
        await aside(reclassify, watch, sheet=sheet, **closed)
        await screens[0].until('"sheet.changed"')
        await aside(announce, "clock.stepped")
        for screen in screens:
            await screen.until('"clock.stepped"')

    desk, sergeant, partner = look(house, ["watch", "sergeant", "north_1"], story)
    assert next((one["kind"], one["id"]) for one in sergeant.said) == ("sheet.gone", str(report.pk))
    assert "sheet.gone" not in desk.text
    assert str(report.pk) not in partner.text
