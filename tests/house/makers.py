"""The rows under a world's sheets, by kind; a room that brings a governed table adds its maker to MAKERS."""

import hashlib
import io
from collections.abc import Callable, Iterable
from dataclasses import replace

from tests.cast import WORD, Cast
from tests.house.facts import HOUR, SheetFacts
from vedette.files import vault
from vedette.files.models import StoredFile
from vedette.funding.models import Expense, ExpenseState
from vedette.handling.actions import access_class
from vedette.handling.models import Addressee, Sheet
from vedette.handsets.models import Handset, Packet, Passage, Upload
from vedette.incidents.models import Incident, Standing, Topic
from vedette.kit.ids import new_id
from vedette.kit.time import now
from vedette.programme.models import (
    Agreement,
    AgreementPaper,
    Contact,
    ContactCard,
    Duress,
    Meeting,
    Mission,
    MissionState,
    Observation,
    Promise,
    SafetyCheck,
)
from vedette.reporting.models import Grade, Received, Report, Request, RequestState, Source, TeamQuestion, Version
from vedette.response.actions import load_playbooks
from vedette.response.models import OrderState, Run, ShiftEntry, Task
from vedette.sharing.models import Delivery, Paragraph, Recipient, Release, Sending


def words_of(facts: SheetFacts) -> str:
    """What the row of a sheet says: words every row has, and a secret only it has."""
    return f"A {WORD} crowd, secret {facts.id.hex}."


def reports(cast: Cast, sheets: list[SheetFacts]) -> None:
    """Flash reports from post A."""
    post = cast.posts["a"]
    source = Source.objects.get_or_create(post=post, label="not stated", kind="unknown")[0]
    rows = [
        Report(
            sheet_id=facts.id, post=post, kind="flash", client_id=facts.id, client_digest=b"0" * 32,
            observed_at=facts.filed, observed_zone=post.zone, source=source, place_name="north gate",
        )
        for facts in sheets
    ]  # fmt: skip
    Report.objects.bulk_create(rows)
    texts = [words_of(facts) for facts in sheets]
    Version.objects.bulk_create(
        Version(report=row, number=1, text=text, at=row.observed_at) for row, text in zip(rows, texts, strict=True)
    )
    Grade.objects.bulk_create(
        Grade(report=row, reliability="B", credibility="2", since=row.observed_at) for row in rows
    )

    sent_by_phone(cast, rows)


def sent_by_phone(cast: Cast, rows: list[Report]) -> None:
    """The way each report took from one phone, and a file of each that is still to come."""
    phone, _ = Handset.objects.get_or_create(
        seat=cast.seats["officer_a"], defaults={"token": b"0" * 32, "wrapped": b"0" * 60, "since": now()}
    )
    moments = {"written_at": now(), "received_at": now(), "device_written_at": now(), "device_sent_at": now()}
    Passage.objects.bulk_create(
        Passage(
            report=row, handset=phone, server_at=now(), offset_ms=0, clock_wrong=False, clock_changed=False, **moments
        )
        for row in rows
    )
    Packet.objects.bulk_create(
        Packet(client_id=row.pk, handset=phone, kind="report", digest=b"0" * 32, received_at=now()) for row in rows
    )
    Upload.objects.bulk_create(
        Upload(
            id=row.pk, packet_id=row.pk, sheet_id=row.pk, name=f"secret {row.pk.hex}", size=1, sealed_size=25,
            sha256=b"0" * 32, wrapped_key=b"0" * 60, since=now(), touched_at=now(),
        )
        for row in rows
    )  # fmt: skip


def received(cast: Cast, sheets: list[SheetFacts]) -> None:
    """What another agency sent."""
    Received.objects.bulk_create(
        Received(sheet_id=one.id, sender="a bureau", channel="call", received_at=one.filed, text=words_of(one))
        for one in sheets
    )


