"""Every reader of the house: whatever can say something about a sheet. A new screen adds one line to READERS.

`ask(asker, world)` answers the ids that the asker was shown. A reader of `content` must answer what the asker may
read; any other what he may see, struck stubs included. `kind` is the kind of sheet it reads, `slow` ones are
asked once a sheet and sit out most random worlds.
"""

import datetime
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.test import Client

from tests.cast import WORD, sign_in
from tests.house import chain_doors, doors, money_doors, phone_doors, purge_doors, rule_doors, service_doors
from tests.house.facts import SheetFacts, World
from tests.house.screens import named_on, opened_by
from vedette.account.queries import oversees, trail
from vedette.account.subjects import subject
from vedette.agencies.viewer import Viewer
from vedette.funding.queries import expenses
from vedette.handling.models import Sheet
from vedette.handling.policy import faces, may, newest, readable, visible, visible_sheets, who_may_see
from vedette.handling.queries import explain, sheet_by_reference
from vedette.handsets.models import Passage, Upload
from vedette.kit.errors import Missing
from vedette.kit.time import now
from vedette.programme.handover import promises
from vedette.programme.missions import journey, mission_row, mission_states, missions
from vedette.programme.models import Agreement, Meeting, Mission
from vedette.programme.queries import contacts, meetings, posts
from vedette.programme.signing import documents_of
from vedette.reporting.models import Grade, Report, Version
from vedette.reporting.queries import rows_of
from vedette.reporting.surges import answered, team_questions
from vedette.response.board import boards
from vedette.response.models import Run
from vedette.response.queries import runs_of, tasks_seen
from vedette.response.rows import order_rows
from vedette.search import queries as search
from vedette.sharing.inbox import inbox
from vedette.sharing.models import Paragraph, Release
from vedette.sharing.queries import reach_of
from vedette.sharing.tallies import under_way
from vedette.web.stream.broadcast import messages_for

Ids = set[uuid.UUID]
MANY = 10_000


@dataclass
class Asker:
    """Who asks: a Viewer (None when the seat is not in force) and a browser signed in to that seat."""

    viewer: Viewer | None
    signed_in: Client | None = None

    @cached_property
    def client(self) -> Client:
        """The browser; one nobody signed in to when there is no Viewer."""
        return self.signed_in or (sign_in(self.viewer) if self.viewer else Client())


@dataclass(frozen=True)
class Reader:
    """One reader; see above."""

    ask: Callable[[Asker, World], Ids]
    content: bool = True
    kind: str = "report"
    slow: bool = False
    twin: bool = False
    only: Callable[[Viewer | None, SheetFacts], bool] = lambda viewer, sheet: True


def _each(asks: Callable[[Asker, uuid.UUID], bool]) -> Callable[[Asker, World], Ids]:
    return lambda asker, world: {sheet.id for sheet in world.sheets if asks(asker, sheet.id)}


def _visible(asker: Asker, world: World) -> Ids:
    return set(Sheet.objects.filter(visible(asker.viewer), id__in=world.ids).values_list("id", flat=True))


def _readable(asker: Asker, world: World) -> Ids:
    return set(Sheet.objects.filter(readable(asker.viewer), id__in=world.ids).values_list("id", flat=True))


def _page_by_page(asker: Asker, world: World) -> Ids:
    found: list[uuid.UUID] = []
    before = None
    while page := newest(asker.viewer, ["report"], 4, before):
        found += page
        before = (Sheet.objects.get(id=page[-1]).filed_at, page[-1])
    assert len(found) == len(set(found)), "a row was shown on two pages"
    return set(found)


def _told(asker: Asker, world: World, *, struck: bool) -> Ids:
    viewers = [asker.viewer] if asker.viewer else []
    return {sheet for sheet, who in who_may_see(world.ids, viewers, struck=struck).items() if who}


