"""The kinds of packets: one file a kind, named as it is sent (`team_answer.py` takes `team-answer`).

Each has `take(by, packet)`, which calls the verb and answers what came of it, in the transaction of the ledger. A kind whose
packets announce files has `attach(by, subject, stream, name)` as well, called once for each file that has come whole.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from vedette.agencies.viewer import Viewer
from vedette.files.actions import Stream
from vedette.files.models import StoredFile
from vedette.handsets.opened import Opened, Taken

Attach = Callable[[Viewer, uuid.UUID, Stream, str], StoredFile]


@dataclass(frozen=True)
class Kind:
    """What is done with packets of one kind, and with the files they announce."""

    take: Callable[[Viewer | None, Opened], Taken]
    attach: Attach | None = None


def _all() -> dict[str, Kind]:
    found = {}
    for file in sorted(Path(__file__).parent.glob("*.py")):
        if file.stem != "__init__":
            module = import_module(f"{__name__}.{file.stem}")
            found[file.stem.replace("_", "-")] = Kind(module.take, getattr(module, "attach", None))
    return found


KINDS: dict[str, Kind] = _all()
