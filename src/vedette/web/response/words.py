"""The words of duties, steps and kinds of task, translated."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DUTIES: dict[str, str | Promise] = {
    "watch": _("Watch officer"),
    "watch-commander": _("Watch commander"),
    "commander": _("Commander on duty"),
    "releasing": _("Releasing officer on duty"),
    "sergeant": _("Duty sergeant"),
}
OUTCOMES: dict[str, str | Promise] = {
    "told": _("told"),
    "nobody": _("nobody on duty"),
    "not-cleared": _("on duty, but may not see this"),
}


def duty_word(duty: str) -> str:
    """How a duty is called."""
    return str(DUTIES.get(duty, duty))


def outcome_word(outcome: str) -> str:
    """What came of a step of the ladder."""
    return str(OUTCOMES.get(outcome, outcome))
