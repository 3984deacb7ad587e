"""The search room: declares where the index holds content."""

from django.apps import AppConfig

from vedette.handling.purging import declare
from vedette.search.purging import PLACES


class SearchConfig(AppConfig):
    """One index keyed by sheet."""

    name = "vedette.search"
    label = "search"

    def ready(self) -> None:
        """Declare what a purge blanks here."""
        declare(PLACES)