def _found(asker: Asker, world: World) -> Ids:
    hits = {hit.sheet_id for hit in search.find(asker.viewer, WORD, limit=MANY)}
    assert search.count(asker.viewer, WORD) == len(hits), "the count says other than the list"
    return hits


def _mine(viewer: Viewer | None, sheet: SheetFacts) -> bool:
    return viewer is not None and sheet.author == viewer.seat_id


def _asked_or_at_desk(viewer: Viewer | None, sheet: SheetFacts) -> bool:
    return viewer is not None and (viewer.on_desk or sheet.author == viewer.seat_id)


def _event(asker: Asker, sheet: uuid.UUID, *, row: bool) -> bool:
    if asker.viewer is None:
        return False
    said = messages_for((1, "report.filed", (str(sheet),)), [asker.viewer]).get(asker.viewer)
    if said is None or not row:
        return said is not None
    return sheet.hex in json.loads(said.split("data: ")[1])["html"]


def _explained(asker: Asker, sheet: uuid.UUID) -> bool:
    said = explain(asker.viewer, sheet)
    assert said is None or any(ground.holds for ground in said) or "recalled" in said[2].why or "crawn" in said[2].why
    return said is not None


def _explained_to(asker: Asker, sheet: uuid.UUID) -> bool:
    return asker.client.get(f"/explain/{Sheet.objects.get(id=sheet).reference}/").status_code == 200


def _by_reference(asker: Asker, sheet: uuid.UUID) -> bool:
    return sheet_by_reference(asker.viewer, Sheet.objects.get(id=sheet).reference) is not None


def _trailed(asker: Asker, sheet: uuid.UUID) -> bool:
    """The auditor reads every trail and most seats read none; where the desk reads one, it is of what it may see."""
    if not may(asker.viewer, "read_trail").allowed or oversees(asker.viewer):
        return sheet in visible_sheets(asker.viewer, [sheet])
    try:
        return trail(asker.viewer, Sheet.objects.get(id=sheet).reference).sheet.id == sheet
    except Missing:
        return False


def _asked_about(asker: Asker, world: World) -> Ids:
    if oversees(asker.viewer):
        return _visible(asker, world)
    return {row.id for row in subject(asker.viewer, WORD, now()).sheets}


def _derived(table: type) -> Callable[[Asker, World], Ids]:
    return lambda asker, world: set(table.objects.seen_by(asker.viewer).values_list("report_id", flat=True))


def _uploads(asker: Asker, world: World) -> Ids:
    return set(Upload.objects.seen_by(asker.viewer).values_list("sheet_id", flat=True))


def _contacts_of_posts(asker: Asker, world: World) -> Ids:
    return {row.contact.pk for post in posts() for row in contacts(asker.viewer, post)}


def _journeys(asker: Asker, world: World) -> Ids:
    rows = Mission.objects.as_house("what a world wrote").filter(pk__in=world.ids)
    told = {row.pk for row in rows if journey(asker.viewer, row).observations}
    assert told == {row.pk for row in rows if mission_states(asker.viewer, row)}
    assert told == {row.pk for row in rows if team_questions(asker.viewer, row)}
    assert told == set(answered(asker.viewer, world.ids))
    assert told == {row.pk for row in rows if mission_row(asker.viewer, row.pk)}
    return told


def _documents(asker: Asker, world: World) -> Ids:
    terms = Agreement.objects.get(key="terms-of-the-world")
    return {one.paper.pk for one in documents_of(asker.viewer, terms)} & world.ids


def _promises(asker: Asker, world: World) -> Ids:
    rows = Meeting.objects.as_house("what a world wrote").filter(pk__in=world.ids)
    return set(promises(asker.viewer, set(rows.values_list("contact", flat=True))))


def _meetings(asker: Asker, world: World) -> Ids:
    ours = Meeting.objects.as_house("whose contacts a world wrote").filter(sheet__in=world.ids)
    return {row.pk for row in meetings(asker.viewer, ours.values_list("contact", flat=True).distinct())}


