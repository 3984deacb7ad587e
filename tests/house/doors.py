"""Readers that are doors with a form of their own: search's palette, stored files, orders over JSON, the audit."""

import datetime
import json
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.cast import WORD
from tests.house.facts import SheetFacts, World
from vedette.account.queries import oversees
from vedette.agencies.models import GlassBreak, Seat
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.glass import notices
from vedette.handling.models import GlassOpening, Sheet
from vedette.handling.policy import may, readable, visible
from vedette.kit.time import now
from vedette.reporting.actions.requests import record_answered
from vedette.sharing.actions import lodge_question
from vedette.sharing.lodged import lodged_questions
from vedette.sharing.models import Reply

if TYPE_CHECKING:
    from tests.house.readers import Asker

Ids = set[uuid.UUID]
Ask = Callable[["Asker", World], Ids]


def may_do(verb: str) -> Callable[[Viewer | None, SheetFacts], bool]:
    """The viewers to whom a door is open at all."""
    return lambda viewer, sheet: may(viewer, verb).allowed


def at_desk(viewer: Viewer | None, sheet: SheetFacts) -> bool:
    """What only a seat of the home desk is shown."""
    return viewer is not None and viewer.on_desk


def kept_and_changed(viewer: Viewer | None, sheet: SheetFacts) -> bool:
    """What a seat may handle otherwise it knows otherwise than by delivery: it wrote it, or the desk's classes contain it."""
    if viewer is None or not may(viewer, "reclassify").allowed:
        return False
    narrow = sheet.sensitivity > min(viewer.clearance, 3) or bool(sheet.groups - viewer.groups)
    contained = viewer.glass_broken or not (narrow or (sheet.named and not viewer.may_know_names))
    here = viewer.on_desk if sheet.lodged_by else sheet.holder == viewer.agency_id
    return sheet.author == viewer.seat_id or (here and contained)


def may_see_form(asker: "Asker", world: World) -> Ids:
    """The records whose form "Who may see it" opens, and shows how they are classed."""
    rows = Sheet.objects.in_bulk(world.ids)
    pages = {key: asker.client.get(f"/explain/{row.reference}/who/") for key, row in rows.items()}
    return {key for key, page in pages.items() if page.status_code == 200}


def given_to_mine(viewer: Viewer | None, sheet: SheetFacts) -> bool:
    """What was given to the asker's own unit and is in force: the list of orders speaks of nothing else."""
    if viewer is None or viewer.unit_id is None or sheet.withdrawn:
        return False
    return any(to.to == "unit" and to.whom == viewer.unit_id for to in sheet.deliveries)


def in_force(viewer: Viewer | None, sheet: SheetFacts) -> bool:
    """An order that was withdrawn is shown as taken back, whoever reads it."""
    return sheet.withdrawn is None


def told_on(address: str) -> Ask:
    """A page that tells records' words and not their ids: those whose words stand on it."""

    def ask(asker: "Asker", world: World) -> Ids:
        text = asker.client.get(address).content.decode()
        return {sheet.id for sheet in world.sheets if sheet.id.hex in text}

    return ask


def palette(asker: "Asker", world: World) -> Ids:
    """The finds of the palette, asked once a record for the word that only it holds."""
    found = set()
    for sheet in world.sheets:
        answer = asker.client.get("/search/palette", {"q": sheet.id.hex})
        shown = answer.json()["results"] if answer.status_code == 200 else []
        assert len(shown) <= 1, "the palette found a word where it does not stand"
        found |= {sheet.id for hit in shown if str(sheet.id) in hit["href"]}
    return found


def downloaded(asker: "Asker", world: World) -> Ids:
    """The files that go out, to the last byte."""
    found = set()
    for sheet in world.sheets:
        answer = asker.client.get(f"/files/{sheet.id}/")
        said = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert answer.status_code == 200 or (sheet.id.hex.encode() not in said and b"note.txt" not in said)
        if answer.status_code == 200 and sheet.id.hex.encode() in said:
            found.add(sheet.id)
    return found


def orders_api(asker: "Asker", world: World) -> Ids:
    """The orders of the asker's unit as JSON."""
    answer = asker.client.get("/api/v1/orders")
    return _named_in(answer.json(), world) if answer.status_code == 200 else set()


def runs_api(asker: "Asker", world: World) -> Ids:
    """The responses that JSON tells of."""
    return {
        sheet.id for sheet in world.sheets if sheet.id in _named_in(_answer(asker, f"/api/v1/runs/{sheet.id}"), world)
    }


def who_knew(asker: "Asker", world: World) -> Ids:
    """The records the answer to a question is about; the auditor hears of every one, and reads the words of none."""
    key = asker.viewer.seat_id if asker.viewer else ""
    answer = asker.client.get("/audit/", {"who": f"seat:{key}", "about": WORD})
    text = answer.content.decode() if answer.status_code == 200 else ""
    _holds_no_words(text, world)
    return _but_for_overseers(asker, world, {sheet.id for sheet in world.sheets if sheet.reference in text}, readable)


def trailed(asker: "Asker", world: World) -> Ids:
    """The trails, by reference."""
    found = set()
    for sheet in world.sheets:
        for part in ("", "trail.csv"):
            answer = asker.client.get(f"/audit/trail/{sheet.reference}/{part}")
            _holds_no_words(answer.content.decode(), world)
            found |= {(sheet.id, part)} if answer.status_code == 200 else set()
    pages, tables = ({key for key, part in found if part == name} for name in ("", "trail.csv"))
    assert tables <= pages, "a table tells a trail that its page does not"
    return _but_for_overseers(asker, world, pages, visible)


