"""Reads of the replay."""

from vedette.exercises.models import Replay


def replay() -> Replay | None:
    """The running replay, or None."""
    return Replay.objects.first()
