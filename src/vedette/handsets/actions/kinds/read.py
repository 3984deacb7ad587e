"""`read`: what the officer opened on his phone since it was last heard."""

from vedette.agencies.viewer import Viewer
from vedette.handsets.actions.openings import open_on_phone
from vedette.handsets.opened import Opened, Taken
from vedette.kit.ids import parse_id


def take(by: Viewer | None, packet: Opened) -> Taken:
    """Written down as opened at the moment it was, as far as the seat may read it still."""
    said = packet.said.get("body") or {}
    keys = said.get("what") if isinstance(said.get("what"), list) else []
    sheets = [key for key in (parse_id(one) for one in keys or [] if isinstance(one, str)) if key]
    clocks = packet.clocks
    open_on_phone(by, handset=packet.handset, sheets=sheets, at=clocks.moment("written_at", clocks.written_ms))
    return Taken(packet.client_id)
