"""What other rooms and loops call: clocks, the stepping of ladders, duties."""

from vedette.alerts.actions.clocks import acknowledge_clock, start_clock, stop_clock
from vedette.alerts.actions.duties import record_duty, record_ladders, set_duty, set_ladder
from vedette.alerts.actions.stepping import step_clocks

__all__ = [
    "acknowledge_clock",
    "record_duty",
    "record_ladders",
    "set_duty",
    "set_ladder",
    "start_clock",
    "step_clocks",
    "stop_clock",
]
