"""Reports as they stood at a moment past: where they were said to have happened, what linked them to our city, whether they stood."""

import datetime
import uuid
from collections.abc import Mapping

from vedette.kit.dated import in_force
from vedette.reporting.models import NexusAnswer, Placing, Report, Rooting

ASKED = "the wording under the same sheet was just asked for this viewer"


def look_back(reports: Mapping[uuid.UUID, Report], moment: datetime.datetime) -> None:
    """Write over the columns of these rows, which are read and never saved, what was known of them at a moment.

    Whoever draws them then needs not know that it is the past: what was placed, answered, confirmed or withdrawn later
    was not so then. Who may see them is asked before, of now.
    """
    placings = Placing.objects.as_house(ASKED).filter(in_force(moment), report__in=list(reports), offered=False)
    for placing in placings:
        report = reports[placing.report_id]
        report.place_name, report.precision_m = placing.place_name, placing.precision_m
        report.lat, report.lon = placing.lat, placing.lon
    for answer in NexusAnswer.objects.as_house(ASKED).filter(in_force(moment), report__in=list(reports)):
        report = reports[answer.report_id]
        report.nexus, report.nexus_note, report.nexus_asked = answer.status, answer.note, answer.asked
    _look_back_at_sources(reports, moment)
    for report in reports.values():
        sheet = report.sheet
        if sheet.withdrawn_at is not None and sheet.withdrawn_at > moment:
            sheet.withdrawn_at, sheet.withdrawn_because, sheet.replaced_by_id = None, "", None
        if report.confirmed_at is not None and report.confirmed_at > moment:
            report.confirmed_at = None


def _look_back_at_sources(reports: Mapping[uuid.UUID, Report], moment: datetime.datetime) -> None:
    """What each source was known to go back to; one that nobody had spoken of by then went back to nobody knew what."""
    said: dict[uuid.UUID, Rooting | None] = {}
    for row in Rooting.objects.filter(source__in={report.source_id for report in reports.values()}).order_by("since"):
        said.setdefault(row.source_id, None)
        if row.since <= moment:
            said[row.source_id] = row
    for report in reports.values():
        if report.source_id in said:
            stood = said[report.source_id]
            report.source.root_id = stood.root_id if stood else None
            report.source.root_known = stood.known if stood else False
