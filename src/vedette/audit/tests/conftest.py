"""A log with its key."""

import datetime
import uuid

import pytest

from vedette.audit.actions import record
from vedette.audit.checkpoints import make_checkpoint
from vedette.audit.notes import LogKey
from vedette.audit.sealing import seal
from vedette.kit.signing import new_private, sign_raw


class Log:
    """A log under test: its key, and the short way to entries and checkpoints."""

    def __init__(self) -> None:
        self.private, public = new_private()
        self.key = LogKey("vedette/test/log", public)

    def write(self, number: int, reason: str = "") -> list:
        return [record(None, "sheet.opened", [uuid.uuid4()], reason) for _ in range(number)]

    def sealed(self, number: int, reason: str = "") -> list:
        entries = self.write(number, reason)
        seal()
        return entries

    def checkpoint(self):
        return make_checkpoint(self.key, lambda text: sign_raw(self.private, text), every=datetime.timedelta(0))


@pytest.fixture
def log(db) -> Log:
    return Log()


@pytest.fixture
def committed_log(transactional_db) -> Log:
    """For tests with several connections: what it writes is really committed."""
    return Log()
