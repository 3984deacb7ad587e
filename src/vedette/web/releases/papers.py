"""A release as the PDF writer wants it: rows in, for one reader."""

from vedette.agencies.queries import home_agency
from vedette.agencies.viewer import Viewer
from vedette.formats.pdf.release import ReleasePaper
from vedette.kit.queries import installation_kind
from vedette.kit.time import now
from vedette.sharing.models import Release
from vedette.sharing.queries import paragraphs_of
from vedette.web.parts.times import stamp, zone_of
from vedette.web.shell.context import kind_words


def paper_of(
    viewer: Viewer | None, release: Release, recipient: str = "", texts: list[str] | None = None
) -> ReleasePaper:
    """The paper of a release; the watermark names who reads it."""
    home = home_agency()
    zone = zone_of(home.zone)
    kept = (
        [row.paragraph.text for row in paragraphs_of(viewer, release) if row.paragraph.state == "kept"]
        if texts is None
        else texts
    )
    moment = release.signed_at or release.drafted_at
    return ReleasePaper(
        label=release.tlp,
        reference=release.sheet.reference,
        title=release.title,
        version=str(release.get_version_display()),
        number=release.number,
        sender=home.name,
        sent=f"{stamp(moment, zone, now())} {home.city}",
        paragraphs=kept,
        codes=release.codes,
        handling_text=release.handling_text,
        until=f"{release.expires_at.astimezone(zone):%d %b %Y %H:%M}" if release.expires_at else "",
        digest=bytes(release.digest).hex() if release.digest else "",
        signed=release.signed,
        recipient=recipient or (f"{viewer.agency_name}, {viewer.seat_label}" if viewer else ""),
        order=release.version == Release.Version.ORDER,
        notice=kind_words(installation_kind()),
    )
