"""Sending by batches: each is one short transaction; who died half way goes on where he stood, nobody gets a thing twice.

The release and the list of whom it is addressed to are signed and committed first; a delivery is a delivery once its row is.
"""

import datetime
import uuid

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Q

from vedette.audit.actions import record
from vedette.handling.models import Addressee
from vedette.kit.copying import copy_rows
from vedette.kit.ids import new_id
from vedette.kit.time import now, real_now
from vedette.live.actions import announce
from vedette.sharing import clocks
from vedette.sharing.models import Delivery, Recipient, Release, Sending

What, End = Sending.What, Sending.End
HOUSE = "what was signed is carried to everyone it is addressed to"
# A batch takes a few tenths of a second, far below the second that no transaction may last longer than.
BATCH = 1000
# What ends the clocks of a delivery, as they say it themselves.
ENDED_BY = {str(What.RECALL): "recalled", str(What.SUPERSEDED): "corrected"}
FIRST_PAUSE, LONGEST_PAUSE = 2.0, 300.0


def start_sending(release: Release, what: str) -> None:
    """Part of a verb: from now on this is on its way; the first batch goes in the verb's own transaction.

    A note to everyone who has it waits until everyone it is addressed to has it, or a recall stopped it.
    """
    rows = Sending.objects.as_house(HOUSE).filter(release=release, until__isnull=True)
    rows.filter(what=what).update(until=now(), ended=End.STOPPED)
    whole = Recipient if what in (What.RELEASE, What.DUE) else Delivery
    count = whole.objects.as_house(HOUSE).filter(release=release).count()
    sending: Sending = Sending.objects.create(release=release, what=what, whole=count, since=now())
    if what == What.RELEASE or not rows.filter(what=What.RELEASE).exists():
        _send_batch(sending)


def stop_sending(release: Release) -> None:
    """Part of a verb: whoever does not have it yet never gets it; waits for the batch that is being written."""
    rows = Sending.objects.as_house(HOUSE).filter(release=release, until__isnull=True)
    ids = list(rows.select_for_update().values_list("id", flat=True))
    rows.filter(id__in=ids).update(until=now(), ended=End.STOPPED)


def send_waiting(limit: int = 20) -> int:
    """Carry what is on its way: batch after batch, each in a transaction of its own; how many batches that were.

    Another process works beside this one without meeting it. A batch that fails keeps its error and is tried again later.
    """
    done = 0
    while done < limit and _send_one():
        done += 1
    return done


@transaction.atomic
def _send_one() -> bool:
    """One batch of what has waited longest; False when nothing is on its way. A note follows what it is about."""
    ready = Q(try_after__isnull=True) | Q(try_after__lte=real_now())
    rows = Sending.objects.as_house(HOUSE).filter(ready, until__isnull=True)
    under_way = Sending.objects.as_house(HOUSE).filter(what=What.RELEASE, until__isnull=True).values("release")
    rows = rows.exclude(~Q(what=What.RELEASE), release__in=under_way)
    sending = (
        rows.select_related("release__sheet")
        .select_for_update(skip_locked=True, of=("self",))
        .order_by("since", "id")
        .first()
    )
    if sending is None:
        return False
    try:
        with transaction.atomic():
            _send_batch(sending)
            _tell(sending)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        _keep_error(sending.pk, sending.attempts, error)
    return True


def _send_batch(sending: Sending) -> None:
    """The next ones in order; the sending ends with the last of them."""
    served = _deliver(sending) if sending.what == What.RELEASE else _note(sending)
    sending.sent += len(served)
    sending.after = served[-1] if served else sending.after
    sending.attempts, sending.try_after, sending.last_error = 0, None, ""
    if len(served) < BATCH:
        sending.until, sending.ended = now(), End.SENT
    sending.save()


def _tell(sending: Sending) -> None:
    """The screens follow; the log says when the last one had it."""
    if sending.what != What.RELEASE:
        announce("delivery.noted", sending.release.pk)
        return
    announce("release.sending", sending.release.pk)
    if sending.until is not None:
        record(None, "release.sent", [sending.release.pk], f"{sending.sent:,} recipients")


def _deliver(sending: Sending) -> list[uuid.UUID]:
    """Access, delivery and clock for the next recipients: a clock escalates while he is silent."""
    release, moment = sending.release, now()
    rows = Recipient.objects.as_house(HOUSE).filter(release=release)
    if sending.after:
        rows = rows.filter(id__gt=sending.after)
    batch = list(rows.order_by("id").values_list("id", "agency", "unit", "seat")[:BATCH])
    if not batch:
        return []
    to = ("agency_id", "unit_id", "seat_id")
    due = moment + datetime.timedelta(minutes=release.acknowledge_minutes)
    access = {"sheet_id": release.pk, "since": moment, "expires_at": release.expires_at}
    copy_rows(Addressee, access, ("id", *to), [(new_id(), *row[1:]) for row in batch])
    keys = [new_id() for _ in batch]
    fixed = {"release_id": release.pk, "delivered_at": moment, "due_at": due}
    copy_rows(Delivery, fixed, ("id", "recipient_id"), [(key, row[0]) for key, row in zip(keys, batch, strict=True)])
    whom = [(key, *row[1:]) for key, row in zip(keys, batch, strict=True)]
    clocks.start_clocks(release.sheet_id, clocks.RELEASE, whom, due, "orders" if release.inside else "silence")
    return [row[0] for row in batch]


def _note(sending: Sending) -> list[uuid.UUID]:
    """The next of those it reached: what was due ends, and unless a correction comes instead each is asked to take note."""
    release = sending.release
    rows = Delivery.objects.as_house(HOUSE).filter(release=release)
    if sending.after:
        rows = rows.filter(id__gt=sending.after)
    columns = ("id", "recipient__agency", "recipient__unit", "recipient__seat")
    batch = list(rows.order_by("id").values_list(*columns)[:BATCH])
    if sending.what in ENDED_BY:
        clocks.stop_all([row[0] for row in batch], ENDED_BY[sending.what])
    if sending.what in (What.RECALL, What.DUE):
        clocks.ask_to_take_note(release.sheet_id, batch, inside=release.inside)
    return [row[0] for row in batch]


def _keep_error(key: uuid.UUID, attempts: int, error: Exception) -> None:
    pause = min(FIRST_PAUSE * 2.0 ** min(attempts, 10), LONGEST_PAUSE)
    Sending.objects.as_house(HOUSE).filter(pk=key).update(
        attempts=attempts + 1,
        try_after=real_now() + datetime.timedelta(seconds=pause),
        last_error=type(error).__name__[:60],
    )
