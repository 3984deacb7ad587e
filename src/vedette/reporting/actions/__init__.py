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
from vedette.reporting.actions.surges import (
    add_team_question,
    answer_team_question,
    drop_team_question,
    give_questions,
    send_surge,
)

__all__ = [
    "ClaimDraft",
    "QuestionDraft",
    "ReceivedDraft",
    "add_team_question",
    "amend_report",
    "answer",
    "answer_team_question",
    "ask",
    "attach",
    "clear_name",
    "confirm_name",
    "confirm_phoned_report",
    "drop_team_question",
    "file_answer",
    "file_received",
    "file_report",
    "give_questions",
    "grade_claim",
    "grade_report",
    "make_claim",
    "read_at_desk",
    "refuse",
    "route",
    "send_surge",
    "set_nexus",
    "set_place",
    "set_root_source",
    "take_in_hand",
    "thank",
]
