"""Reads of files on their way: one's own by its id, how much has come, until when it is kept."""

import datetime
import uuid
from dataclasses import dataclass

from vedette.agencies.viewer import Viewer
from vedette.handsets import landing
from vedette.handsets.errors import Revoked
from vedette.handsets.models import Upload
from vedette.kit.errors import Missing

# What has come of a file is dropped when nothing more came for so long; the phone then begins anew, nothing is lost.
KEPT = datetime.timedelta(days=14)
OWN = "a phone asks for the files of its own packets"


@dataclass(frozen=True)
class Standing:
    """How a file stands: `offset` of `length` sealed bytes have come."""

    id: uuid.UUID
    state: str
    offset: int
    length: int
    reason: str
    expires: datetime.datetime


def access_upload(by: Viewer | None, file: uuid.UUID | None, packet: uuid.UUID | None = None) -> Upload:
    """A file that a packet of the asker's own phone announced, from this seat of his or the one before.

    Missing tells nothing, Revoked when the phone is to wipe.
    """
    rows = Upload.objects.as_house(OWN).select_related("packet__handset__seat")
    row: Upload | None = rows.filter(id=file).first() if by and file else None
    if row is None or by is None or packet not in (None, row.packet_id):
        raise Missing
    handset = row.packet.handset
    if handset.seat.person_id != by.person_id:
        raise Missing
    if handset.gone:
        raise Revoked
    return row


def standing(row: Upload) -> Standing:
    """How it stands, by what lies on the disk."""
    come = row.sealed_size if row.state == Upload.State.ATTACHED else landing.length(row.id)
    return Standing(row.id, row.state, come, row.sealed_size, row.reason, row.touched_at + KEPT)
