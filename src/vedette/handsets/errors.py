"""What a phone is told that no page is told; the JSON door gives each its status."""

from vedette.kit.errors import Conflict, Forbidden


class Revoked(Conflict):
    """This phone was revoked: it is to wipe itself."""

    def __init__(self) -> None:
        super().__init__("This phone was revoked.", "It wipes what it holds. Ask your administrator for a new start.")


class NotKnown(Forbidden):
    """No phone has this id or token here. It is never told to wipe itself: this may be a database brought back."""

    def __init__(self) -> None:
        super().__init__("This phone is not set up here.", "Set it up again; what waits on it is sealed anew.")


class AnotherSeat(Forbidden):
    """The session is of another seat than the phone's."""

    def __init__(self) -> None:
        super().__init__("You are signed in to another seat than this phone’s.", "Sign in to the phone’s own seat.")
