"""`set-check-in`: the officer will give a sign of life by a moment, from a place; a missed one climbs at the desk."""

from vedette.agencies.viewer import Viewer
from vedette.handsets.opened import Opened, Taken, position_of
from vedette.kit.errors import Refused
from vedette.programme.actions import set_safety_check


def take(by: Viewer | None, packet: Opened) -> Taken:
    """Set it. Written without a network, it may come when its moment has passed: then it is refused and stays on the phone."""
    due = packet.body.moment("due", packet.clocks, ahead=True)
    if due is None:
        raise Refused("due", "It does not say by when.", "Choose a moment.")
    made = set_safety_check(by, due=due, position=position_of(packet.body), note=packet.body.text("note"))
    return Taken(made.pk, made.sheet.reference)
