"""`check-in`: the officer says that all is well, and where: owed by himself, by his team, or unasked."""

import datetime
import uuid

from django.db import transaction

from vedette.agencies.viewer import Viewer
from vedette.handsets.opened import Opened, Taken, position_of
from vedette.kit.errors import Forbidden, Refused
from vedette.programme import actions
from vedette.programme.positions import Position
from vedette.programme.safety import check_by_id, team_check_by_id


def take(by: Viewer | None, packet: Opened) -> Taken:
    """Give the sign of life that is owed; one that is owed no more is given unasked, for the desk wants to know it all the same."""
    check, where, clocks = packet.body.id_or_none("check"), position_of(packet.body), packet.clocks
    at = clocks.moment("written_at", clocks.written_ms)
    if check is not None:
        given = _owed(by, check, where, at)
        if given is not None:
            return given
    made = actions.give_unasked_sign(by, position=where, at=at)
    return Taken(made.pk, made.sheet.reference, None, "not-owed" if check is not None else "")


def _owed(by: Viewer | None, key: uuid.UUID, where: Position, at: datetime.datetime) -> Taken | None:
    own, team = check_by_id(by, key), team_check_by_id(by, key)
    try:
        with transaction.atomic():
            if own is not None:
                actions.give_sign(by, check=own, position=where, at=at)
                return Taken(own.pk, own.sheet.reference)
            if team is not None:
                actions.check_in(by, due=team, position=where, at=at)
                return Taken(team.id, team.mission.sheet.reference)
    except Forbidden:
        return None
    except Refused as refusal:
        # A position that says nothing is for the officer to mend; a sign given or dropped before is not.
        if refusal.field in ("lat", "place") and not where.known:
            raise
        return None
    return None