def _at_home(viewer: Viewer | None, sheet: SheetFacts) -> bool:
    return viewer is not None and viewer.is_home


def _of_today(viewer: Viewer | None, sheet: SheetFacts) -> bool:
    return sheet.filed > now() - datetime.timedelta(days=1)


def _of_another_agency(viewer: Viewer | None, sheet: SheetFacts) -> bool:
    return viewer is not None and not viewer.is_home


def _lodged_by_mine(viewer: Viewer | None, sheet: SheetFacts) -> bool:
    return viewer is not None and not viewer.is_home and sheet.lodged_by == viewer.agency_id


def _addressed(viewer: Viewer | None, sheet: SheetFacts) -> bool:
    if viewer is None:
        return False
    mine = {viewer.seat_id, viewer.unit_id, None if viewer.is_home else viewer.agency_id} - {None}
    return any(to.whom in mine for to in sheet.deliveries)


def _paragraphs(asker: Asker, world: World) -> Ids:
    return set(Paragraph.objects.seen_by(asker.viewer).values_list("release_id", flat=True))


def _under_way(asker: Asker, world: World) -> Ids:
    ours = Release.objects.as_house("what a world signed").filter(pk__in=world.ids)
    return set(under_way(asker.viewer, ours)) if asker.viewer else set()


def _inbox(asker: Asker, world: World) -> Ids:
    return {row.key for row in inbox(asker.viewer).rows if row.release is not None}


def _inbox_api(asker: Asker, world: World) -> Ids:
    answer = asker.client.get("/api/v1/inbox")
    return {uuid.UUID(row["id"]) for row in answer.json() if row["title"]} if answer.status_code == 200 else set()


def _orders_then(asker: Asker, world: World) -> Ids:
    return {row.order.pk for row in order_rows(asker.viewer, list(tasks_seen(asker.viewer)), _then())}


def _runs_then(asker: Asker, world: World) -> Ids:
    ours = Run.objects.as_house("whose boards a world wrote").filter(pk__in=world.ids).select_related("incident")
    found = [run for each in ours for run in runs_of(asker.viewer, each.incident, _then())]
    return {board.run.pk for board in boards(asker.viewer, found, _then())}


def _reach_then(asker: Asker, world: World) -> Ids:
    rows = Release.objects.seen_by(asker.viewer).select_related("sheet")
    return {one.release.pk for one in reach_of(asker.viewer, rows, _then()) if one.delivery}


def _incidents_then(asker: Asker, world: World) -> Ids:
    return opened_by(f"/incidents/{{}}/?at={int(_then().timestamp())}")(asker, world)


def _rows_then(asker: Asker, world: World) -> Ids:
    return {row.report.pk for row in rows_of(asker.viewer, world.ids, _then())}


def _order_then(asker: Asker, world: World) -> Ids:
    return opened_by(f"/response/orders/{{}}/?at={int(_then().timestamp())}")(asker, world)


def _report_then(asker: Asker, world: World) -> Ids:
    return opened_by(f"/incidents/then/?at={int(_then().timestamp())}&report={{}}")(asker, world)


def _then() -> datetime.datetime:
    """A moment at which every sheet of the table was filed and delivered, and none recalled or withdrawn."""
    return now() - datetime.timedelta(minutes=90)


def _filed_by_then(viewer: Viewer | None, sheet: SheetFacts) -> bool:
    return sheet.filed <= _then()


def _printed(asker: Asker, sheet: uuid.UUID) -> bool:
    answer = asker.client.get(f"/inbox/{sheet}/release.pdf")
    return answer.status_code == 200 and answer.content.startswith(b"%PDF")


