"""The house's named errors: a door turns each into one answer, and none tells whether a hidden thing exists."""


class Refused(Exception):
    """Input that cannot be taken: which field, why, and the way out."""

    def __init__(self, field: str, reason: str, way_out: str = "") -> None:
        super().__init__(reason)
        self.field, self.reason, self.way_out = field, reason, way_out


class NoRoom(Refused):
    """The server's disk has no room for it: nothing of it was stored, all that was stored before is kept."""


class Forbidden(Exception):
    """The viewer may not do this; the reason is said, never what lies behind it."""

    def __init__(self, reason: str, way_out: str = "") -> None:
        super().__init__(reason)
        self.reason, self.way_out = reason, way_out


class Missing(Exception):
    """There is nothing here that this viewer may see: the same answer whether it exists or not."""

    def __init__(self) -> None:
        super().__init__("Nothing here that you may see.")


class Conflict(Exception):
    """What is there already says otherwise: a repeated id with another body, a state that moved on."""

    def __init__(self, reason: str, way_out: str = "") -> None:
        super().__init__(reason)
        self.reason, self.way_out = reason, way_out


class ShutManager(RuntimeError):
    """A governed table was asked without a viewer and without a stated house reason: a programming error."""