def requests(cast: Cast, sheets: list[SheetFacts]) -> None:
    """Questions nobody has routed yet."""
    rows = [
        Request(sheet_id=one.id, question=words_of(one), why="a case", due_at=one.filed + 100 * HOUR) for one in sheets
    ]
    Request.objects.bulk_create(rows)
    RequestState.objects.bulk_create(
        RequestState(request=row, state="asked", since=facts.filed) for row, facts in zip(rows, sheets, strict=True)
    )


def incidents(cast: Cast, sheets: list[SheetFacts]) -> None:
    """Incidents that are going on."""
    rows = [Incident(sheet_id=one.id, title=words_of(one), began_at=one.filed) for one in sheets]
    Incident.objects.bulk_create(rows)
    Standing.objects.bulk_create(
        Standing(incident=row, state="active", title=row.title, since=row.began_at) for row in rows
    )


def safety_checks(cast: Cast, sheets: list[SheetFacts]) -> None:
    """Signs of life that one officer owes."""
    SafetyCheck.objects.bulk_create(
        SafetyCheck(
            sheet_id=one.id, seat=cast.seats["officer_a"], due=one.filed + (100 + n) * HOUR, zone="UTC",
            since=one.filed, note=words_of(one),
        )
        for n, one in enumerate(sheets)
    )  # fmt: skip


def duresses(cast: Cast, sheets: list[SheetFacts]) -> None:
    """Alarms of one officer that nobody has closed."""
    Duress.objects.bulk_create(
        Duress(
            sheet_id=one.id, seat=cast.seats["officer_a"], at=one.filed, told_at=one.filed, position_at=one.filed,
            place=words_of(one),
        )
        for one in sheets
    )  # fmt: skip


def topics(cast: Cast, sheets: list[SheetFacts]) -> None:
    """Standing questions of the analyst, to be looked at again in a year."""
    owner, day = cast.seats["analyst"], (now() + 365 * 24 * HOUR).date()
    Topic.objects.bulk_create(
        Topic(sheet_id=one.id, title=words_of(one), wanted=words_of(one), owner=owner, review_on=day) for one in sheets
    )


def sheet_of(facts: SheetFacts, kind: str, known: dict[tuple[object, ...], int]) -> Sheet:
    """The control sheet that facts tell of; `known` remembers the access classes already made."""
    named = (facts.sensitivity, facts.groups, facts.named)
    if named not in known:
        known[named] = access_class(*named).id
    return Sheet(
        id=facts.id, reference=facts.reference, kind=kind, originator_id=facts.originator, holder_id=facts.holder,
        lodged_by_id=facts.lodged_by, author_id=facts.author, kept_from_id=facts.kept_from, access_class_id=known[named], filed_at=facts.filed,
        expires_at=facts.expires, withdrawn_at=facts.withdrawn, purged_at=facts.purged,
        withdrawn_because="It was wrong." if facts.withdrawn else "",
    )  # fmt: skip


def addressees(sheets: Iterable[SheetFacts]) -> list[Addressee]:
    """The rows that say to whom sheets were delivered."""
    return [
        Addressee(
            sheet_id=facts.id, since=to.since, expires_at=to.expires, recalled_at=to.recalled,
            recalled_because="Sent in error." if to.recalled else "", **{f"{to.to}_id": to.whom},
        )
        for facts in sheets
        for to in facts.deliveries
    ]  # fmt: skip


def contacts(cast: Cast, sheets: list[SheetFacts]) -> None:
    """What is written of contacts of post A."""
    found = Contact.objects.bulk_create(Contact(sheet_id=facts.id, post=cast.posts["a"]) for facts in sheets)
    ContactCard.objects.bulk_create(
        ContactCard(contact=row, role=words_of(facts)[:200], reach="line", since=facts.filed)
        for row, facts in zip(found, sheets, strict=True)
    )