READERS: dict[str, Reader] = {
    "who knew what": Reader(_asked_about, slow=True),
    "trail": Reader(_each(_trailed), content=False, slow=True),
    "visible": Reader(_visible, content=False, twin=True),
    "visible_sheets": Reader(
        lambda asker, world: set(visible_sheets(asker.viewer, world.ids)), content=False, twin=True
    ),
    "readable": Reader(_readable, twin=True),
    "newest": Reader(lambda asker, world: set(newest(asker.viewer, ["report"], MANY)), content=False),
    "newest, page by page": Reader(_page_by_page, content=False, twin=True),
    "who may see": Reader(lambda asker, world: _told(asker, world, struck=True), content=False, twin=True),
    "who may read": Reader(lambda asker, world: _told(asker, world, struck=False), twin=True),
    "faces": Reader(lambda asker, world: set(faces(asker.viewer, world.ids)), content=False, twin=True),
    "reports": Reader(lambda asker, world: {row.pk for row in Report.objects.seen_by(asker.viewer)}, twin=True),
    "versions": Reader(_derived(Version), twin=True),
    "grades": Reader(_derived(Grade)),
    "passages": Reader(_derived(Passage)),
    "uploads": Reader(_uploads),
    "receipts": Reader(opened_by("/reports/{}/receipts/"), slow=True),
    "rows_of": Reader(lambda asker, world: {row.report.pk for row in rows_of(asker.viewer, world.ids)}, twin=True),
    "rows_of, as they stood": Reader(_rows_then, twin=True, only=_filed_by_then),
    "search": Reader(_found, twin=True),
    "events": Reader(_each(lambda asker, sheet: _event(asker, sheet, row=False)), content=False, slow=True),
    "events, the row": Reader(_each(lambda asker, sheet: _event(asker, sheet, row=True)), slow=True),
    "explain": Reader(_each(_explained), content=False, slow=True),
    "explain, the page": Reader(_each(_explained_to), content=False, slow=True),
    "who may see it, the form": Reader(doors.may_see_form, content=False, slow=True, only=doors.kept_and_changed),
    "reference": Reader(_each(_by_reference), content=False, slow=True),
    "incident.report": Reader(_report_then, slow=True, only=_filed_by_then),
    "desk": Reader(named_on("/"), slow=True),
    "desk.report": Reader(opened_by("/desk/reports/{}/"), slow=True),
    "my reports": Reader(named_on("/reports/mine/"), slow=True, only=_mine),
    "report work": Reader(opened_by("/reports/{}/pane/", words=False), slow=True),
    "search, the page": Reader(named_on(f"/search/?q={WORD}"), slow=True),
    "received": Reader(named_on("/received/"), kind="received", slow=True),
    "received.one": Reader(opened_by("/received/{}/"), kind="received", slow=True),
    "requests": Reader(named_on("/ask/"), kind="request", slow=True, only=_asked_or_at_desk),
    "requests.board": Reader(named_on("/ask/board/"), kind="request", slow=True, only=doors.at_desk),
    "request": Reader(opened_by("/ask/{}/"), kind="request", slow=True),
    "inbox.questions": Reader(named_on("/inbox/questions/"), kind="request", slow=True, only=_lodged_by_mine),
    "inbox.question": Reader(opened_by("/inbox/questions/{}/"), kind="request", slow=True, only=_of_another_agency),
    "replies": Reader(doors.replied_by, kind="release", content=False, only=_of_another_agency),
    "incidents": Reader(named_on("/incidents/"), kind="incident", slow=True),
    "incident": Reader(opened_by("/incidents/{}/"), kind="incident", slow=True),
    "incident, as it stood": Reader(_incidents_then, kind="incident", slow=True),
    "topics": Reader(named_on("/topics/?state=all"), kind="topic", slow=True),
    "topic": Reader(opened_by("/topics/{}/"), kind="topic", slow=True),
    "programme.contacts": Reader(
        lambda asker, world: {row.contact.pk for row in contacts(asker.viewer)}, kind="contact"
    ),
    "programme.post": Reader(_contacts_of_posts, kind="contact"),
    "meetings": Reader(_meetings, kind="meeting"),
    "promises": Reader(_promises, kind="meeting"),
    "handover": Reader(service_doors.handed_over, kind="contact", slow=True, only=service_doors.takes_over),
    "handover, what was said": Reader(
        service_doors.handed_over, kind="meeting", slow=True, only=service_doors.takes_over
    ),
    "handover, questions": Reader(service_doors.handed_over, kind="request", slow=True, only=service_doors.takes_over),
    "handover, topics": Reader(service_doors.handed_over, kind="topic", slow=True, only=service_doors.takes_over),
    "missions": Reader(
        lambda asker, world: {row.mission.pk for row in missions(asker.viewer)}, kind="mission", twin=True
    ),
    "programme.missions": Reader(
        named_on("/programme/missions/"), kind="mission", slow=True, only=doors.may_do("see_programme")
    ),
    "programme.rota": Reader(
        named_on("/programme/rota/"), kind="mission", slow=True, only=doors.may_do("see_programme")
    ),
    "programme.mission": Reader(
        opened_by("/programme/missions/{}/"), kind="mission", slow=True, only=doors.may_do("see_programme")
    ),
    "programme.officer": Reader(service_doors.served, kind="mission", slow=True, only=service_doors.his_page),
    "own calendar": Reader(service_doors.calendared, kind="mission", slow=True, only=service_doors.his_own),
    "safety": Reader(named_on("/safety/"), kind="safety", slow=True, only=doors.may_do("see_safety")),
    "safety, alarms on it": Reader(
        named_on("/safety/"), kind="duress", slow=True, only=doors.may_do("acknowledge_duress")
    ),
    "safety.alarms": Reader(
        named_on("/safety/alarms/"), kind="duress", slow=True, only=doors.may_do("acknowledge_duress")
    ),
    "phone": Reader(phone_doors.carried("reports"), slow=True, only=phone_doors.his_own_report),
    "phone, questions": Reader(phone_doors.asked, kind="request", slow=True, only=phone_doors.of_officer_a),
    "phone, topics": Reader(phone_doors.carried("topics"), kind="topic", slow=True, only=phone_doors.carries),
    "phone, orders": Reader(phone_doors.carried("orders"), kind="release", slow=True, only=phone_doors.sent_to_him),
    "phone, signs of life": Reader(
        phone_doors.carried("check_ins"), kind="safety", slow=True, only=phone_doors.of_officer_a
    ),
    "agreement documents": Reader(_documents, kind="agreement"),
    "agreement, its page": Reader(
        named_on("/programme/agreements/terms-of-the-world/"),
        kind="agreement",
        slow=True,
        only=doors.may_do("see_programme"),
    ),
    "expenses": Reader(
        lambda asker, world: {row.expense.pk for row in expenses(asker.viewer, limit=MANY)}, kind="expense", twin=True
    ),
    "missions, all under them": Reader(_journeys, kind="mission", slow=True),
    "expenses.page": Reader(
        named_on("/funding/expenses/"), kind="expense", slow=True, only=doors.may_do("see_expenses")
    ),
    "expense": Reader(opened_by("/funding/expenses/{}/"), kind="expense", slow=True, only=doors.may_do("see_expenses")),
    "commitments": Reader(money_doors.committed, kind="mission", slow=True, only=doors.may_do("see_funding")),
    "statements": Reader(named_on("/funding/statements/"), kind="mission", slow=True, only=doors.may_do("see_funding")),
    "claim": Reader(money_doors.claimed, kind="expense", slow=True, only=doors.may_do("see_funding")),
    "claim pack": Reader(money_doors.packed, kind="expense", slow=True, only=doors.may_do("see_funding")),
    "chains": Reader(chain_doors.told, slow=True, only=chain_doors.standing),
    "value.chains": Reader(chain_doors.shown, slow=True, only=chain_doors.standing_to_bookkeepers),
    "summaries": Reader(named_on("/summaries/"), slow=True, only=_of_today),
    "paragraphs": Reader(_paragraphs, kind="release", twin=True),
    "sending": Reader(_under_way, kind="release", twin=True),
    "releases": Reader(named_on("/releases/"), kind="release", slow=True, only=_at_home),
    "standing rules": Reader(rule_doors.drafted_by_rules, kind="release", slow=True),
    "release": Reader(opened_by("/releases/{}/"), kind="release", slow=True, only=_at_home),
    "release.pdf": Reader(_each(_printed), kind="release", slow=True, only=_addressed),
    "reach, as it stood": Reader(_reach_then, kind="release", only=_addressed),
    "inbox": Reader(_inbox, kind="release", only=_addressed),
    "inbox.page": Reader(named_on("/inbox/"), kind="release", content=False, slow=True, only=_addressed),
    "inbox.release": Reader(opened_by("/inbox/{}/"), kind="release", slow=True, only=_addressed),
    "inbox.api": Reader(_inbox_api, kind="release", slow=True, only=_addressed),
    "search palette": Reader(doors.palette, slow=True),
    "files": Reader(doors.downloaded, kind="file", slow=True),
    "offers": Reader(opened_by("/api/v1/reports/{}/offers", words=False), slow=True),
    "proposed claims": Reader(opened_by("/api/v1/reports/{}/proposed-claims", words=False), slow=True),
    "analogues": Reader(opened_by("/api/v1/incidents/{}/analogues", words=False), kind="incident", slow=True),
    "orders": Reader(named_on("/orders/"), kind="task", slow=True, only=doors.given_to_mine),
    "orders.roll-call": Reader(doors.told_on("/orders/roll-call/"), kind="task", slow=True, only=doors.given_to_mine),
    "orders.order": Reader(opened_by("/orders/{}/"), kind="task", slow=True, only=doors.in_force),
    "orders.api": Reader(doors.orders_api, kind="task", slow=True, only=doors.given_to_mine),
    "orders, as they stood": Reader(_orders_then, kind="task"),
    "responses, as they stood": Reader(_runs_then, kind="run"),
    "response.order": Reader(opened_by("/response/orders/{}/"), kind="task", slow=True),
    "response.order, as it stood": Reader(_order_then, kind="task", slow=True),
    "responses": Reader(named_on("/response/"), kind="run", slow=True),
    "response": Reader(opened_by("/response/{}/"), kind="run", slow=True),
    "response.print": Reader(opened_by("/response/{}/print/"), kind="run", slow=True),
    "response.api": Reader(doors.runs_api, kind="run", slow=True),
    "shift": Reader(doors.told_on("/shift/"), kind="shift", slow=True, only=doors.may_do("write_shift")),
    "shift.handover": Reader(
        doors.told_on("/shift/handover/"), kind="shift", slow=True, only=doors.may_do("write_shift")
    ),
    "audit": Reader(doors.who_knew, slow=True, only=doors.may_do("ask_who_knew")),
    "audit.trail": Reader(doors.trailed, content=False, slow=True, only=doors.may_do("read_trail")),
    "audit.open": Reader(doors.opened_with_reason, slow=True, only=doors.may_do("read_trail")),
    "audit.due": Reader(doors.due, content=False, slow=True, only=doors.may_do("see_review")),
    "audit.glass": Reader(doors.glass_shown, content=False, slow=True, only=doors.may_do("see_review")),
    "glass notices": Reader(doors.told_of_glass, slow=True, only=doors.hears_of_glass),
    "purges": Reader(purge_doors.orders_of_purges, content=False, slow=True, only=doors.may_do("see_purges")),
    "purges.ask": Reader(purge_doors.purge_asked, content=False, slow=True, only=doors.may_do("see_purges")),
    "audit.proof": Reader(doors.proved, content=False, slow=True, only=doors.may_do("take_proof")),
}
