"""The handsets room: declares its verbs, its codes and what a purge blanks here."""

from django.apps import AppConfig

from vedette.audit import codes
from vedette.handling import purging, verbs
from vedette.handsets.declared import CODES, VERBS


class HandsetsConfig(AppConfig):
    """What the house knows of officers' phones, and what they send."""

    name = "vedette.handsets"
    label = "handsets"

    def ready(self) -> None:
        """Declare who may do what with phones, and how the log tells it."""
        from vedette.handsets.purging import PLACES, drop_purged

        codes.declare(CODES)
        verbs.declare(VERBS)
        purging.declare(PLACES, afterwards=drop_purged)
