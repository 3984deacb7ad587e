"""The incidents room: declares its verbs and audit codes."""

from django.apps import AppConfig

from vedette.audit import codes
from vedette.handling import purging, verbs
from vedette.handling.verbs import Verb
from vedette.incidents.purging import PLACES, RESTING

DESK = frozenset({"watch", "analyst"})
TASKING = DESK | {"programme", "commander"}


class IncidentsConfig(AppConfig):
    """Incidents, topics, links, facts, analogues."""

    name = "vedette.incidents"
    label = "incidents"

    def ready(self) -> None:
        """Declare what may be done here and how the log tells it."""
        purging.declare(PLACES, RESTING)
        codes.declare(
            {
                "incident.opened": "opened an incident",
                "incident.linked": "linked a report to an incident",
                "incident.unlinked": "took a report out of an incident",
                "incident.merged": "merged two incidents",
                "incident.split": "split reports off into an incident of their own",
                "incident.changed": "changed how an incident stands",
                "fact.chosen": "chose a fact among statements",
                "topic.opened": "opened a standing question",
                "topic.closed": "closed a standing question",
                "topic.reviewed": "reviewed a standing question and kept it",
                "topic.linked": "linked a record to a standing question",
                "topic.unlinked": "took a record out of a standing question",
                "catalogue.loaded": "loaded the reference catalogue",
            }
        )
        verbs.declare(
            {
                "open_incident": Verb("open an incident", DESK, "incident.opened"),
                "link_report": Verb("link a report", DESK, "incident.linked"),
                "unlink_report": Verb("unlink a report", DESK, "incident.unlinked"),
                "merge": Verb("merge incidents", DESK, "incident.merged"),
                "split": Verb("split an incident", DESK, "incident.split"),
                "change_incident": Verb("change how an incident stands", DESK | {"commander"}, "incident.changed"),
                "choose_fact": Verb("choose a fact", DESK, "fact.chosen"),
                "open_topic": Verb("open a standing question", TASKING, "topic.opened"),
                "close_topic": Verb("close a standing question", TASKING, "topic.closed"),
                "review_topic": Verb("keep a standing question", TASKING, "topic.reviewed"),
                "link_topic": Verb("link a record to a standing question", TASKING, "topic.linked"),
                "unlink_topic": Verb("take a record out of a standing question", TASKING, "topic.unlinked"),
            }
        )
