"""A release to many: signed at once, carried in short batches that go on after a fall; a recall stops the rest."""

import pytest
from django.db import transaction

from tests.cast import sign_in
from vedette.agencies.models import Person, Seat
from vedette.agencies.queries import home_agency, viewers_of
from vedette.agencies.viewer import Viewer
from vedette.alerts.models import Clock
from vedette.audit.models import Entry
from vedette.handling.models import Addressee
from vedette.kit.time import now
from vedette.sharing.actions import draft_release, recall_release, send_waiting, sign_release
from vedette.sharing.actions import sending as sending_module
from vedette.sharing.actions.drafting import Address
from vedette.sharing.inbox import inbox
from vedette.sharing.models import Delivery, Release, Sending
from vedette.sharing.queries import access_release, releases
from vedette.sharing.tallies import tally_of
from vedette.sharing.tests.stage import Stage

MANY, BATCH = 25, 10


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending_module, "BATCH", BATCH)


def crowd(many: int = MANY) -> list[Seat]:
    home = home_agency()
    people = [Person(username=f"crowd-{n}", label=f"Officer {n}", made_at=now()) for n in range(many)]
    Person.objects.bulk_create(people)
    return Seat.objects.bulk_create(
        [Seat(person=one, agency=home, label=one.label, roles=["investigator"], since=now()) for one in people]
    )


def signed(paris: Stage, seats: list[Seat]) -> Release:
    to = [Address(seat=seat.id) for seat in seats]
    release = draft_release(paris.releasing, incident=paris.main, version="bulletin", recipients=to)
    sign_release(paris.releasing, release=release)
    return access_release(paris.releasing, release.pk)


def delivered(release: Release) -> int:
    return Delivery.objects.as_house("a test").filter(release=release).count()


def running(release: Release, kind: str) -> int:
    return Clock.objects.as_house("a test").filter(sheet=release.pk, kind=kind, state="running").count()


def viewer_of(seat: Seat) -> Viewer:
    return viewers_of([seat.id])[seat.id]


def test_a_release_to_few_has_reached_everyone_when_it_is_signed(paris: Stage) -> None:
    release = signed(paris, crowd(BATCH - 1))
    assert delivered(release) == BATCH - 1
    row = Sending.objects.as_house("a test").get(release=release)
    assert (row.sent, row.whole, row.ended) == (BATCH - 1, BATCH - 1, "sent")
    assert send_waiting() == 0


def test_a_release_to_many_is_signed_whole_and_reaches_them_batch_by_batch(paris: Stage) -> None:
    seats = crowd()
    release = signed(paris, seats)
    assert release.signed and delivered(release) == BATCH
    tally = tally_of(paris.watch, release)
    assert tally.sending and (tally.sending.sent, tally.sending.whole) == (BATCH, MANY)
    assert [row.state for row in releases(paris.watch) if row.release.pk == release.pk] == ["sending"]
    assert send_waiting() == 2
    assert delivered(release) == MANY == running(release, "release")
    assert Addressee.objects.filter(sheet=release.pk, recalled_at__isnull=True).count() == MANY
    assert all(len(inbox(viewer_of(seat)).rows) == 1 for seat in seats)
    assert tally_of(paris.watch, release).sending is None
    assert Entry.objects.filter(code="release.sent", objects_ids=[release.pk]).count() == 1


def test_the_release_desk_and_its_list_say_how_far_it_is(paris: Stage) -> None:
    release = signed(paris, crowd())
    browser = sign_in(paris.releasing)
    for address in (f"/releases/{release.pk}/", "/releases/"):
        assert f"Sending {BATCH} of {MANY}" in browser.get(address).content.decode()
    assert "on its way" in browser.get(f"/releases/{release.pk}/").content.decode()
    recall_release(paris.releasing, release=release, because="wrong place")
    page = browser.get(f"/releases/{release.pk}/").content.decode()
    assert "Sending" not in page and "never sent" in page


def test_nobody_has_it_before_his_batch_is_committed(paris: Stage) -> None:
    seats = crowd()
    release = signed(paris, seats)
    reached = set(Addressee.objects.filter(sheet=release.pk).values_list("seat", flat=True))
    late = next(seat for seat in seats if seat.id not in reached)
    assert inbox(viewer_of(late)).rows == []
    send_waiting()
    assert [row.key for row in inbox(viewer_of(late)).rows] == [release.pk]


def test_a_batch_that_dies_leaves_nothing_and_the_next_one_goes_on_where_it_stood(
    paris: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = signed(paris, crowd())
    with monkeypatch.context() as broken:

        def dies(*_: object) -> None:
            raise ValueError("the disk is full")

        broken.setattr(sending_module.clocks, "start_clocks", dies)
        assert send_waiting(1) == 1
        assert delivered(release) == BATCH == Addressee.objects.filter(sheet=release.pk).count()
        assert send_waiting() == 0, "it waits before it is tried again"
    row = Sending.objects.as_house("a test").get(release=release)
    assert (row.attempts, row.last_error) == (1, "ValueError")
    Sending.objects.as_house("a test").filter(pk=row.pk).update(try_after=None)
    send_waiting()
    assert delivered(release) == MANY


def test_a_recall_while_it_is_sent_reaches_those_who_have_it_and_stops_the_rest(paris: Stage) -> None:
    release = signed(paris, crowd())
    assert send_waiting(1) == 1
    recall_release(paris.releasing, release=release, because="wrong place")
    assert not Addressee.objects.filter(sheet=release.pk, recalled_at__isnull=True).exists()
    send_waiting()
    assert delivered(release) == 2 * BATCH
    assert running(release, "release") == 0 and running(release, "recall") == 2 * BATCH
    ended = Sending.objects.as_house("a test").get(release=release, what="release")
    assert (ended.ended, ended.sent) == ("stopped", 2 * BATCH)
    assert tally_of(paris.watch, release).sending is None


def test_a_correction_due_while_it_is_sent_asks_everyone_to_take_note_in_the_end(paris: Stage) -> None:
    from vedette.sharing.actions.correcting import record_correction_due

    release = signed(paris, crowd())
    with transaction.atomic():
        record_correction_due(paris.releasing, release, paris.reports["PAR-008"].sheet, "wrong")
    assert running(release, "recall") == 0, "a note waits until everyone has what it is about"
    send_waiting()
    assert delivered(release) == MANY == running(release, "recall") == running(release, "release")


def test_a_recipient_who_is_named_twice_has_it_once(paris: Stage) -> None:
    seats = crowd(3)
    assert delivered(signed(paris, [*seats, *seats])) == 3
