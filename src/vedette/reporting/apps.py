"""The reporting room: declares where reports hold content."""

from django.apps import AppConfig

from vedette.handling.purging import declare
from vedette.reporting.purging import PLACES, RESTING


class ReportingConfig(AppConfig):
    """Reports, what was received, questions."""

    name = "vedette.reporting"
    label = "reporting"

    def ready(self) -> None:
        """Declare what a purge blanks here."""
        declare(PLACES, RESTING)
