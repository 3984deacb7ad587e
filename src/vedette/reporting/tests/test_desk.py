"""The desk's queue: the newest first, but a flash nobody has read before everything."""

import pytest

from vedette.reporting import desk
from vedette.reporting.actions import read_at_desk
from vedette.reporting.desk import desk_list

pytestmark = pytest.mark.django_db


def queue(cast, limit=50, by="watch"):
    page = desk_list(cast.viewer(by), limit=limit)
    return [row.report.pk for row in page.rows], page.unread_flashes


def test_a_flash_nobody_has_read_stands_at_the_head_until_somebody_does(cast):
    flash = cast.report(kind="flash")
    later = [cast.report().pk, cast.report().pk]
    assert queue(cast) == ([flash.pk, *reversed(later)], 1)
    read_at_desk(cast.viewer("watch"), report=flash)
    assert queue(cast) == ([*reversed(later), flash.pk], 0)


@pytest.mark.parametrize(("kind", "there"), [("flash", True), ("spot", False)])
def test_newer_reports_never_push_an_unread_flash_off_the_page(cast, kind, there):
    first = cast.report(kind=kind)
    newer = [cast.report().pk for _ in range(2)]
    rows, _n = queue(cast, limit=2)
    assert (first.pk in rows) == there
    assert rows[-2:] == newer[::-1]


def test_so_many_at_the_head_and_no_more_but_all_are_counted(cast, monkeypatch):
    monkeypatch.setattr(desk, "AT_HEAD", 1)
    flashes = [cast.report(kind="flash").pk for _ in range(3)]
    cast.report()
    rows, n = queue(cast, limit=1)
    assert (rows[0], len(rows), n) == (flashes[-1], 2, 3)


def test_only_who_may_see_it_has_it_at_the_head(cast):
    flash = cast.report(kind="flash")
    assert flash.pk in queue(cast)[0]
    assert queue(cast, by="host") == ([], 0)
