"""The one list of loops: what the house does by itself, how often, and whether a happening wakes it."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec


@dataclass(frozen=True)
class Loop:
    """A named step, run every so many seconds; it takes its rows, does them, and answers how many it did.

    `woken` loops run at once after any happening; a step that answers a full batch is run again without a pause.
    """

    name: str
    step: str
    every_seconds: float
    woken: bool = False

    def function(self) -> Callable[[], int | None]:
        """The action that the step names."""
        module, _, name = self.step.partition(":")
        found: Callable[[], int | None] = getattr(import_module(module), name)
        return found

    @property
    def there(self) -> bool:
        """Whether the room that brings the step is in this house; a step that cannot be loaded fails as a loop, seen."""
        try:
            return find_spec(self.step.partition(":")[0]) is not None
        except ModuleNotFoundError:
            return False


LOOPS: list[Loop] = [
    Loop("sealing", "vedette.audit.sealing:seal", 1.0, woken=True),
    Loop("checkpoints", "vedette.agencies.keys:checkpoint_now", 5.0),
    Loop("horizons", "vedette.response.actions:step_horizons", 1.0, woken=True),
    Loop("clocks", "vedette.alerts.actions:step_clocks", 1.0, woken=True),
    Loop("sending", "vedette.sharing.actions:send_waiting", 1.0, woken=True),
    Loop("standing rules", "vedette.sharing.actions:draft_by_rules", 30.0),
    Loop("outbox", "vedette.live.upkeep:prune_outbox", 60.0),
    Loop("accounts", "vedette.agencies.actions:expire_accounts", 600.0),
    Loop("phones’ files", "vedette.handsets.actions.finishing:step_uploads", 10.0),
    Loop("purged files", "vedette.files.purging:drop_purged", 3600.0),
    Loop("sessions", "vedette.agencies.expiry:drop_expired_sessions", 300.0),
]


def add_loop(name: str, step: str, every_seconds: float, *, woken: bool = False) -> None:
    """Add another room's loop (its `apps.py` or this list); the same name twice is a programming error."""
    if any(loop.name == name for loop in LOOPS):
        raise ValueError(f"Declared twice: {name}")
    LOOPS.append(Loop(name, step, every_seconds, woken))


def loops() -> list[Loop]:
    """The loops whose rooms are in this house."""
    return [loop for loop in LOOPS if loop.there]
