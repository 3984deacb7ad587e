"""What ends by itself at the edge of the house: sign-in sessions that have run out."""

from django.contrib.sessions.models import Session
from django.db import transaction

from vedette.kit.time import real_now

BATCH = 1000


@transaction.atomic
def drop_expired_sessions(limit: int = BATCH) -> int:
    """Delete sign-in sessions past their end, a batch at a time; how many."""
    old = Session.objects.filter(expire_date__lt=real_now()).order_by("expire_date")
    taken = list(old.select_for_update(skip_locked=True).values_list("pk", flat=True)[:limit])
    if taken:
        Session.objects.filter(pk__in=taken).delete()
    return len(taken)
