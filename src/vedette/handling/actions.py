"""Making sheets, changing how they are handled, and opening one with a trace."""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from typing import Any, TypedDict, TypeVar, Unpack

from django.db import models, transaction

from vedette.agencies.models import Agency
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.classing import came_from_elsewhere, is_wider
from vedette.handling.explaining import Explained, explained
from vedette.handling.glass import record_openings
from vedette.handling.models import AccessClass, Addressee, Sheet, SheetChange
from vedette.handling.policy import auditor_only, require
from vedette.handling.queries import handling_of
from vedette.kit.errors import Forbidden, Missing, Refused
from vedette.kit.statements import fetch
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.live.actions import announce

Row = TypeVar("Row", bound=models.Model)


class Handled(TypedDict, total=False):
    """How a new sheet is handled, where it is not routine."""

    originator: Agency | None
    lodged_by: Agency | None
    kept_from: uuid.UUID | None
    sensitivity: int
    groups: Iterable[str]
    named_subject: bool
    codes: Iterable[str]
    caveats: Iterable[str]
    expires_at: datetime.datetime | None
    because: str


UNSAID: Handled = {
    "originator": None, "lodged_by": None, "kept_from": None, "sensitivity": 1, "groups": (), "named_subject": False, "codes": (),
    "caveats": (), "expires_at": None, "because": "",
}  # fmt: skip
# The next numbers under a prefix, the home agency and the class with exactly these three, in one statement: every
# record of the house pays for it (bench B10). Two at once wait for each other's number.
NEXT = """INSERT INTO handling_referencecounter AS counter (prefix, year, last) VALUES (%(prefix)s, %(year)s, %(count)s)
ON CONFLICT (prefix, year) DO UPDATE SET last = counter.last + %(count)s RETURNING last,
  (SELECT id FROM agencies_agency WHERE kind = 'home'),
  (SELECT id FROM handling_accessclass WHERE sensitivity = %(sensitivity)s AND groups = %(groups)s::varchar[]
    AND named_subject = %(named_subject)s)"""


def next_reference(prefix: str, moment: datetime.datetime) -> str:
    """The next speakable reference under a prefix, such as PAR-26-0412; unique, given in the same transaction."""
    return _next(prefix, moment, _three())[0][0]


def _next(
    prefix: str, moment: datetime.datetime, three: dict[str, Any], count: int = 1
) -> tuple[list[str], uuid.UUID, int | None]:
    """The next references, the home agency, and the class with these three, if there is one yet."""
    prefix = prefix.upper()[:12]
    ((last, home, known),) = fetch(NEXT, {"prefix": prefix, "year": moment.year, "count": count, **three})
    if home is None:
        raise Agency.DoesNotExist("There is no home agency before the set-up.")
    numbers = range(last - count + 1, last + 1)
    return [f"{prefix}-{moment.year % 100:02d}-{number:04d}" for number in numbers], home, known


def _three(sensitivity: int = 1, groups: Iterable[str] = (), named_subject: bool = False) -> dict[str, Any]:
    return {"sensitivity": sensitivity, "groups": sorted(set(groups)), "named_subject": named_subject}


def access_class(sensitivity: int = 1, groups: Iterable[str] = (), named_subject: bool = False) -> AccessClass:
    """The class with exactly these three; made when it is the first of its kind."""
    return AccessClass.objects.get_or_create(**_three(sensitivity, groups, named_subject))[0]


def new_sheet(by: Viewer | None, *, kind: str, prefix: str, **values: Unpack[Handled]) -> Sheet:
    """The control sheet of a new row, held by the home agency; originator defaults to it. One transaction with the row."""
    return new_sheets(by, 1, kind=kind, prefix=prefix, **values)[0]


def new_sheets(by: Viewer | None, count: int, *, kind: str, prefix: str, **values: Unpack[Handled]) -> list[Sheet]:
    """The control sheets of so many new rows that are handled alike, their references one after the other."""
    moment = now()
    given: Handled = {**UNSAID, **values}
    three = _three(given["sensitivity"], given["groups"], given["named_subject"])
    references, home, known = _next(prefix, moment, three, count)
    originator, seat = given["originator"], by.seat_id if by else None
    contained = AccessClass(id=known, **three) if known else access_class(**three)
    sheets = [
        Sheet(
            reference=reference,
            kind=kind,
            originator_id=originator.id if originator else home,
            holder_id=home,
            lodged_by=given["lodged_by"],
            author_id=seat,
            kept_from_id=given["kept_from"],
            access_class=contained,
            codes=sorted(set(given["codes"])),
            caveats=list(dict.fromkeys(given["caveats"])),
            filed_at=moment,
            expires_at=given["expires_at"],
        )
        for reference in references
    ]
    Sheet.objects.bulk_create(sheets)
    SheetChange.objects.bulk_create([_change(sheet, seat, given["because"], moment) for sheet in sheets])
    return sheets


