"""The cast itself: who there is, and that it is put back the same for each test."""

from tests.cast import SEATS, WORD
from vedette.kit.queries import home_agency_id, installation_kind


def test_the_cast_stands_in_a_test_database(cast):
    assert installation_kind() == "test"
    assert home_agency_id() == cast.agencies["home"].id


def test_every_seat_of_the_cast_is_in_force(cast):
    assert set(cast.viewers()) == set(SEATS)


def test_the_cast_is_the_same_in_the_next_test(cast):
    assert cast.viewer("watch").on_desk
    assert not cast.viewer("north_1").is_home
    assert cast.seats["watch"].person_id == cast.seats["watch_off"].person_id


def test_an_officer_files_through_the_real_verb(cast):
    report = cast.report()
    assert report.sheet.author_id == cast.seats["officer_a"].id
    assert WORD in report.versions.seen_by(cast.viewer("officer_a")).get().text


def test_a_signed_in_browser_reads_the_desk(cast):
    report = cast.report()
    answer = cast.signed_in("watch").get("/")
    assert answer.status_code == 200
    assert str(report.pk) in answer.content.decode()
