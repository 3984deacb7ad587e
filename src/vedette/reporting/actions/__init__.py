"""The verbs of reporting: one module a noun; a door calls only what stands here."""

from vedette.reporting.actions.claims import ClaimDraft, make_claim, set_root_source
from vedette.reporting.actions.grades import grade_claim, grade_report
from vedette.reporting.actions.names import clear_name, confirm_name
from vedette.reporting.actions.nexus import set_nexus
from vedette.reporting.actions.places import attach, set_place
from vedette.reporting.actions.received import ReceivedDraft, file_received
from vedette.reporting.actions.reports import amend_report, confirm_phoned_report, file_report, read_at_desk
from vedette.reporting.actions.requests import (
    QuestionDraft,
    answer,
    ask,
    file_answer,
    refuse,
    route,
    take_in_hand,
    thank,
)

__all__ = [
    "ClaimDraft",
    "QuestionDraft",
    "ReceivedDraft",
    "amend_report",
    "answer",
    "ask",
    "attach",
    "clear_name",
    "confirm_name",
    "confirm_phoned_report",
    "file_answer",
    "file_received",
    "file_report",
    "grade_claim",
    "grade_report",
    "make_claim",
    "read_at_desk",
    "refuse",
    "route",
    "set_nexus",
    "set_place",
    "set_root_source",
    "take_in_hand",
    "thank",
]
