"""The verbs of incidents: a door calls only what stands here."""

from vedette.incidents.actions.catalogue import load_catalogue, load_catalogue_once
from vedette.incidents.actions.facts import choose_fact
from vedette.incidents.actions.linking import link_report, merge, split, unlink_report
from vedette.incidents.actions.opening import change_incident, open_incident

__all__ = [
    "change_incident",
    "choose_fact",
    "link_report",
    "load_catalogue",
    "load_catalogue_once",
    "merge",
    "open_incident",
    "split",
    "unlink_report",
]
