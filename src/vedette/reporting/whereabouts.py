"""Where an officer was last known to be: the phone is not followed, so from what he himself told."""

from vedette.agencies.viewer import Viewer
from vedette.programme.safety import LastKnown, last_sign
from vedette.reporting.models import Report


def last_known(viewer: Viewer | None) -> LastKnown | None:
    """The newer of the viewer's own last sign of life and his last report with a place."""
    if viewer is None:
        return None
    rows = Report.objects.seen_by(viewer).filter(sheet__author=viewer.seat_id, lat__isnull=False)
    report = rows.select_related("sheet").order_by("-sheet__filed_at").first()
    told = None
    if report is not None:
        told = LastKnown(report.observed_at, report.place_name, report.lat, report.lon, report.precision_m, "report")
    given = last_sign(viewer, viewer.seat_id)
    return max((one for one in (told, given) if one), key=lambda one: one.at, default=None)
