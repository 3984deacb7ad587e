"""What a packet says, read field by field: Refused names the first that does not have its form."""

import datetime
import uuid
from typing import Any

from vedette.handsets.clocks import Readings
from vedette.kit.errors import Refused
from vedette.kit.ids import parse_id


class Fields:
    """A part of a packet; `inside` is its name in front of its fields in what is refused."""

    def __init__(self, said: object, inside: str = "") -> None:
        if not isinstance(said, dict):
            raise Refused(inside or "body", "It does not have the form of a packet.", "Let the app send it again.")
        self.said: dict[str, Any] = said
        self.inside = inside

    def named(self, name: str) -> str:
        """A field as an error calls it."""
        return f"{self.inside}.{name}" if self.inside else name

    def _of(self, name: str, kinds: tuple[type, ...]) -> Any:
        value = self.said.get(name)
        if value is None or (isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool))):
            return value
        raise Refused(self.named(name), "It does not have its form.", "Let the app send it again.")

    def text(self, name: str, default: str = "") -> str:
        """A text; the default when it is not there."""
        found: str | None = self._of(name, (str,))
        return default if found is None else found

    def whole(self, name: str) -> int | None:
        """A whole number."""
        found: int | None = self._of(name, (int,))
        return found

    def number(self, name: str) -> float | None:
        """A number."""
        found: float | None = self._of(name, (int, float))
        return found

    def flag(self, name: str) -> bool:
        """Yes or no; no when it is not there."""
        return bool(self._of(name, (bool,)))

    def id(self, name: str) -> uuid.UUID:
        """An id that must be there."""
        found = parse_id(self.text(name))
        if found is None:
            raise Refused(self.named(name), "It is not an id.", "Let the app send it again.")
        return found

    def id_or_none(self, name: str) -> uuid.UUID | None:
        """An id, or nothing."""
        return self.id(name) if self.said.get(name) is not None else None

    def part(self, name: str) -> "Fields":
        """A part with fields of its own; empty when it is not there."""
        return Fields(self.said.get(name) or {}, self.named(name))

    def parts(self, name: str) -> list["Fields"]:
        """A list of parts."""
        found: list[object] = self._of(name, (list,)) or []
        return [Fields(one, f"{self.named(name)}.{place}") for place, one in enumerate(found)]

    def moment(self, name: str, clocks: Readings, *, ahead: bool = False) -> datetime.datetime | None:
        """A moment with its zone as text, or a reading of the phone's clock ({"device": ms}), corrected; `ahead`: a term."""
        value = self.said.get(name)
        if value is None:
            return None
        if isinstance(value, dict):
            field = self.named(name)
            reading: Any = value.get("device")
            return clocks.due(field, reading) if ahead else clocks.moment(field, reading)
        try:
            found = datetime.datetime.fromisoformat(self.text(name))
            if found.tzinfo is None:
                raise ValueError("no zone")
            return found.astimezone(datetime.UTC)
        except (ValueError, OverflowError) as error:
            raise Refused(
                self.named(name), "It is not a moment with a zone.", "Send it as 2015-11-13T21:27:00+01:00."
            ) from error
