"""The reporting room: declares where reports hold content."""

from django.apps import AppConfig

from vedette.audit import codes
from vedette.handling import purging, verbs
from vedette.reporting.declared import CODES, VERBS
from vedette.reporting.purging import PLACES, RESTING


class ReportingConfig(AppConfig):
    """Reports, what was received, questions."""

    name = "vedette.reporting"
    label = "reporting"

    def ready(self) -> None:
        """Declare what a purge blanks here, and the verbs of teams' questions."""
        purging.declare(PLACES, RESTING)
        codes.declare(CODES)
        verbs.declare(VERBS)
