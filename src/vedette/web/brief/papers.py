"""A brief as the PDF writer wants it: words and times, for one reader."""

import datetime

from vedette.agencies.viewer import Viewer
from vedette.formats.pdf.brief import BriefPaper
from vedette.kit.queries import installation_kind
from vedette.kit.time import now
from vedette.sharing.brief import Brief
from vedette.sharing.queries import Reach
from vedette.web.parts.times import age, both, hand, span, zone_of
from vedette.web.parts.words import SURE
from vedette.web.shell.context import home_of, kind_words

MOST_TOLD = 9


def paper_of(viewer: Viewer | None, brief: Brief) -> BriefPaper:
    """The paper of a brief; the watermark names who reads it."""
    zone_name, city = home_of(viewer)
    home, place = zone_of(zone_name), zone_of(brief.incident.zone)
    far, near = both(brief.moment, place, home, now())
    return BriefPaper(
        label=brief.label,
        title=brief.incident.title,
        reference=brief.incident.sheet.reference,
        as_of=f"{far} {brief.incident.city} · {near} {city}",
        began=age(brief.incident.began_at, brief.moment),
        bottom=brief.bottom,
        nexus=brief.nexus,
        facts=[
            {
                "fact": line.fact,
                "value": line.value,
                "also": line.also,
                "sure": str(SURE.get(line.sure, line.sure)),
                "rests": ", ".join(line.sheets),
                "struck": "1" if line.struck else "",
            }
            for line in brief.facts
        ],
        like=[{"name": one.entry.name, "why": "; ".join(one.analogue.reasons[:3])} for one in brief.like],
        did=[{"horizon": one.name, "said": f"{one.done} of {one.whole}. {'; '.join(one.titles)}"} for one in brief.did],
        told=[_told(row, home) for row in brief.matrix.rows[:MOST_TOLD]],
        untold=", ".join(unit.name for unit in brief.matrix.untold) if brief.matrix.rows else "",
        decide=brief.decide,
        sites=[{"number": str(one.number), "name": one.name, "at": hand(one.at, place)} for one in brief.sites],
        recipient=f"{viewer.agency_name}, {viewer.seat_label}" if viewer else "",
        notice=kind_words(installation_kind()),
    )


def _told(row: Reach, home: datetime.tzinfo) -> dict[str, str]:
    def at(moment: datetime.datetime | None) -> str:
        return hand(moment, home) if moment else "—"

    said = "recalled" if row.recalled else at(row.acknowledged)
    if row.late:
        said = f"silent {span((row.silent_minutes or 0) * 60)}"
    return {
        "name": row.name,
        "version": str(row.release.get_version_display()),
        "delivered": at(row.delivered),
        "opened": at(row.opened),
        "acknowledged": said,
        "silent": "1" if row.late else "",
    }