def meetings(cast: Cast, sheets: list[SheetFacts]) -> None:
    """Meetings with one contact that every home seat sees."""
    home = cast.agencies["home"].id
    facts = SheetFacts(id=new_id(), holder=home, originator=home, filed=sheets[0].filed)
    sheet = Sheet.objects.bulk_create([sheet_of(facts, "contact", {})])[0]
    contact = Contact.objects.create(sheet=sheet, post=cast.posts["a"])
    ContactCard.objects.create(contact=contact, role="liaison", reach="line", since=facts.filed)
    rows = [Meeting(sheet_id=each.id, contact=contact, met_at=each.filed, text=words_of(each)) for each in sheets]
    Meeting.objects.bulk_create(rows)
    Promise.objects.bulk_create(
        Promise(meeting=row, whose="ours", text=words_of(each)[:300], since=each.filed)
        for row, each in zip(rows, sheets, strict=True)
    )


def missions(cast: Cast, sheets: list[SheetFacts]) -> None:
    """Missions that were asked for."""
    rows = Mission.objects.bulk_create(
        Mission(
            sheet_id=facts.id, title=words_of(facts), kind="training", origin="host", country="FR",
            wanted_from=facts.filed.date(), wanted_days=10, team=2,
        )
        for facts in sheets
    )  # fmt: skip
    MissionState.objects.bulk_create(
        MissionState(mission=row, state="asked", since=facts.filed) for row, facts in zip(rows, sheets, strict=True)
    )
    Observation.objects.bulk_create(
        Observation(mission=row, element="planning", text=row.title, since=facts.filed)
        for row, facts in zip(rows, sheets, strict=True)
    )
    TeamQuestion.objects.bulk_create(
        TeamQuestion(mission=row, number=1, text=row.title, since=facts.filed)
        for row, facts in zip(rows, sheets, strict=True)
    )


def agreements(cast: Cast, sheets: list[SheetFacts]) -> None:
    """Versions of the paper of one agreement."""
    terms = Agreement.objects.get_or_create(
        key="terms-of-the-world", defaults={"title": "Terms", "partner": cast.agencies["host"], "kind": "posting"}
    )[0]
    AgreementPaper.objects.bulk_create(
        AgreementPaper(sheet_id=facts.id, agreement=terms, number=place, added=facts.filed)
        for place, facts in enumerate(sheets, AgreementPaper.objects.as_house("what a world wrote").count() + 1)
    )


def expenses(cast: Cast, sheets: list[SheetFacts]) -> None:
    """Costs of post A that nobody settled yet."""
    rows = Expense.objects.bulk_create(
        Expense(
            sheet_id=facts.id, post=cast.posts["a"], item="rent", category="lodging", note=words_of(facts)[:300],
            day=facts.filed.date(), amount=1, currency="USD", rate=1, rate_day=facts.filed.date(), base_amount=1,
        )
        for facts in sheets
    )  # fmt: skip
    ExpenseState.objects.bulk_create(
        ExpenseState(expense=row, state="entered", since=facts.filed) for row, facts in zip(rows, sheets, strict=True)
    )


def releases(cast: Cast, sheets: list[SheetFacts]) -> None:
    """Signed releases with a paragraph each, addressed to whom their sheets were delivered."""
    by = cast.seats["releasing"]
    rows = Release.objects.bulk_create(
        Release(
            sheet_id=facts.id, version="police", title=words_of(facts), label="AMBER", drafted_by=by,
            drafted_at=facts.filed, facts_at=facts.filed, expires_at=facts.filed + 9999 * HOUR,
        )
        for facts in sheets
    )  # fmt: skip
    pairs = list(zip(rows, sheets, strict=True))
    Paragraph.objects.bulk_create(Paragraph(release=row, position=1, text=words_of(facts)) for row, facts in pairs)
    known = {(row.pk, to.to, to.whom): (row, to) for row, facts in pairs for to in facts.deliveries}
    addressed = Recipient.objects.bulk_create(
        Recipient(release=row, **{f"{to.to}_id": to.whom}) for row, to in known.values()
    )
    Delivery.objects.bulk_create(
        Delivery(release=row, recipient=to, delivered_at=given.since)
        for to, (row, given) in zip(addressed, known.values(), strict=True)
    )
    Sending.objects.bulk_create(Sending(release=row, what="release", whole=1, since=now()) for row in rows)
    house = Release.objects.as_house("a world is signed at once").filter(pk__in=[row.pk for row in rows])
    house.update(signed_at=now(), signed_by=by, body=b"{}", digest=b"0" * 32)


