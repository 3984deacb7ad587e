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
from vedette.sharing.actions.ruling import (
    end_standing_rule,
    read_standing_rules,
    set_draft_aside,
    write_standing_rule,
)
from vedette.sharing.actions.sending import send_waiting
from vedette.sharing.actions.signing import sign_release
from vedette.sharing.actions.standing import draft_by_rules
from vedette.sharing.actions.withdrawing import withdraw_report

__all__ = [
    "acknowledge_release",
    "act_on_release",
    "add_paragraph",
    "add_recipient",
    "ask_about_release",
    "correct_release",
    "draft_by_rules",
    "draft_release",
    "drop_recipient",
    "edit_paragraph",
    "end_standing_rule",
    "give_feedback",
    "keep_paragraph",
    "lodge_question",
    "open_release",
    "read_standing_rules",
    "recall_release",
    "redraft",
    "reply_by_release",
    "send_waiting",
    "set_draft_aside",
    "set_terms",
    "sign_release",
    "take_note",
    "withdraw_report",
    "write_standing_rule",
]
