"""The funding room: declares its verbs and audit codes."""

from django.apps import AppConfig

from vedette.audit import codes
from vedette.funding.declared import CODES, VERBS
from vedette.funding.purging import PLACES
from vedette.handling import purging, verbs


class FundingConfig(AppConfig):
    """Funders, grants, payer rules, expenses, books, claims, gifts."""

    name = "vedette.funding"
    label = "funding"

    def ready(self) -> None:
        """Declare what may be done here and how the log tells it."""
        # Models are loaded by now; at the head of this file they are not.
        from vedette.funding.asked import unpaid
        from vedette.programme.going import asks

        asks(unpaid)
        purging.declare(PLACES)
        codes.declare(CODES)
        verbs.declare(VERBS)
