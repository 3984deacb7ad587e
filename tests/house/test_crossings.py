"""What the truth table is crossed with: glass, two seats of one person, rows that rest on several sheets, the stream."""

import json

import pytest

from tests.cast import Cast
from tests.house.facts import HOUR, DeliveryFacts, SheetFacts, World
from tests.house.readers import READERS, Asker, Reader
from tests.house.writing import write
from vedette.agencies.models import GlassBreak, Seat
from vedette.handling.actions import open_one, reclassify
from vedette.handling.models import Sheet
from vedette.handling.policy import faces, newest, readable, visible, who_may_see
from vedette.handling.queries import explain, stubs
from vedette.kit.errors import Missing, Refused
from vedette.kit.ids import new_id
from vedette.kit.time import now
from vedette.reporting.models import Report, Source, Version
from vedette.web.stream.broadcast import messages_for, messages_now


def one(cast: Cast, **values: object) -> SheetFacts:
    """A sheet of the home agency."""
    home = cast.agencies["home"].id
    return SheetFacts(id=new_id(), **{"holder": home, "originator": home, "filed": now() - HOUR, **values})


def stored(cast: Cast, *sheets: SheetFacts) -> World:
    return write(cast, World(now(), sheets=list(sheets)))


def everywhere(asker: Asker, world: World) -> dict[str, set[object]]:
    def all_of(rule: Reader) -> bool:
        return rule.kind == "report" and all(rule.only(asker.viewer, sheet) for sheet in world.sheets)

    return {name: rule.ask(asker, world) for name, rule in READERS.items() if all_of(rule)}


def same(shown: dict[str, set[object]], ids: set[object]) -> dict[str, set[object]]:
    """What every reader answers when they all answer this."""
    return {name: ids for name in shown}


def to(cast: Cast, kind: str, name: str, **values: object) -> DeliveryFacts:
    whom = {"agency": cast.agencies, "unit": cast.units, "seat": cast.seats}[kind][name].id
    return DeliveryFacts(kind, whom, now() - HOUR, **values)


CLOSED = {"sensitivity": 4, "groups": frozenset({"counter"}), "named": True}


@pytest.mark.parametrize("begins, ends, seen", [(-2, 1, True), (-2, -1, False), (1, 2, False)])
def test_broken_glass_shows_all_that_home_holds_while_it_lasts(cast, begins, ends, seen):
    sheet = one(cast, **CLOSED)
    world = stored(cast, sheet)
    seat = cast.seats["commander"]
    GlassBreak.objects.create(seat=seat, since=now() + begins * HOUR, until=now() + ends * HOUR, because="explosion")
    shown = everywhere(Asker(cast.viewer("commander")), world)
    assert shown == same(shown, {sheet.id} if seen else set())


def test_broken_glass_shows_a_partner_nothing(cast):
    world = stored(cast, one(cast, **CLOSED), one(cast, **CLOSED, lodged_by=cast.agencies["south"].id))
    GlassBreak.objects.create(seat=cast.seats["north_1"], since=now() - HOUR, until=now() + HOUR, because="explosion")
    shown = everywhere(Asker(cast.viewer("north_1")), world)
    assert shown == same(shown, set())


def test_the_second_seat_of_a_person_sees_nothing_of_the_first(cast):
    sheet = one(cast, **CLOSED, author=cast.seats["watch"].id, deliveries=[to(cast, "seat", "watch")])
    world = stored(cast, sheet)
    assert cast.seats["watch"].person_id == cast.seats["watch_off"].person_id
    first, second = (everywhere(Asker(cast.viewer(name)), world) for name in ("watch", "watch_off"))
    assert first == same(first, {sheet.id})
    assert second == same(second, set())


def test_what_is_for_the_eyes_of_one_person_is_not_for_the_next_seat_of_the_agency(cast):
    sheet = one(cast, sensitivity=4, deliveries=[to(cast, "seat", "north_1")])
    world = stored(cast, sheet)
    mine, next_to_me = (everywhere(Asker(cast.viewer(name)), world) for name in ("north_1", "north_2"))
    assert mine == same(mine, {sheet.id})
    assert next_to_me == same(next_to_me, set())


def test_a_row_on_a_visible_and_a_hidden_sheet_is_shown_by_the_visible_one_alone(cast):
    seen, hidden = one(cast), one(cast, **CLOSED)
    stored(cast, seen, hidden)
    rests_on = Source.objects.filter(readable(cast.viewer("sergeant"), "reports__sheet__"))
    assert rests_on.values_list("reports", flat=True).distinct().get() == seen.id


def test_a_row_on_a_purged_and_a_hidden_sheet_is_not_shown(cast):
    """One sheet passes the class, the other is standing: no mixture of two sheets passes."""
    stored(cast, one(cast, purged=now()), one(cast, **CLOSED))
    for name in ("sergeant", "watch", "north_1"):
        for condition in (readable, visible):
            assert not Source.objects.filter(condition(cast.viewer(name), "reports__sheet__")).exists()


