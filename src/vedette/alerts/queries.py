"""Reads of clocks and duties: what runs, what is late, who was told, who is on duty."""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from vedette.agencies.viewer import Viewer
from vedette.alerts.models import Clock, Duty, Escalation
from vedette.kit.time import now, real_now


@dataclass(frozen=True)
class ClockView:
    """A clock at a moment with the steps taken by then, oldest first, and what comes next if nobody answers."""

    clock: Clock
    moment: datetime.datetime
    escalations: list[Escalation] = field(default_factory=list)

    @property
    def running(self) -> bool:
        """Whether an answer is still due."""
        return self.clock.ran_at(self.moment)

    @property
    def late(self) -> bool:
        """Whether that answer is past due."""
        return self.running and self.clock.due_at <= self.moment

    @property
    def last(self) -> Escalation | None:
        """The newest step taken."""
        return self.escalations[-1] if self.escalations else None

    @property
    def unheard(self) -> bool:
        """Whether a step reached nobody: the desk sees that in red."""
        return self.running and any(step.outcome != Escalation.Outcome.TOLD for step in self.escalations)

    @property
    def next_duty(self) -> str:
        """The duty that is told next; empty at the top of the ladder."""
        ladder = self.clock.ladder
        taken = len(self.escalations)
        if not self.running or ladder is None or taken >= len(ladder.steps):
            return ""
        return str(ladder.steps[taken]["duty"])


def running_clocks(viewer: Viewer | None, kinds: Iterable[str] = (), limit: int = 200) -> list[ClockView]:
    """The clocks that run on what the viewer may read, the one longest due first."""
    rows = Clock.objects.seen_by(viewer).filter(state=Clock.State.RUNNING)
    wanted = list(kinds)
    if wanted:
        rows = rows.filter(kind__in=wanted)
    return _views(rows.order_by("due_at", "id")[:limit])


def late_clocks(viewer: Viewer | None, kinds: Iterable[str] = ()) -> list[ClockView]:
    """Those of the running clocks that are past due."""
    return [view for view in running_clocks(viewer, kinds) if view.late]


def clocks_of(
    viewer: Viewer | None, subjects: Iterable[uuid.UUID], kind: str, moment: datetime.datetime | None = None
) -> dict[uuid.UUID, ClockView]:
    """The newest clock of a kind that each of these subjects had at a moment (now when none is given), running or not."""
    return clocks_by_kind(viewer, subjects, [kind], moment)[kind]


def clocks_by_kind(
    viewer: Viewer | None,
    subjects: Iterable[uuid.UUID],
    kinds: Sequence[str],
    moment: datetime.datetime | None = None,
) -> dict[str, dict[uuid.UUID, ClockView]]:
    """The same for several kinds in one go."""
    rows = Clock.objects.seen_by(viewer).filter(subject__in=list(subjects), kind__in=kinds)
    if moment is not None:
        rows = rows.filter(started_at__lte=moment)
    found: dict[str, dict[uuid.UUID, ClockView]] = {kind: {} for kind in kinds}
    for view in _views(rows.order_by("started_at", "id"), moment):
        if view.clock.subject:
            found[view.clock.kind][view.clock.subject] = view
    return found


def failing_clocks() -> list[Clock]:
    """The clocks whose last step failed: attempts, next try and error, for Settings."""
    rows = Clock.objects.as_house("Settings shows which steps fail").filter(attempts__gt=0, state=Clock.State.RUNNING)
    return list(rows.select_related("sheet", "ladder").order_by("-attempts")[:100])


def waiting_steps() -> int:
    """How many steps are due and not yet taken."""
    ready = Q(try_after__isnull=True) | Q(try_after__lte=real_now())
    rows = Clock.objects.as_house("the loop's backlog is counted")
    return rows.filter(ready, state=Clock.State.RUNNING, next_at__lte=now()).count()


def on_duty(duty: str, at: datetime.datetime | None = None, unit: uuid.UUID | None = None) -> Duty | None:
    """Who is (or at a moment was) on a duty of the desk, or of a unit; None when nobody."""
    return _standing(at).filter(duty=duty, unit=unit).order_by("-since").first()


def roster(at: datetime.datetime | None = None) -> list[Duty]:
    """Everybody on duty at a moment: the desk's duties first, then each unit's."""
    rows = list(_standing(at).order_by("unit__name", "duty"))
    return sorted(rows, key=lambda row: (row.unit is not None, row.unit.name if row.unit else "", row.duty))


def duties_of(seat: uuid.UUID, at: datetime.datetime | None = None) -> list[Duty]:
    """The duties one seat stands on at a moment."""
    return list(_standing(at).filter(seat=seat).order_by("since"))


def _standing(at: datetime.datetime | None) -> QuerySet[Duty]:
    moment = at or now()
    standing = Q(since__lte=moment) & (Q(until__isnull=True) | Q(until__gt=moment))
    return Duty.objects.filter(standing).select_related("seat", "unit")


def _views(rows: QuerySet[Clock], moment: datetime.datetime | None = None) -> list[ClockView]:
    clocks = list(rows.select_related("sheet", "unit", "agency", "seat", "ladder"))
    steps: dict[uuid.UUID, list[Escalation]] = {}
    # Whoever may read the clock may read its steps: both rest on the same sheet.
    taken = Escalation.objects.as_house("the steps of clocks that were asked for a viewer").filter(clock__in=clocks)
    if moment is not None:
        taken = taken.filter(done_at__lte=moment)
    for step in taken.select_related("clock", "seat").order_by("step"):
        steps.setdefault(step.clock_id, []).append(step)
    shown = moment or now()
    return [ClockView(clock, shown, steps.get(clock.pk, [])) for clock in clocks]
