"""Where a report happened, set or corrected afterwards: by name, by a point, or from the position of an attached photo."""

import datetime
import uuid

from django.db import transaction

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.files.actions import Stored, Stream, store
from vedette.handling.policy import require
from vedette.kit.errors import Missing, Refused
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.reporting.actions.reports import index_report
from vedette.reporting.drafts import PlaceDraft, check_point, check_precision
from vedette.reporting.models import Placing, Report, Version

HOUSE = "the place that stands is closed by the next one"
# What a phone's receiver is good for among houses.
PHOTO_PRECISION_M = 50


def attach(by: Viewer | None, *, report: Report, stream: Stream, name: str) -> Stored:
    """Attach a file to a report; the position of a photo is offered beside it, for who may set the place."""
    stored = store(by, report.sheet, stream, name)
    if stored.offered_place:
        _offer(report, stored, now())
    return stored


def _offer(report: Report, stored: Stored, moment: datetime.datetime) -> None:
    """Keep a photo's position as an offer, once a file."""
    if Placing.objects.as_house("a photo offers its position once").filter(file=stored.file, offered=True).exists():
        return
    lat, lon = stored.offered_place or (None, None)
    Placing.objects.create(
        report=report,
        how=Placing.How.PHOTO,
        lat=lat,
        lon=lon,
        precision_m=PHOTO_PRECISION_M,
        file=stored.file,
        offered=True,
        since=moment,
        by_id=stored.file.by_id,
    )


@transaction.atomic
def set_place(
    by: Viewer | None, *, report: Report, place: PlaceDraft, because: str, photo: Placing | None = None
) -> Placing:
    """Say where a report happened, with the reason; what stood before is kept with its dates, what was offered is answered.

    `photo`: the offer whose position it takes.
    """
    viewer = require(by, "set_place", report.sheet)
    reason = clean_line("because", because, limit=300, required=True)
    name, (lat, lon) = clean_line("place", place.name), check_point(place)
    precision = check_precision(place.precision_m) if lat is not None else None
    if not name and lat is None:
        raise Refused("place", "No place is given.", "Type its name, pick it on the map, or write its coordinates.")
    row = Report.objects.as_house(HOUSE).select_for_update(of=("self",)).get(pk=report.pk)
    if (name, lat, lon, precision) == (row.place_name, row.lat, row.lon, row.precision_m):
        raise Refused("place", "This is the place that stands.", "Change it, or leave it.")
    moment = now()
    _close(row, moment)
    how = Placing.How.PHOTO if photo else Placing.How.TYPED if lat is None else Placing.How.POINT
    made: Placing = Placing.objects.create(
        report=row, how=how, place_name=name, lat=lat, lon=lon, precision_m=precision,
        file=photo.file if photo else None, since=moment, by_id=viewer.seat_id, because=reason,
    )  # fmt: skip
    report.place_name, report.lat, report.lon, report.precision_m = name, lat, lon, precision
    report.save(update_fields=["place_name", "lat", "lon", "precision_m"])
    newest = Version.objects.as_house(HOUSE).filter(report=row).order_by("-number")[0]
    index_report(report, {"text": newest.text, "language": newest.language, "gloss": newest.gloss})
    record(viewer, "report.placed", [report.pk], reason)
    announce("report.placed", report.pk)
    return made


def _close(row: Report, moment: datetime.datetime) -> None:
    """Close the place that stands and every open offer; of a report never placed since, keep where it was filed."""
    rows = Placing.objects.as_house(HOUSE).filter(report=row)
    if not rows.filter(offered=False).exists():
        sheet = row.sheet
        Placing.objects.create(
            report=row, how=Placing.How.FILED, place_name=row.place_name, lat=row.lat, lon=row.lon,
            precision_m=row.precision_m, since=sheet.filed_at, by_id=sheet.author_id,
        )  # fmt: skip
    rows.filter(until__isnull=True).update(until=moment)


def access_offer(viewer: Viewer | None, report: Report, key: uuid.UUID | None) -> Placing:
    """An open offer of one of the report's photos; Missing when there is none that the viewer may see."""
    rows = Placing.objects.seen_by(viewer).filter(report=report, offered=True, until__isnull=True)
    found: Placing | None = rows.select_related("file").filter(pk=key).first() if key else None
    if found is None:
        raise Missing
    return found