def opened_with_reason(asker: "Asker", world: World) -> Ids:
    """The records whose words are read from their trail, with a reason."""
    found = set()
    for sheet in world.sheets:
        address = f"/audit/trail/{sheet.reference}/open/"
        without = asker.client.post(address, {"reason": ""}).content.decode()
        assert sheet.id.hex not in without, "words are told without a reason"
        if sheet.id.hex in asker.client.post(address, {"reason": "complaint number 12"}).content.decode():
            found.add(sheet.id)
    return _but_for_overseers(asker, world, found, readable)


def due(asker: "Asker", world: World) -> Ids:
    """What is due is told to overseers only, by reference; everyone else hears nothing."""
    answer = asker.client.get("/audit/due/")
    text = answer.content.decode()
    _holds_no_words(text, world)
    named = {sheet.id for sheet in world.sheets if sheet.reference in text}
    if answer.status_code != 200:
        return named
    assert named == {sheet.id for sheet in world.sheets if sheet.expires and not sheet.purged}
    # The page is exact by the line above; what the seat sees elsewhere is not its matter.
    return set(Sheet.objects.filter(visible(asker.viewer), id__in=world.ids).values_list("id", flat=True))


def broken_over(world: World, person: uuid.UUID | None) -> None:
    """Somebody else broke the glass a moment ago and opened every record of the world; it is whole again."""
    seat = Seat.objects.exclude(person=person).order_by("id")[0]
    moment = now() - datetime.timedelta(minutes=10)
    until = moment + datetime.timedelta(minutes=5)
    broken = GlassBreak.objects.create(seat=seat, since=moment, until=until, because="explosion")
    GlassOpening.objects.bulk_create(
        GlassOpening(glass=broken, sheet_id=sheet.id, opened=True, at=moment) for sheet in world.sheets
    )


def told_of_glass(asker: "Asker", world: World) -> Ids:
    """The records of which the asker is told that they were opened under broken glass."""
    broken_over(world, asker.viewer.person_id if asker.viewer else None)
    told = {reference for notice in notices(asker.viewer) for reference in notice.opened}
    return {sheet.id for sheet in world.sheets if sheet.reference in told}


def hears_of_glass(viewer: Viewer | None, sheet: SheetFacts) -> bool:
    """The author, the agency that lodged it here, and a commander of our own word who saw it without glass."""
    if viewer is None or sheet.author == viewer.seat_id:
        return viewer is not None
    if not viewer.is_home:
        return viewer.agency_id == sheet.lodged_by
    return viewer.holds("commander") and sheet.originator == viewer.agency_id and not viewer.glass_broken


def glass_shown(asker: "Asker", world: World) -> Ids:
    """What broken glass showed is told to overseers, by reference; everyone else hears nothing."""
    broken_over(world, None)
    answer = asker.client.get("/audit/glass/")
    _holds_no_words(answer.content.decode(), world)
    named = {sheet.id for sheet in world.sheets if sheet.reference in answer.content.decode()}
    if answer.status_code != 200:
        return named
    assert named == set(world.ids)
    return set(Sheet.objects.filter(visible(asker.viewer), id__in=world.ids).values_list("id", flat=True))


def replied_by(asker: "Asker", world: World) -> Ids:
    """The releases of which an asking agency is told that its question was answered by them: a question for each of them."""
    viewer = asker.viewer
    if viewer is None or viewer.is_home:
        return set()
    for sheet in world.sheets:
        asked = lodge_question(viewer, question="Which of these?", why="A case.")
        record_answered(asked, viewer)
        Reply.objects.create(request=asked, release_id=sheet.id, at=now(), by_id=viewer.seat_id)
    return {row.release.pk for row in lodged_questions(viewer) if row.release}


def proved(asker: "Asker", world: World) -> Ids:
    """The records an entry about which can be proved to this asker; a log not yet sealed says so to nobody else."""
    found = set()
    for sheet in world.sheets:
        entry = record(None, "sheet.opened", [sheet.id])
        answer = asker.client.get(f"/audit/proofs/entries/{entry.id}/")
        _holds_no_words(answer.content.decode(), world)
        found |= {sheet.id} if answer.status_code in (200, 409, 422) else set()
    return _but_for_overseers(asker, world, found, visible)


def _answer(asker: "Asker", address: str) -> Any:
    answer = asker.client.get(address)
    return answer.json() if answer.status_code == 200 else {}


def _named_in(said: Any, world: World) -> Ids:
    text = json.dumps(said)
    return {sheet.id for sheet in world.sheets if str(sheet.id) in text}


def _holds_no_words(text: str, world: World) -> None:
    assert not any(sheet.id.hex in text for sheet in world.sheets), "a trail tells the words of a record"


def _but_for_overseers(asker: "Asker", world: World, found: Ids, rule: Callable[..., Any]) -> Ids:
    """What was found; of an auditor, who hears of every record by its reference, what he sees as anyone else."""
    if not oversees(asker.viewer):
        return found
    return set(Sheet.objects.filter(rule(asker.viewer), id__in=world.ids).values_list("id", flat=True))
