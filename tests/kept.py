"""What costs much to make and is read by many tests of one file: made once, in a transaction around those of the tests.

Each test still has a transaction of its own inside it, and finds what was kept as it was; see pytest's scopes.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker


@contextmanager
def for_a_file(blocker: DjangoDbBlocker) -> Iterator[None]:
    """Rows made within are gone with the last test of the file; no test of it may make the same world again."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