def test_a_recalled_delivery_leaves_a_stub_with_its_reason_and_no_content(cast):
    sheet = one(cast, **{**CLOSED, "named": False}, deliveries=[to(cast, "agency", "north", recalled=now())])
    stored(cast, sheet)
    viewer = cast.viewer("north_1")
    assert faces(viewer, [sheet.id]) == {sheet.id: "struck"}
    assert stubs(viewer, [sheet.id])[sheet.id].because == "Sent in error."
    assert not Version.objects.seen_by(viewer).exists()
    assert stubs(cast.viewer("south"), [sheet.id]) == {}


def test_a_withdrawn_report_says_why_to_who_held_it_and_names_only_a_replacement_he_may_see(cast):
    newer, secret = one(cast), one(cast, **CLOSED)
    first, second = one(cast, withdrawn=now()), one(cast, withdrawn=now())
    stored(cast, newer, secret, first, second)
    Sheet.objects.filter(id=first.id).update(replaced_by=newer.id)
    Sheet.objects.filter(id=second.id).update(replaced_by=secret.id)
    found = stubs(cast.viewer("sergeant"), [first.id, second.id, newer.id])
    assert {key: stub.replaced_by for key, stub in found.items()} == {first.id: newer.reference, second.id: ""}
    assert {stub.because for stub in found.values()} == {"It was wrong."}


def test_the_stream_never_draws_for_a_struck_viewer_what_it_drew_for_another(cast):
    sheet = one(cast, deliveries=[to(cast, "agency", "north", recalled=now())])
    stored(cast, sheet)
    watch, partner = cast.viewer("watch"), cast.viewer("north_1")
    said = messages_for((1, "report.amended", (str(sheet.id),)), [watch, partner])
    rows = {viewer: json.loads(text.split("data: ")[1])["html"] for viewer, text in said.items()}
    assert sheet.id.hex in rows[watch]
    assert sheet.id.hex not in rows[partner]


def test_a_reclassified_sheet_is_gone_at_once_for_those_it_no_longer_contains(cast):
    sheet = one(cast)
    world = stored(cast, sheet)
    row = Sheet.objects.get(id=sheet.id)
    assert cast.viewer("sergeant") in who_may_see([sheet.id], [cast.viewer("sergeant")])[sheet.id]
    reclassify(cast.viewer("watch"), sheet=row, sensitivity=3, groups=["desk"], named_subject=False, because="A source")
    shown = everywhere(Asker(cast.viewer("sergeant")), world)
    assert shown == same(shown, set())


def test_an_auditor_opens_one_record_and_only_with_a_reason(cast):
    sheet, gone = one(cast, **CLOSED), one(cast, purged=now())
    stored(cast, sheet, gone)
    auditor = cast.viewer("auditor")
    with pytest.raises(Refused):
        open_one(auditor, Report, sheet.id, " ")
    assert open_one(auditor, Report, sheet.id, "complaint 12").pk == sheet.id
    assert open_one(auditor, Report, gone.id, "complaint 12").sheet.purged_at is not None


def test_only_the_auditor_finds_the_tombstone_of_a_purged_sheet(cast):
    gone = one(cast, purged=now(), author=cast.seats["watch"].id, deliveries=[to(cast, "agency", "north")])
    stored(cast, gone)
    for name in ("watch", "commander", "administrator", "north_1"):
        with pytest.raises(Missing):
            open_one(cast.viewer(name), Report, gone.id, "please")


def test_a_partners_own_auditor_opens_nothing_that_was_not_released(cast):
    sheet = one(cast)
    stored(cast, sheet)
    Seat.objects.filter(id=cast.seats["north_1"].id).update(roles=["auditor"])
    with pytest.raises(Missing):
        open_one(cast.viewer("north_1"), Report, sheet.id, "curious")


def test_the_list_of_what_was_delivered_does_not_end_behind_expired_deliveries(cast):
    old = one(cast, **{**CLOSED, "named": False}, deliveries=[to(cast, "agency", "north")])
    dead = [one(cast, **CLOSED, deliveries=[to(cast, "agency", "north", expires=now() - HOUR / 2)]) for _ in range(9)]
    stored(cast, old, *dead)
    assert newest(cast.viewer("north_1"), ["report"], 2) == [old.id]


def test_explaining_names_the_ground_that_holds_and_no_other(cast):
    mine = one(cast, **CLOSED, author=cast.seats["watch"].id, lodged_by=cast.agencies["south"].id)
    stored(cast, mine)
    grounds = explain(cast.viewer("watch"), mine.id)
    assert [ground.name for ground in grounds if ground.holds] == ["author"]
    assert explain(cast.viewer("commander"), mine.id) is None


def test_a_stream_that_is_open_hands_nothing_more_to_a_seat_that_was_suspended(cast):
    sheet = one(cast)
    stored(cast, sheet)
    watch, sergeant = cast.viewer("watch"), cast.viewer("sergeant")
    happening = (1, "report.filed", (str(sheet.id),))
    assert set(messages_now(happening, [watch, sergeant])) == {watch, sergeant}
    Seat.objects.filter(id=sergeant.seat_id).update(suspended_at=now())
    assert set(messages_now(happening, [watch, sergeant])) == {watch}
