"""What could be seen at a moment is what the policy says at that moment, in random worlds and along a life of changes."""

import datetime

from django.db import transaction

from tests.cast import sheet_of
from tests.house.facts import HOUR
from tests.house.worlds import worlds
from tests.house.writing import write
from vedette.account.asof import NO, STRUCK, WHOLE, Past
from vedette.agencies.models import Seat, SeatChange, attributes_of
from vedette.agencies.queries import viewers_of
from vedette.handling.actions import record_address, record_handling
from vedette.handling.models import Addressee, Sheet
from vedette.handling.policy import readable, visible
from vedette.kit.time import now

SECOND = datetime.timedelta(seconds=1)


def test_it_agrees_with_the_policy_in_random_worlds(cast):
    for number, world in worlds(cast, 25, seed=4100):
        with transaction.atomic():
            write(cast, world)
            seats = list(
                Seat.objects.filter(id__in=[seat.id for seat in world.seats]).select_related("agency", "person")
            )
            sheets = list(Sheet.objects.filter(id__in=world.ids).select_related("access_class"))
            viewers, past, moment = viewers_of(seat.id for seat in seats), Past(seats, sheets), now()
            for seat in seats:
                faces = {sheet.id: past.face(seat, sheet, moment) for sheet in sheets}
                viewer = viewers.get(seat.id)
                whole = set(Sheet.objects.filter(readable(viewer), id__in=world.ids).values_list("id", flat=True))
                seen = set(Sheet.objects.filter(visible(viewer), id__in=world.ids).values_list("id", flat=True))
                assert {key for key, face in faces.items() if face == WHOLE} == whole, f"world {number}, {seat.roles}"
                assert {key for key, face in faces.items() if face != NO} == seen, f"world {number}, {seat.roles}"
            transaction.set_rollback(True)


def _seat(cast, name):
    return Seat.objects.select_related("agency", "person").get(id=cast.seats[name].id)


def _face(cast, name, sheet, moment):
    seat = _seat(cast, name)
    return Past([seat], [sheet]).face(seat, sheet, moment)


def test_a_reclassified_record_could_be_seen_before_and_not_after(cast):
    sheet = sheet_of(cast.report())
    later = now()
    from vedette.handling.actions import access_class

    record_handling(sheet, None, because="narrower", access_class=access_class(3, ["desk"], False))
    assert _face(cast, "investigator", sheet, later) == WHOLE
    assert _face(cast, "investigator", sheet, now()) == NO
    assert _face(cast, "watch", sheet, now()) == WHOLE
    assert _face(cast, "watch", sheet, sheet.filed_at - SECOND) == NO


def test_a_seat_that_was_narrower_then_is_judged_as_it_was(cast):
    sheet = sheet_of(cast.report())
    seat, turn = _seat(cast, "watch"), now()
    was = {**attributes_of(seat), "clearance": 1, "roles": ["auditor"], "suspended": False}
    SeatChange.objects.filter(seat=seat).update(until=turn, attributes=was)
    SeatChange.objects.create(seat=seat, attributes=attributes_of(seat), since=turn, because="promoted")
    assert _face(cast, "watch", sheet, turn - datetime.timedelta(microseconds=1)) == NO
    assert _face(cast, "watch", sheet, now()) == WHOLE


def test_a_delivery_counts_from_its_beginning_until_it_is_recalled_or_runs_out(cast):
    sheet = sheet_of(cast.report())
    row = record_address(sheet, agency=cast.agencies["north"].id)
    start = row.since
    Addressee.objects.filter(id=row.id).update(recalled_at=start + HOUR, expires_at=start + 2 * HOUR)
    assert _face(cast, "north_1", sheet, start - SECOND) == NO
    assert _face(cast, "north_1", sheet, start + SECOND) == WHOLE
    assert _face(cast, "north_1", sheet, start + HOUR) == STRUCK
    assert _face(cast, "north_1", sheet, start + 2 * HOUR) == NO
    assert _face(cast, "south", sheet, start + SECOND) == NO


def test_since_when_is_the_beginning_of_the_unbroken_time(cast):
    sheet = sheet_of(cast.report())
    first = record_address(sheet, agency=cast.agencies["north"].id)
    Addressee.objects.filter(id=first.id).update(expires_at=first.since + HOUR)
    again = record_address(sheet, agency=cast.agencies["north"].id)
    Addressee.objects.filter(id=again.id).update(since=first.since + 2 * HOUR)
    seat = _seat(cast, "north_1")
    past = Past([seat], [sheet])
    assert past.since(seat, sheet, first.since + SECOND) == first.since
    assert past.since(seat, sheet, first.since + 3 * HOUR) == first.since + 2 * HOUR
    assert past.since(seat, sheet, first.since + 1.5 * HOUR) is None
