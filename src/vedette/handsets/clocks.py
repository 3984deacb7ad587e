"""The phone's clock and ours: every reading is kept, the offset between them corrects what was written by it.

A wrong clock never reorders the desk: no corrected moment lies after the packet came, and a report that was written by a
clock more than two minutes off carries the mark.
"""

import datetime
from dataclasses import dataclass

from vedette.kit.errors import Refused
from vedette.kit.time import shown_clock

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
MILLISECOND = datetime.timedelta(milliseconds=1)
# The last millisecond of the year 9999, beyond which there is no date.
LAST_MS = 253_402_300_799_000
# A clock so far off is called wrong, and a difference of offsets so large a change of the clock.
WRONG_MS = 120_000


def as_moment(field: str, ms: object) -> datetime.datetime:
    """A reading in milliseconds since 1970 as a date; Refused when it is none."""
    if isinstance(ms, bool) or not isinstance(ms, int) or not 0 <= ms <= LAST_MS:
        raise Refused(field, "It is not a reading of a clock.", "Send milliseconds since 1970, as a whole number.")
    return EPOCH + ms * MILLISECOND


def offset_of(sent_ms: int, received: datetime.datetime) -> int:
    """How many milliseconds the phone's clock is ahead of ours."""
    return (as_moment("device_time", sent_ms) - received) // MILLISECOND


def as_shown(real: datetime.datetime) -> datetime.datetime:
    """A real moment on the clock that the house shows; the same where none is shown."""
    clock = shown_clock()
    return clock.shown(real) if clock else real


@dataclass(frozen=True)
class Readings:
    """What the two clocks said: the phone's at writing and at sending, ours at receipt (real), and the offset the phone knew."""

    written_ms: int
    sent_ms: int
    received: datetime.datetime
    known_ms: int | None = None

    @property
    def offset_ms(self) -> int:
        """Phone minus server, when it was sent."""
        return offset_of(self.sent_ms, self.received)

    @property
    def changed(self) -> bool:
        """Whether the phone's clock was set between writing and sending."""
        known = self.known_ms
        return (known is not None and abs(known - self.offset_ms) > WRONG_MS) or (
            self.written_ms - self.sent_ms > WRONG_MS
        )

    @property
    def wrong(self) -> bool:
        """Whether its times need a word: the clock is off by more than two minutes, or was changed in between."""
        return abs(self.offset_ms) > WRONG_MS or self.changed

    def real(self, field: str, ms: int) -> datetime.datetime:
        """When that was by our clock: of a clock that was changed, by the offset known at writing unless that lies ahead.

        What the phone knew of its clock when it wrote is nearer to the writing than what it knows now.
        """
        reading = as_moment(field, ms)
        offsets = [self.known_ms] if self.changed and self.known_ms is not None else []
        for offset in (*offsets, self.offset_ms):
            try:
                moment = reading - offset * MILLISECOND
            except OverflowError:
                continue
            if EPOCH <= moment <= self.received + WRONG_MS * MILLISECOND:
                return min(moment, self.received)
        return self.received

    def moment(self, field: str, ms: int) -> datetime.datetime:
        """When that was on the house's clock; never after the packet came."""
        return self._shown(field, self.real(field, ms))

    def due(self, field: str, ms: int) -> datetime.datetime:
        """When that will be on the house's clock, by the offset as it is now: a term, which may lie ahead."""
        try:
            return self._shown(field, as_moment(field, ms) - self.offset_ms * MILLISECOND)
        except OverflowError as error:
            raise Refused(field, "There is no such date.", "Check the phone’s date.") from error

    def _shown(self, field: str, real: datetime.datetime) -> datetime.datetime:
        try:
            return as_shown(real)
        except OverflowError as error:
            raise Refused(field, "There is no such date.", "Check the phone’s date.") from error
