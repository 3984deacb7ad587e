"""Part of every packet that files a report: the way it took is kept beside it."""

from vedette.handsets.clocks import as_moment, as_shown
from vedette.handsets.models import Passage
from vedette.handsets.opened import Opened
from vedette.reporting.models import Report


def record_passage(packet: Opened, report: Report) -> Passage:
    """Keep what the two clocks said of a report, and the moments they make."""
    clocks = packet.clocks
    made: Passage = Passage.objects.create(
        report=report,
        handset=packet.handset,
        written_at=clocks.moment("written_at", clocks.written_ms),
        received_at=as_shown(clocks.received),
        device_written_at=as_moment("written_at", clocks.written_ms),
        device_sent_at=as_moment("device_time", clocks.sent_ms),
        server_at=clocks.received,
        offset_ms=clocks.offset_ms,
        offset_known_ms=clocks.known_ms,
        clock_wrong=clocks.wrong,
        clock_changed=clocks.changed,
    )
    return made
