"""`duress`: the app was opened by the other PIN. The answer holds nothing that tells of it."""

from vedette.agencies.viewer import Viewer
from vedette.handsets.opened import Opened, Taken
from vedette.programme.actions import report_duress
from vedette.reporting.whereabouts import last_known


def take(by: Viewer | None, packet: Opened) -> Taken:
    """Raise the alarm with what is known: when, by which phone, and where the officer last was."""
    clocks = packet.clocks
    report_duress(
        by,
        at=clocks.moment("written_at", clocks.written_ms),
        handset=packet.handset.id,
        handset_label=packet.handset.label,
        last=last_known(by),
    )
    return Taken(packet.client_id)
