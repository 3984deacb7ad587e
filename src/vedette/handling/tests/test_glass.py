"""Break-glass from both sides: what the seat sees and until when; what each originator and the auditor hear of it."""

import datetime

import pytest

from tests.cast import Cast, draft, sheet_of
from vedette.agencies.models import GlassBreak
from vedette.audit.models import Entry
from vedette.handling.actions import open_one, reclassify
from vedette.handling.glass import acknowledge_glass, notices, waits
from vedette.handling.models import GlassOpening, GlassReceipt
from vedette.kit.errors import Missing
from vedette.kit.time import now
from vedette.live.models import Event
from vedette.reporting.actions import file_report
from vedette.reporting.desk import chosen_report, desk_list
from vedette.reporting.models import Report

MINUTE = datetime.timedelta(minutes=1)


def broken(cast: Cast, seat: str = "watch", minutes: int = 15) -> GlassBreak:
    """Broken for so many minutes; a negative number was over so long ago."""
    since, until = sorted((now(), now() + minutes * MINUTE))
    return GlassBreak.objects.create(seat=cast.seats[seat], since=since, until=until, because="explosion at the hall")


@pytest.fixture
def closed(cast: Cast) -> Report:
    """A report of officer_a that the watch may not see, and nobody at the desk but by glass."""
    report = file_report(cast.viewer("officer_a"), draft(text="Shots at the hall."))
    sheet = sheet_of(report)
    reclassify(cast.viewer("analyst"), sheet=sheet, sensitivity=4, groups=["counter"], named_subject=False, because="x")
    return report


def openings() -> list[GlassOpening]:
    return list(GlassOpening.objects.as_house("a test").select_related("sheet").order_by("at", "id"))


def test_what_only_the_glass_shows_is_named_and_what_the_seat_sees_anyway_is_not(cast, closed):
    plain = file_report(cast.viewer("officer_a"), draft(text="Quiet here."))
    with pytest.raises(Missing):
        chosen_report(cast.viewer("watch"), closed.pk)
    chosen_report(cast.viewer("watch"), plain.pk)
    assert openings() == []
    broken(cast)
    for report in (closed, plain):
        chosen_report(cast.viewer("watch"), report.pk)
    assert [(row.sheet_id, row.opened) for row in openings()] == [(closed.pk, True)]
    desk_list(cast.viewer("watch"))
    chosen_report(cast.viewer("watch"), closed.pk)
    assert [(row.sheet_id, row.opened) for row in openings()] == [(closed.pk, True), (closed.pk, False)]


def test_it_ends_by_itself_at_its_time(cast, closed):
    broken(cast, minutes=-1)
    with pytest.raises(Missing):
        chosen_report(cast.viewer("watch"), closed.pk)
    assert openings() == [] and notices(cast.viewer("officer_a")) == []


def test_the_originator_hears_at_once_who_why_and_what_and_takes_notice_of_it(cast, closed):
    officer, other = cast.viewer("officer_a"), cast.viewer("officer_b")
    glass = broken(cast)
    before = Event.objects.count()
    chosen_report(cast.viewer("watch"), closed.pk)
    assert list(Event.objects.order_by("seq").values_list("kind", "ids"))[before:] == [("glass.opened", [closed.pk])]
    (told,) = notices(officer)
    assert (told.broken, told.because) == (glass, "explosion at the hall")
    assert (told.opened, told.listed) == ([closed.sheet.reference], [])
    assert notices(other) == []
    with pytest.raises(Missing):
        acknowledge_glass(other, glass=glass.id)
    acknowledge_glass(officer, glass=glass.id)
    assert notices(officer) == []
    assert GlassReceipt.objects.as_house("a test").get().seat_id == officer.seat_id
    assert Entry.objects.get(code="glass.acknowledged").objects_ids == [glass.id, closed.pk]
    with pytest.raises(Missing):
        acknowledge_glass(officer, glass=glass.id)


def test_what_is_opened_after_he_took_notice_is_told_anew(cast, closed):
    glass = broken(cast)
    desk_list(cast.viewer("watch"))
    acknowledge_glass(cast.viewer("officer_a"), glass=glass.id)
    chosen_report(cast.viewer("watch"), closed.pk)
    assert [row.opened for row in notices(cast.viewer("officer_a"))] == [[closed.sheet.reference]]


def test_whoever_breaks_the_glass_is_not_the_one_who_takes_notice(cast):
    report = file_report(cast.viewer("watch"), draft(text="From the desk", post_key="a"))
    reclassify(
        cast.viewer("watch"), sheet=sheet_of(report), sensitivity=4, groups=["x"], named_subject=False, because="x"
    )
    broken(cast, "commander")
    open_one(cast.viewer("commander"), Report, report.pk)
    assert notices(cast.viewer("commander")) == []
    assert len(notices(cast.viewer("watch"))) == 1


def test_an_agency_that_lodged_it_is_told_without_our_reason_and_another_is_not(cast, closed):
    sheet = sheet_of(closed)
    sheet.lodged_by = cast.agencies["north"]
    sheet.save()
    broken(cast)
    chosen_report(cast.viewer("watch"), closed.pk)
    (told,) = notices(cast.viewer("north_1"))
    assert (told.because, told.opened) == ("", [sheet.reference])
    assert notices(cast.viewer("south")) == []
    page = cast.signed_in("north_1").get("/glass/notices/").content.decode()
    assert sheet.reference in page and "explosion" not in page


def test_the_pages_of_both_sides(cast, closed):
    broken(cast)
    cast.signed_in("watch").get(f"/desk/reports/{closed.pk}/")
    mine = cast.signed_in("officer_a")
    assert 'hx-get="/glass/notices/"' in mine.get("/reports/mine/").content.decode()
    banner = mine.get("/glass/notices/").content.decode()
    assert closed.sheet.reference in banner and "explosion at the hall" in banner
    auditor = cast.signed_in("auditor")
    listed = auditor.get("/audit/glass/").content.decode()
    assert closed.sheet.reference in listed and "explosion at the hall" in listed and "nobody yet" in listed
    glass = GlassBreak.objects.get()
    assert cast.signed_in("officer_b").post(f"/glass/{glass.id}/acknowledge/").status_code == 404
    assert mine.post(f"/glass/{glass.id}/acknowledge/").status_code == 200
    assert "nobody yet" not in auditor.get("/audit/glass/").content.decode()
    assert cast.signed_in("watch").get("/audit/glass/").status_code == 403


def test_every_page_of_the_shell_asks_for_the_notice_while_one_waits_and_for_nothing_else(cast, closed):
    glass, browser = broken(cast), cast.signed_in("officer_a")
    pages = ("/settings/", "/reports/new/", "/search/", "/programme/me/", "/nowhere/")
    asked = [f'hx-trigger="{word}"' for word in ("never", "load")]

    def said() -> list[list[bool]]:
        return [[words in browser.get(page).content.decode() for words in asked] for page in pages]

    assert said() == [[True, False]] * len(pages) and not waits(cast.viewer("officer_a"))
    chosen_report(cast.viewer("watch"), closed.pk)
    assert said() == [[False, True]] * len(pages)
    acknowledge_glass(cast.viewer("officer_a"), glass=glass.id)
    assert said() == [[True, False]] * len(pages) and not waits(None)