def _change(sheet: Sheet, seat: uuid.UUID | None, because: str, moment: datetime.datetime) -> SheetChange:
    return SheetChange(sheet=sheet, handling=handling_of(sheet), since=moment, by=seat, because=because)


def record_handling(sheet: Sheet, by: Viewer | None, *, because: str, **changes: Any) -> Sheet:
    """Part of a verb: change a sheet's handling and keep what it was, dated."""
    for name, value in changes.items():
        setattr(sheet, name, value)
    sheet.save(update_fields=list(changes))
    moment = now()
    SheetChange.objects.filter(sheet=sheet, until__isnull=True).update(until=moment)
    _change(sheet, by.seat_id if by else None, because, moment).save()
    return sheet


def record_address(
    sheet: Sheet,
    *,
    agency: uuid.UUID | None = None,
    unit: uuid.UUID | None = None,
    seat: uuid.UUID | None = None,
    expires_at: datetime.datetime | None = None,
) -> Addressee:
    """Part of a verb: deliver a sheet to one agency, unit or seat from now until it expires."""
    return Addressee.objects.create(
        sheet=sheet, agency_id=agency, unit_id=unit, seat_id=seat, since=now(), expires_at=expires_at
    )


@transaction.atomic
def reclassify(
    by: Viewer | None, *, sheet: Sheet, sensitivity: int, groups: Iterable[str], named_subject: bool, because: str
) -> Sheet:
    """Change who may see a record; a reason is required, what stood before is kept.

    What came from another agency is only ever made narrower here: whose word it is decides who else may have it.
    """
    viewer = require(by, "reclassify", sheet)
    reason = clean_line("because", because, limit=300, required=True)
    if sensitivity not in (1, 2, 3, 4):
        raise Refused("sensitivity", f"{sensitivity} is not a sensitivity.", "Choose 1 routine to 4 named readers.")
    locked = Sheet.objects.select_for_update(of=("self",)).select_related("access_class")
    standing = locked.get(pk=sheet.pk)
    three = (sensitivity, sorted(set(groups)), named_subject)
    if came_from_elsewhere(standing) and is_wider(standing.access_class, *three):
        raise Refused(
            "sensitivity",
            "This came from another agency: who else may see it is that agency's to say.",
            "Ask that agency for it; narrower you may make it at once.",
        )
    record_handling(standing, viewer, because=reason, access_class=access_class(*three))
    record(viewer, "sheet.reclassified", [sheet.id], reason)
    announce("sheet.changed", sheet.id)
    return standing


@transaction.atomic
def open_one(viewer: Viewer | None, model: type[Row], key: uuid.UUID | None, reason: str = "") -> Row:
    """Open one governed row: the list's own condition narrowed to its key, and an audit entry; Missing tells nothing.

    An auditor may open any row, but only with a typed reason.
    """
    if viewer is None or key is None:
        raise Missing
    rows: models.QuerySet[Row]
    if auditor_only(viewer):
        if not reason.strip():
            raise Refused("reason", "An auditor opens content only with a reason.", "Type why you need to read it.")
        rows = model.objects.as_house("an auditor opens one record with a reason")  # type: ignore[attr-defined]
    else:
        rows = model.objects.seen_by(viewer)  # type: ignore[attr-defined]
    row = rows.select_related("sheet", "sheet__access_class", "sheet__originator").filter(pk=key).first()
    if row is None:
        raise Missing
    record(viewer, "sheet.opened", [key], reason)
    record_openings(viewer, [row.sheet_id], opened=True)  # type: ignore[attr-defined]
    return row


def check_not_auditing(viewer: Viewer | None) -> None:
    """A screen of work shows an auditor nothing, so it refuses before it writes down an opening that showed nothing."""
    if viewer is not None and auditor_only(viewer):
        raise Forbidden(
            "An auditor reads no screen of the desk.",
            "Open the record by its reference under Audit, in its trail, with a reason.",
        )


@transaction.atomic
def explain_sheet(by: Viewer | None, *, reference: str) -> Explained:
    """Why the viewer sees a record, and how it is handled; Missing tells nothing, and that he asked is written down."""
    viewer = require(by, "explain")
    found = explained(viewer, reference)
    record(viewer, "sheet.explained", [found.sheet.id])
    return found


@transaction.atomic
def log_shown(shown: Mapping[Viewer, Iterable[uuid.UUID]]) -> None:
    """Write down which rows were pushed to the open screens of these viewers: one entry a viewer, as of a list."""
    for viewer, ids in shown.items():
        record_list(viewer, ids)


def record_list(viewer: Viewer, ids: Iterable[uuid.UUID]) -> None:
    """Write down that a page of these rows was shown to this viewer: one entry a page."""
    shown = list(ids)
    if shown:
        record(viewer, "sheet.listed", shown)
        record_openings(viewer, shown, opened=False)
