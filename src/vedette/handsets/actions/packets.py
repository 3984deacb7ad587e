"""Taking in what a phone sends: opened, told apart from what came before, done once, answered the same ever after."""

import uuid
from typing import Any

from django.db import IntegrityError, transaction

from vedette.agencies.queries import viewer_as_known
from vedette.agencies.viewer import Viewer
from vedette.files import vault
from vedette.handsets.actions.contacts import handset_by_token
from vedette.handsets.actions.kinds import KINDS
from vedette.handsets.clocks import as_shown
from vedette.handsets.errors import AnotherSeat, NotKnown, Revoked
from vedette.handsets.models import Handset, Packet, Upload
from vedette.handsets.opened import FileSaid, Opened, Taken, read_packet
from vedette.handsets.sealing import open_packet
from vedette.kit.canonical import digest
from vedette.kit.errors import Conflict, Forbidden, Missing, Refused
from vedette.kit.time import real_now
from vedette.live.actions import announce

Answer = dict[str, Any]
ALARM = "duress"


def take_packet(by: Viewer | None, *, handset: uuid.UUID | None, sealed: bytes, sent_ms: int) -> Answer:
    """Do what a packet says, once: the ledger's line is written in the transaction of the deed.

    The same packet again has the same answer; another content under the same id is a Conflict. The verb of its kind asks
    who may; here only that the phone is the asker's own and stands.
    """
    row = handset_of(by, handset)
    return _once(by, _opened(row, sealed, sent_ms))


def take_alarm(*, handset: uuid.UUID | None, token: str, sealed: bytes, sent_ms: int) -> Answer:
    """Take an alarm of duress from a phone known by its token: who is forced proves nothing more.

    No session need live, nor his seat: one that ended, or was suspended because he is missing, is when it matters most.
    """
    row = handset_by_token(handset, token)
    if row.gone:
        raise Revoked
    packet = _opened(row, sealed, sent_ms)
    if packet.kind != ALARM:
        raise Refused("kind", "By its token alone a phone raises an alarm.", "Sign in, then send it.")
    return _once(viewer_as_known(row.seat_id), packet)


def _opened(row: Handset, sealed: bytes, sent_ms: int) -> Opened:
    packet = read_packet(row, open_packet(row.id, bytes(row.wrapped), sealed), sent_ms, real_now())
    if packet.kind not in KINDS:
        raise Refused("kind", f"“{packet.kind}” is not known here.", "Update the app, then send it again.")
    return packet


def _once(by: Viewer | None, packet: Opened) -> Answer:
    row, fingerprint = packet.handset, _fingerprint(packet)
    try:
        with transaction.atomic():
            # The phone's own row: what it sends twice at a moment comes one after the other.
            Handset.objects.select_for_update(of=("self",)).get(id=row.id)
            return _taken_before(packet, fingerprint) or _take(by, packet, fingerprint)
    except IntegrityError:
        # Another phone of the same seat sent it at the same moment and won: this is its answer.
        known = _taken_before(packet, fingerprint)
        if known is None:
            raise
        return known


def handset_of(by: Viewer | None, handset: uuid.UUID | None) -> Handset:
    """The asker's own phone that stands; NotKnown, AnotherSeat or Revoked otherwise."""
    if by is None:
        raise Forbidden("Nobody is signed in.", "Sign in.")
    row = Handset.objects.select_related("seat").filter(id=handset).first() if handset else None
    if row is None:
        raise NotKnown
    if row.seat_id != by.seat_id:
        raise AnotherSeat
    if row.gone:
        raise Revoked
    return row


def _fingerprint(packet: Opened) -> bytes:
    try:
        return digest(packet.content())
    except (ValueError, TypeError, RecursionError) as error:
        raise Refused("packet", "It holds a number that cannot be kept.", "Let the app send it again.") from error


def _taken_before(packet: Opened, fingerprint: bytes) -> Answer | None:
    row = Packet.objects.filter(client_id=packet.client_id).select_related("handset__seat").first()
    if row is None:
        return None
    if bytes(row.digest) != fingerprint or row.handset.seat.person_id != packet.handset.seat.person_id:
        raise Conflict("Something else was already sent under this id.", "Send it under a new id.")
    known: Answer = row.answer
    return known


def _take(by: Viewer | None, packet: Opened, fingerprint: bytes) -> Answer:
    clocks = packet.clocks
    line = Packet.objects.create(
        client_id=packet.client_id,
        handset=packet.handset,
        kind=packet.kind,
        digest=fingerprint,
        received_at=clocks.received,
    )
    taken = _done(by, packet)
    _announce_files(line, packet, taken)
    answer: Answer = {
        "client_id": str(packet.client_id),
        "kind": packet.kind,
        "state": "received",
        "id": str(taken.id),
        "reference": taken.reference,
        "note": taken.note,
        "received_at": as_shown(clocks.received).isoformat(),
        "server_time": int(clocks.received.timestamp() * 1000),
        "offset_ms": clocks.offset_ms,
    }
    line.answer = answer
    line.save(update_fields=["answer"])
    Handset.objects.filter(id=packet.handset.id).update(contact_at=clocks.received, offset_ms=clocks.offset_ms)
    return answer


def _done(by: Viewer | None, packet: Opened) -> Taken:
    """What came of it. What the seat may not do (any more) is refused like any other input: the phone keeps it, says why,
    and goes on with the next; a 403 would read as “sign in” and hold up all that waits behind it."""
    try:
        return KINDS[packet.kind].take(by, packet)
    except Forbidden as error:
        raise Refused("kind", error.reason, error.way_out or "Ask the desk to enter it for you.") from error
    except Missing as error:
        raise Refused("kind", str(error), "Ask the desk to enter it for you.") from error


def _announce_files(line: Packet, packet: Opened, taken: Taken) -> None:
    """Write down which files are still to come, each with its own key under the master key."""
    if not packet.files:
        return
    if taken.sheet is None:
        raise Refused("files", "No file goes with this.", "Send it with a report.")
    known = Upload.objects.as_house("a file's id is its own").filter(id__in=[one.id for one in packet.files])
    if known.exists():
        raise Conflict("A file of another packet has this id.", "Attach it anew.")
    Upload.objects.bulk_create(_upload(line, taken, one) for one in packet.files)
    announce("upload.changed", taken.sheet.id)


def _upload(line: Packet, taken: Taken, said: FileSaid) -> Upload:
    return Upload(
        id=said.id,
        packet=line,
        sheet=taken.sheet,
        name=said.name,
        media=said.media,
        size=said.size,
        sealed_size=said.sealed_size,
        sha256=said.sha256,
        wrapped_key=vault.wrap(said.key, said.id.bytes),
        since=line.received_at,
        touched_at=line.received_at,
    )
