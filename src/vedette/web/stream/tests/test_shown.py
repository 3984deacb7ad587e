"""What an open stream pushes was shown: to whom, by which right, and what must leave the screen again."""

import asyncio
import datetime
import uuid

import pytest

from tests.cast import Cast
from vedette.agencies.models import GlassBreak
from vedette.audit.models import Entry
from vedette.handling.actions import access_class, reclassify
from vedette.handling.glass import notices
from vedette.handling.models import GlassOpening, Sheet
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.live.queries import newest
from vedette.web.stream import broadcast
from vedette.web.stream.tests.screen import Screen, aside, look

pytestmark = pytest.mark.django_db(transaction=True)


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
