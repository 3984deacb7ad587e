"""The verbs of incidents: a door calls only what stands here."""

from vedette.incidents.actions.catalogue import load_catalogue, load_catalogue_once
from vedette.incidents.actions.facts import choose_fact
from vedette.incidents.actions.linking import link_report, merge, split, unlink_report
from vedette.incidents.actions.opening import change_incident, open_incident
from vedette.incidents.actions.topics import close_topic, link_to_topic, open_topic, review_topic, unlink_from_topic

__all__ = [
    "change_incident",
    "choose_fact",
    "close_topic",
    "link_report",
    "link_to_topic",
    "load_catalogue",
    "load_catalogue_once",
    "merge",
    "open_incident",
    "open_topic",
    "review_topic",
    "split",
    "unlink_from_topic",
    "unlink_report",
]
