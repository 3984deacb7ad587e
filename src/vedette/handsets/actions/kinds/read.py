"""`read`: what the officer opened on his phone since it was last heard."""

from contextlib import suppress

from vedette.agencies.viewer import Viewer
from vedette.handsets.actions.openings import open_on_phone, released
from vedette.handsets.opened import Opened, Taken
from vedette.kit.errors import Missing
from vedette.kit.ids import parse_id
from vedette.sharing.actions.receiving import open_release


def take(by: Viewer | None, packet: Opened) -> Taken:
    """Written down as opened at the moment it was, as far as the seat may read it still."""
    said = packet.said.get("body") or {}
    keys = said.get("what") if isinstance(said.get("what"), list) else []
    sheets = [key for key in (parse_id(one) for one in keys or [] if isinstance(one, str)) if key]
    clocks = packet.clocks
    at = clocks.moment("written_at", clocks.written_ms)
    for key in released(open_on_phone(by, handset=packet.handset, sheets=sheets, at=at)):
        # What was released to him leaves the receipt that it was opened, as it does in his inbox.
        with suppress(Missing):
            open_release(by, release=key)
    return Taken(packet.client_id)
