"""Who is asked about, and about what: a person, seat, unit or agency; a reference, an incident, or words."""

import datetime
import re
import uuid
from dataclasses import dataclass, field

from django.db.models import Q

from vedette.account.scope import rows_for, sheets_for
from vedette.agencies.models import Agency, Person, Seat, Unit
from vedette.agencies.viewer import Viewer
from vedette.handling.models import Sheet
from vedette.incidents.models import Link
from vedette.kit.errors import Refused
from vedette.kit.ids import parse_id
from vedette.response.models import Task
from vedette.search import queries as search
from vedette.sharing.models import Release, Rest

MOST = 200
REFERENCE = re.compile(r"\w{1,12}-\d\d-\d{4,}")


@dataclass(frozen=True)
class Whom:
    """A person, seat, unit or agency: how it is called, and every seat that is or was its."""

    key: str
    words: str
    seats: list[Seat]


@dataclass
class Subject:
    """What is asked about: the sheets, and for each why it belongs (empty for the thing itself)."""

    words: str
    sheets: list[Sheet] = field(default_factory=list)
    through: dict[uuid.UUID, str] = field(default_factory=dict)
    more: bool = False


def whom(key: str) -> Whom:
    """The one a key such as `seat:<id>` names; Refused when it names nobody."""
    kind, _, text = key.partition(":")
    wanted = parse_id(text)
    fields = {"seat": "id", "person": "person", "unit": "unit", "agency": "agency"}
    if wanted is None or kind not in fields:
        raise Refused("who", "That is nobody here.", "Choose a person, unit or partner.")
    # Oldest first: whoever moved on is still asked about.
    seats = Seat.objects.filter(**{fields[kind]: wanted}).select_related("agency", "unit", "person")
    words = _called(kind, wanted)
    if not words:
        raise Refused("who", "That is nobody here.", "Choose a person, unit or partner.")
    return Whom(key, words, list(seats.order_by("since", "label")))


def _called(kind: str, wanted: uuid.UUID) -> str:
    tables = {"person": (Person, "label"), "seat": (Seat, "label"), "unit": (Unit, "name"), "agency": (Agency, "name")}
    model, name = tables[kind]
    found: str | None = model.objects.filter(id=wanted).values_list(name, flat=True).first()  # type: ignore[attr-defined]
    return found or ""


def everyone() -> dict[str, list[tuple[str, str]]]:
    """Whom one may ask about, in groups: our seats, people of several seats, our units, partners, their seats."""
    seats = list(Seat.objects.select_related("agency", "person").order_by("label"))
    held: dict[uuid.UUID, int] = {}
    for seat in seats:
        held[seat.person_id] = held.get(seat.person_id, 0) + 1
    people = {seat.person_id: seat.person.label for seat in seats if held[seat.person_id] > 1}
    partners = Agency.objects.exclude(kind=Agency.Kind.HOME).order_by("name")
    ours = [seat for seat in seats if seat.agency.kind == Agency.Kind.HOME]
    theirs = [seat for seat in seats if seat.agency.kind != Agency.Kind.HOME]
    return {
        "ours": [(f"seat:{seat.id}", seat.label) for seat in ours],
        "people": [(f"person:{key}", label) for key, label in people.items()],
        "units": [(f"unit:{row.id}", row.name) for row in Unit.objects.order_by("name")],
        "partners": [(f"agency:{row.id}", row.name) for row in partners],
        "theirs": [(f"seat:{seat.id}", f"{seat.label}, {seat.agency.name}") for seat in theirs],
    }


def subject(viewer: Viewer | None, text: str, moment: datetime.datetime) -> Subject:
    """What a text names: a reference (an incident with all that belonged to it then), else words, searched as the asker."""
    asked = text.strip()[:200]
    named = sheets_for(viewer).filter(reference__iexact=asked[:40]).select_related("access_class").first()
    if named is None and REFERENCE.fullmatch(asked):
        # A near spelling of a reference is another record: better no answer than that one.
        return Subject(asked)
    if named is None:
        ids = {hit.sheet_id: "" for hit in search.find(viewer, asked, limit=MOST + 1)}
        return _of(viewer, Subject(f"“{asked}”"), ids)
    ids = {named.id: ""}
    if named.kind == "incident":
        ids |= _of_incident(viewer, named.id, moment)
    ids |= _resting_on(viewer, list(ids), named.kind, {named.id: named.reference})
    return _of(viewer, Subject(named.reference), ids)


def _of(viewer: Viewer | None, found: Subject, ids: dict[uuid.UUID, str]) -> Subject:
    rows = sheets_for(viewer).filter(id__in=ids).select_related("access_class").order_by("filed_at", "id")
    found.sheets = list(rows[: MOST + 1])
    found.more = len(found.sheets) > MOST
    found.sheets, found.through = found.sheets[:MOST], ids
    return found


def _of_incident(viewer: Viewer | None, incident: uuid.UUID, moment: datetime.datetime) -> dict[uuid.UUID, str]:
    """The reports linked at the moment, the releases and the tasks of an incident."""
    stood = Q(since__lte=moment) & (Q(until__isnull=True) | Q(until__gt=moment))
    linked = rows_for(viewer, Link).filter(stood, incident=incident).values_list("report_id", flat=True)
    releases = rows_for(viewer, Release).filter(incident=incident).values_list("pk", flat=True)
    tasks = rows_for(viewer, Task).filter(run__incident=incident).values_list("pk", flat=True)
    return {**dict.fromkeys(linked, "linked"), **dict.fromkeys(tasks, "task"), **dict.fromkeys(releases, "release")}


def _resting_on(
    viewer: Viewer | None, ids: list[uuid.UUID], kind: str, names: dict[uuid.UUID, str]
) -> dict[uuid.UUID, str]:
    """Releases of which a paragraph rests on one of these, and tasks given on its basis: who read them was told."""
    if kind not in ("report", "received", "request"):
        return {}
    rests = rows_for(viewer, Rest).filter(sheet__in=ids).values_list("paragraph__release_id", "sheet_id")
    tasks = rows_for(viewer, Task).filter(basis__in=ids).values_list("pk", flat=True)
    found = {release: "release" for release, _sheet in rests}
    return {**dict.fromkeys(tasks, "task"), **{key: why for key, why in found.items() if key not in names}}
