"""The verbs of the response: a door calls only what stands here."""

from vedette.response.actions.decisions import decide
from vedette.response.actions.deployments import deploy, end_deployment
from vedette.response.actions.loading import load_playbooks, record_site
from vedette.response.actions.orders import acknowledge_order, complete_order, decline_order, pass_on, read_order
from vedette.response.actions.runs import end_run, give_task, start_run, step_horizons
from vedette.response.actions.shifts import hand_over, write_shift
from vedette.response.actions.sites import end_site, import_sites, see_sites, set_site

__all__ = [
    "acknowledge_order",
    "complete_order",
    "decide",
    "decline_order",
    "deploy",
    "end_deployment",
    "end_run",
    "end_site",
    "give_task",
    "hand_over",
    "import_sites",
    "load_playbooks",
    "pass_on",
    "read_order",
    "record_site",
    "see_sites",
    "set_site",
    "start_run",
    "step_horizons",
    "write_shift",
]
