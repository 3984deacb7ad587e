"""The trail of a sheet: every act and every reading that the log tells of it, in sentences, in order of time."""

import datetime
import uuid
from dataclasses import dataclass, field

from django.db.models import OuterRef, QuerySet, Subquery

from vedette.account.scope import oversees, references, sheet_named
from vedette.agencies.models import Seat
from vedette.agencies.queries import full_labels
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.audit.codes import sentence
from vedette.audit.models import Checkpoint, Entry
from vedette.handling.models import Sheet
from vedette.handling.policy import require

MOST = 400
LISTED = "sheet.listed"
# What shows that somebody had it in hand or told another; the page gives these the full dot.
TOLD = frozenset({"sheet.opened", "sheet.read", "delivery.acknowledged", "delivery.acted", "task.acknowledged"})
GRAVE = frozenset({"report.withdrawn", "release.recalled", "sheet.purged", "glass.broken", "sheet.reclassified"})


@dataclass
class Sentence:
    """One line of a trail: who did what when, which other records it names, why, and where it stands in the log."""

    entry: uuid.UUID
    who: str
    code: str
    text: str
    shown_at: datetime.datetime
    real_at: datetime.datetime
    others: list[str] = field(default_factory=list)
    reason: str = ""
    seq: int | None = None
    checkpoint: int | None = None
    times: int = 1
    last_at: datetime.datetime | None = None

    @property
    def sealed(self) -> bool:
        """Whether it has its place in the log."""
        return self.seq is not None

    @property
    def tone(self) -> str:
        """How the page marks it: `hot` for what took something back or opened it wider, `done` for what informed."""
        return "hot" if self.code in GRAVE else ("done" if self.code in TOLD else "")


@dataclass(frozen=True)
class Trail:
    """A sheet and its sentences; `more` are those beyond the length of a page."""

    sheet: Sheet
    sentences: list[Sentence]
    readers: list[str]
    more: int = 0


def trail(by: Viewer | None, reference: str, *, whole: bool = False) -> Trail:
    """The trail of one sheet; lists are folded, one line a seat, unless the whole is asked. Missing tells nothing."""
    viewer = require(by, "read_trail")
    sheet = sheet_named(viewer, reference)
    entries = list(entries_about(viewer, sheet)[: None if whole else 5 * MOST])
    record(viewer, "account.trailed", [sheet.id])
    said = _sentences(viewer, sheet, entries)
    told = said if whole else _folded(said)
    readers = list(dict.fromkeys(line.who for line in said if line.code in TOLD))
    return Trail(sheet, told if whole else told[-MOST:], readers, 0 if whole else max(0, len(told) - MOST))


def entries_about(viewer: Viewer, sheet: Sheet) -> QuerySet[Entry]:
    """The entries that name a sheet, oldest first; who is not the auditor does not hear that the auditor looked."""
    rows = Entry.objects.filter(id__gte=_floor(sheet.id), objects_ids__contains=[sheet.id])
    if not oversees(viewer):
        rows = rows.exclude(code__startswith="account.")
    under = Checkpoint.objects.filter(size__gt=OuterRef("seq")).order_by("size").values("size")[:1]
    return rows.annotate(under=Subquery(under)).order_by("real_at", "id")


def _floor(sheet: uuid.UUID) -> uuid.UUID:
    """The least id an entry about a sheet can have: both carry their time, and the log is read from there on only."""
    made = max(0, (sheet.int >> 80) - 3_600_000) if sheet.version == 7 else 0
    return uuid.UUID(int=made << 80)


def _sentences(viewer: Viewer, sheet: Sheet, entries: list[Entry]) -> list[Sentence]:
    names = full_labels(entry.actor for entry in entries)
    named = {key for entry in entries if not _folds(entry.code) for key in entry.objects_ids}
    known = references(viewer, named)
    hidden = _sheets_hidden(viewer, named, known)
    auditors = _auditors(viewer, entries)
    found = []
    for entry in entries:
        mute = entry.actor in auditors or bool(hidden & set(entry.objects_ids))
        others = [known[key] for key in entry.objects_ids if key in known and key != sheet.id]
        found.append(
            Sentence(
                entry=entry.id,
                who=names.get(entry.actor, "") if entry.actor else "",
                code=entry.code,
                text=_text(entry.code),
                shown_at=entry.shown_at,
                real_at=entry.real_at,
                others=[] if _folds(entry.code) else others,
                reason="" if mute else entry.reason,
                seq=entry.seq,
                checkpoint=entry.under,  # type: ignore[attr-defined]
            )
        )
    return found


def _folds(code: str) -> bool:
    """Lists and the auditor's own looking: they name many records, come often, and stand as one line a seat."""
    return code == LISTED or code.startswith("account.")


def _text(code: str) -> str:
    try:
        return sentence(code)
    except KeyError:
        return code  # a code of a room that this house no longer has


def _sheets_hidden(viewer: Viewer, named: set[uuid.UUID], known: dict[uuid.UUID, str]) -> set[uuid.UUID]:
    """Sheets this viewer may not hear of: a reason typed about them and ours together is not shown."""
    if oversees(viewer):
        return set()
    return set(Sheet.objects.filter(id__in=named - known.keys()).values_list("id", flat=True))


def _auditors(viewer: Viewer, entries: list[Entry]) -> set[uuid.UUID]:
    """The auditors' seats among the actors: why an auditor looked is not for those he looks at."""
    if oversees(viewer):
        return set()
    actors = {entry.actor for entry in entries if entry.actor}
    return set(Seat.objects.filter(id__in=actors, roles__contains=["auditor"]).values_list("id", flat=True))


def _folded(said: list[Sentence]) -> list[Sentence]:
    """Lists as one line a seat, at their first time, with how often and until when."""
    first: dict[tuple[str, str], Sentence] = {}
    found = []
    for line in said:
        known = first.get((line.who, line.code)) if _folds(line.code) else None
        if known is not None:
            known.times += 1
            known.last_at = line.shown_at
            continue
        if _folds(line.code):
            first[line.who, line.code] = line
        found.append(line)
    return found
