"""The response room: declares its verbs and audit codes."""

from django.apps import AppConfig

from vedette.audit import codes
from vedette.handling import purging, verbs
from vedette.handling.verbs import DESK, EVERYONE, WATCH, Verb
from vedette.response.purging import PLACES, RESTING

STARTERS = frozenset({"watch", "commander"})
KEEPERS = STARTERS | {"administrator"}


class ResponseConfig(AppConfig):
    """Playbooks, runs, orders, decisions, deployments, the watch's log."""

    name = "vedette.response"
    label = "response"

    def ready(self) -> None:
        """Declare what may be done here and how the log tells it."""
        purging.declare(PLACES, RESTING)
        codes.declare(
            {
                "playbook.loaded": "loaded a playbook",
                "run.started": "started a response",
                "run.ended": "ended a response",
                "task.given": "gave a task to a unit",
                "order.passed_on": "gave an order to another unit",
                "order.acknowledged": "acknowledged an order",
                "order.completed": "reported an order done",
                "order.declined": "said that an order cannot be carried out, and why",
                "deployment.ordered": "ordered a unit to a site",
                "deployment.ended": "ended a deployment",
                "decision.taken": "took a decision",
                "site.listed": "was shown the sites at home",
                "site.set": "entered or changed a site at home",
                "site.imported": "entered the sites of a list",
                "site.ended": "took a site at home off the list",
                "shift.written": "wrote in the log of the watch",
                "shift.handed_over": "handed the watch over",
            }
        )
        verbs.declare(
            {
                "start_run": Verb("start a response", STARTERS, "run.started"),
                "end_run": Verb("end a response", frozenset({"commander"}), "run.ended"),
                "give_task": Verb("give a task", WATCH, "task.given"),
                "pass_on": Verb("give an order to another unit", WATCH, "order.passed_on"),
                "acknowledge_order": Verb("acknowledge an order", EVERYONE, "order.acknowledged"),
                "complete_order": Verb("report an order done", EVERYONE, "order.completed"),
                "decline_order": Verb("say that an order cannot be carried out", EVERYONE, "order.declined"),
                "deploy": Verb("order a unit to a site", STARTERS, "deployment.ordered"),
                "end_deployment": Verb("end a deployment", STARTERS, "deployment.ended"),
                "decide": Verb("take a decision", frozenset({"commander"}), "decision.taken"),
                "see_sites": Verb("see the sites at home", KEEPERS, "site.listed"),
                "set_site": Verb("enter or change a site at home", KEEPERS, "site.set"),
                "import_sites": Verb("enter the sites of a list", KEEPERS, "site.imported"),
                "end_site": Verb("take a site at home off the list", KEEPERS, "site.ended"),
                "write_shift": Verb("write in the log of the watch", DESK, "shift.written"),
                "hand_over": Verb("hand the watch over", frozenset({"watch", "commander"}), "shift.handed_over"),
            }
        )
