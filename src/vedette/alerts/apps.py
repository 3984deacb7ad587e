"""The alerts room: declares its verbs and audit codes."""

from django.apps import AppConfig

from vedette.audit import codes
from vedette.handling import verbs
from vedette.handling.verbs import Verb


class AlertsConfig(AppConfig):
    """Clocks, ladders, duties, escalation."""

    name = "vedette.alerts"
    label = "alerts"

    def ready(self) -> None:
        """Declare what may be done here and how the log tells it."""
        codes.declare(
            {
                "clock.escalated": "took the next step of a ladder, because nobody had answered in time",
                "clock.ended": "ended a clock whose record no longer stands",
                "duty.set": "said who is on duty",
                "ladder.set": "changed a ladder of escalation",
            }
        )
        verbs.declare(
            {
                "set_duty": Verb("say who is on duty", frozenset({"watch", "commander", "administrator"}), "duty.set"),
                "set_ladder": Verb("change a ladder", frozenset({"commander", "administrator"}), "ladder.set"),
            }
        )
