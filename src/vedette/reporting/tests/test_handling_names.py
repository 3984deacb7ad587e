"""Names are fail-safe: a sheet stays narrow until every marked passage was looked at and cleared."""

import pytest

from tests.cast import sheet_of
from vedette.handling.models import SheetChange
from vedette.handling.names import spot_names
from vedette.kit.errors import Forbidden, Refused
from vedette.reporting.actions import clear_name, confirm_name
from vedette.reporting.models import NameMark, Report

pytestmark = pytest.mark.django_db
TEXT = "Witness Marc Dubreuil-Lantier spoke. Also seen: Karim Benhaddou-Sayegh."


@pytest.fixture
def report(cast):
    assert len(spot_names(TEXT, [])) == 2
    return cast.report(text=TEXT)


def marks(cast, report):
    rows = NameMark.objects.seen_by(cast.viewer("analyst")).filter(report=report, until__isnull=True)
    return {row.text: row.state for row in rows}


def named(report):
    return sheet_of(report).access_class.named_subject


def test_a_report_with_a_spotted_name_is_narrow_from_the_start(cast, report):
    assert named(report) and set(marks(cast, report).values()) == {"spotted"}
    assert not Report.objects.seen_by(cast.viewer("narrow")).filter(pk=report.pk).exists()


def test_it_stays_narrow_until_the_last_mark_is_cleared_and_keeps_why(cast, report):
    first, second = marks(cast, report)
    clear_name(cast.viewer("analyst"), report=report, text=first, because="a street")
    assert named(report)
    clear_name(cast.viewer("watch"), report=report, text=second, because="a ship")
    assert not named(report)
    last = SheetChange.objects.get(sheet=report.pk, until=None)
    assert "a ship" in last.because and last.by == cast.seats["watch"].id
    assert Report.objects.seen_by(cast.viewer("narrow")).filter(pk=report.pk).exists()


def test_one_confirmed_name_keeps_it_narrow(cast, report):
    first, second = marks(cast, report)
    confirm_name(cast.viewer("analyst"), report=report, text=first)
    clear_name(cast.viewer("analyst"), report=report, text=second, because="a ship")
    assert named(report) and marks(cast, report) == {first: "confirmed", second: "cleared"}


def test_a_name_the_house_missed_narrows_the_report(cast):
    report = cast.report(text="The man called shorty was there.")
    assert not named(report)
    confirm_name(cast.viewer("watch"), report=report, text="shorty", because="his street name")
    assert named(report)


def test_a_passage_that_is_not_there_is_not_marked(cast, report):
    with pytest.raises(Refused):
        confirm_name(cast.viewer("watch"), report=report, text="Nobody Nowhere")


def test_clearing_needs_a_reason_and_a_mark(cast, report):
    first = next(iter(marks(cast, report)))
    for text, because in ((first, " "), ("harbour", "a place")):
        with pytest.raises(Refused):
            clear_name(cast.viewer("analyst"), report=report, text=text, because=because)


def test_neither_the_officer_nor_the_clerk_clears(cast, report):
    first = next(iter(marks(cast, report)))
    for seat in ("officer_a", "commander", "narrow"):
        with pytest.raises(Forbidden):
            clear_name(cast.viewer(seat), report=report, text=first, because="a street")
