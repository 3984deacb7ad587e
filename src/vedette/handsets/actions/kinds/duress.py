"""`duress`: the app was opened by the other PIN. The answer holds nothing that tells of it."""

from vedette.agencies.viewer import Viewer
from vedette.handsets.opened import Opened, Taken
from vedette.programme.actions import report_duress
from vedette.programme.safety import LastKnown, last_sign
from vedette.reporting.models import Report


def take(by: Viewer | None, packet: Opened) -> Taken:
    """Raise the alarm with what is known: when, by which phone, and where the officer last was."""
    clocks = packet.clocks
    report_duress(
        by,
        at=clocks.moment("written_at", clocks.written_ms),
        handset=packet.handset.id,
        handset_label=packet.handset.label,
        last=_last_known(by),
    )
    return Taken(packet.client_id)


def _last_known(by: Viewer | None) -> LastKnown | None:
    """The newer of his last sign of life and his last report with a place."""
    if by is None:
        return None
    rows = Report.objects.seen_by(by).filter(sheet__author=by.seat_id, lat__isnull=False)
    report = rows.select_related("sheet").order_by("-sheet__filed_at").first()
    told = None
    if report is not None:
        told = LastKnown(report.observed_at, report.place_name, report.lat, report.lon, report.precision_m, "report")
    given = last_sign(by, by.seat_id)
    return max((one for one in (told, given) if one), key=lambda one: one.at, default=None)
