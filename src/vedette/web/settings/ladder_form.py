"""What is typed to write a ladder anew: how long one has to answer, and the steps, an empty line being none."""

from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from vedette.alerts.actions.duties import LONGEST_MINUTES, OF_UNIT
from vedette.alerts.ladders import HeldLadder
from vedette.web.response.words import DUTIES
from vedette.web.settings.forms import BecauseForm

STEPS = 6


class LadderForm(BecauseForm):
    """A ladder: minutes to answer in, up to six steps, and why."""

    minutes = forms.IntegerField(
        label=_("Minutes to answer in"),
        min_value=0,
        max_value=LONGEST_MINUTES,
        help_text=_("For clocks that bring no time of their own; 0 is at once."),
    )

    def __init__(self, data: Any = None, *, held: HeldLadder) -> None:
        typed = {f"{name}_{n}": step[name] for n, step in enumerate(held.steps, 1) for name in ("duty", "minutes")}
        super().__init__(data, initial={"minutes": held.minutes, **typed})
        duties = [(key, words) for key, words in DUTIES.items() if held.with_unit or key not in OF_UNIT]
        for n in range(1, STEPS + 1):
            self.fields[f"minutes_{n}"] = forms.IntegerField(
                label=_("Minutes past due"), min_value=0, max_value=LONGEST_MINUTES, required=False
            )
            self.fields[f"duty_{n}"] = forms.ChoiceField(
                label=_("Is told"), choices=[("", _("nobody: no such step")), *duties], required=False
            )

    def rungs(self) -> Iterator[tuple[BoundField, BoundField]]:
        """The two fields of each step, in order."""
        return ((self[f"minutes_{n}"], self[f"duty_{n}"]) for n in range(1, STEPS + 1))

    def climbs(self, act: Callable[..., object]) -> bool:
        """Whether the verb took the ladder; half a step is refused by the verb, not left out."""
        return self.taken(lambda **typed: act(minutes=typed["minutes"], because=typed["because"], steps=_steps(typed)))


def _steps(typed: dict[str, Any]) -> list[dict[str, Any]]:
    pairs = [(typed[f"duty_{n}"], typed[f"minutes_{n}"]) for n in range(1, STEPS + 1)]
    return [{"duty": duty, "minutes": minutes} for duty, minutes in pairs if duty or minutes is not None]
