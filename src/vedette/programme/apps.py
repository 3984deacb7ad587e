"""The programme room: declares its verbs and audit codes."""

from django.apps import AppConfig

from vedette.audit import codes
from vedette.handling import purging, verbs
from vedette.programme.declared import CODES, VERBS
from vedette.programme.purging import PLACES, RESTING


class ProgrammeConfig(AppConfig):
    """Posts, postings, host caveats, contacts, agreements and clauses."""

    name = "vedette.programme"
    label = "programme"

    def ready(self) -> None:
        """Declare what may be done here and how the log tells it."""
        purging.declare(PLACES, RESTING)
        codes.declare(CODES)
        verbs.declare(VERBS)