def runs(cast: Cast, sheets: list[SheetFacts]) -> None:
    """Responses that run, each for its own incident, which is for the same eyes."""
    plan = next(row for row in load_playbooks() if row.plan.horizons)
    under, known = [replace(facts, id=new_id()) for facts in sheets], {}
    Sheet.objects.bulk_create(sheet_of(facts, "incident", known) for facts in under)
    Addressee.objects.bulk_create(addressees(under))
    pairs = list(zip(sheets, under, strict=True))
    Incident.objects.bulk_create(
        Incident(sheet_id=below.id, title=words_of(facts), began_at=facts.filed) for facts, below in pairs
    )
    Run.objects.bulk_create(
        Run(sheet_id=facts.id, incident_id=below.id, playbook=plan, basis_id=below.id, started_at=facts.filed)
        for facts, below in pairs
    )


def tasks(cast: Cast, sheets: list[SheetFacts]) -> None:
    """Tasks of one response that every home seat sees, given to the unit their sheets were delivered to."""
    home = cast.agencies["home"].id
    facts = SheetFacts(id=new_id(), holder=home, originator=home, filed=sheets[0].filed)
    Sheet.objects.bulk_create([sheet_of(facts, "run", {})])
    runs(cast, [facts])
    run = Run.objects.as_house("whose tasks a world wrote").get(pk=facts.id)
    units = {each.id: next((to.whom for to in each.deliveries if to.to == "unit"), None) for each in sheets}
    Task.objects.bulk_create(
        Task(
            sheet_id=each.id, run=run, horizon="minutes", kind="patrol", title=words_of(each), unit_id=units[each.id],
            basis_id=each.id, given_at=each.filed, due_at=each.filed + 100 * HOUR,
        )
        for each in sheets
    )  # fmt: skip
    OrderState.objects.bulk_create(
        OrderState(order_id=key, state="given" if unit else "open", unit_id=unit, since=facts.filed)
        for key, unit in units.items()
    )


def files(cast: Cast, sheets: list[SheetFacts]) -> None:
    """A file on each of some reports, whose id is that of its sheet."""
    reports(cast, sheets)
    for facts in sheets:
        said = words_of(facts).encode()
        address, key = vault.put(io.BytesIO(said))
        StoredFile.objects.create(
            id=facts.id, sheet_id=facts.id, name="note.txt", kind="text/plain", size=len(said), address=address,
            sha256=hashlib.sha256(said).digest(), wrapped_key=vault.wrap(key, facts.id.bytes), at=facts.filed,
        )  # fmt: skip


def shift_entries(cast: Cast, sheets: list[SheetFacts]) -> None:
    """Lines of the watch's log."""
    ShiftEntry.objects.bulk_create(ShiftEntry(sheet_id=facts.id, text=words_of(facts)) for facts in sheets)


MAKERS: dict[str, Callable[[Cast, list[SheetFacts]], None]] = {
    "report": reports,
    "received": received,
    "request": requests,
    "incident": incidents,
    "topic": topics,
    "contact": contacts,
    "meeting": meetings,
    "mission": missions,
    "agreement": agreements,
    "expense": expenses,
    "release": releases,
    "run": runs,
    "task": tasks,
    "file": files,
    "shift": shift_entries,
    "safety": safety_checks,
    "duress": duresses,
}
