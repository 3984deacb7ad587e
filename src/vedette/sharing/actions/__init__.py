"""The verbs of sharing: a door calls only what stands here."""

from vedette.sharing.actions.correcting import correct_release, recall_release
from vedette.sharing.actions.drafting import draft_release, redraft
from vedette.sharing.actions.editing import (
    add_paragraph,
    add_recipient,
    drop_recipient,
    edit_paragraph,
    keep_paragraph,
    set_terms,
)
from vedette.sharing.actions.lodging import lodge_question, reply_by_release
from vedette.sharing.actions.receiving import (
    acknowledge_release,
    act_on_release,
    ask_about_release,
    give_feedback,
    open_release,
    take_note,
)
from vedette.sharing.actions.sending import send_waiting
from vedette.sharing.actions.signing import sign_release
from vedette.sharing.actions.withdrawing import withdraw_report

__all__ = [
    "acknowledge_release",
    "act_on_release",
    "add_paragraph",
    "add_recipient",
    "ask_about_release",
    "correct_release",
    "draft_release",
    "drop_recipient",
    "edit_paragraph",
    "give_feedback",
    "keep_paragraph",
    "lodge_question",
    "open_release",
    "recall_release",
    "redraft",
    "reply_by_release",
    "send_waiting",
    "set_terms",
    "sign_release",
    "take_note",
    "withdraw_report",
]
