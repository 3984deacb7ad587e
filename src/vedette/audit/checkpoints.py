"""Checkpoints: signed statements of the log's size and root, made when there is something new."""

import datetime
from collections.abc import Callable

from django.db import transaction

from vedette.audit.models import Checkpoint, Sealing
from vedette.audit.nodes import stored_root
from vedette.audit.notes import LogKey, write_checkpoint
from vedette.kit.time import real_now

# At most one so often: a partner who asks for a proof waits no longer, and a busy night makes no thousand of them.
EVERY = datetime.timedelta(seconds=10)


def sealed_size() -> int:
    """How many entries the log holds."""
    return Sealing.objects.values_list("size", flat=True).first() or 0


def latest_checkpoint() -> Checkpoint | None:
    """The newest checkpoint."""
    return Checkpoint.objects.order_by("-size").first()


def checkpoint_covering(index: int) -> Checkpoint | None:
    """The newest checkpoint, when it covers this place of the log."""
    row = latest_checkpoint()
    return row if row and row.size > index else None


@transaction.atomic
def make_checkpoint(
    key: LogKey, sign: Callable[[bytes], bytes], *, every: datetime.timedelta = EVERY
) -> Checkpoint | None:
    """Sign the log as it stands; None when nothing is new or the last one is younger than `every`."""
    size, last = sealed_size(), latest_checkpoint()
    if size == 0 or (last and (last.size >= size or real_now() - last.at < every)):
        return None
    root = stored_root(size)
    note = write_checkpoint(key, size, root, sign)
    row = Checkpoint(size=size, root=root, note=note, at=real_now())
    # Two job processes may sign the same size; one statement of it is enough.
    Checkpoint.objects.bulk_create([row], ignore_conflicts=True)
    return row
