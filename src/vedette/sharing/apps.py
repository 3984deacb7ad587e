"""The sharing room: declares its verbs and audit codes."""

from django.apps import AppConfig

from vedette.audit import codes
from vedette.handling import purging, verbs
from vedette.handling.verbs import DESK, EVERYONE, Verb
from vedette.sharing.purging import PLACES, RESTING

DRAFTERS = frozenset({"watch", "analyst", "releasing"})
RELEASING = frozenset({"releasing"})
# Two persons purge: one of these asks and another decides; one of the two is a privacy officer.
PURGE_ASKERS = frozenset({"privacy", "commander", "releasing"})
PURGE_DECIDERS = frozenset({"privacy", "commander"})


class SharingConfig(AppConfig):
    """Releases, deliveries, receipts, recall."""

    name = "vedette.sharing"
    label = "sharing"

    def ready(self) -> None:
        """Declare what may be done here and how the log tells it."""
        purging.declare(PLACES, RESTING)
        codes.declare(CODES)
        verbs.declare(VERBS)


CODES = {
    "release.drafted": "drafted a release",
    "release.edited": "changed a draft release",
    "release.signed": "signed and sent a release",
    "release.sent": "delivered a release to the last of those it is addressed to",
    "release.corrected": "drafted the correction of a release",
    "release.recalled": "recalled a release from everyone it reached",
    "standing.signed": "signed a standing rule",
    "standing.ended": "ended a standing rule",
    "standing.listed": "looked at the standing rules",
    "release.drafted_by_rule": "drafted a release under a standing rule",
    "release.renewed_by_rule": "renewed a draft under a standing rule",
    "release.set_aside": "set a draft of a standing rule aside",
    "delivery.acknowledged": "acknowledged a release",
    "delivery.acted": "said what was done on a release",
    "delivery.asked": "asked about a release",
    "question.lodged": "lodged a question with the home desk",
    "request.replied": "answered another agency's question by a release",
    "delivery.feedback": "gave feedback on a release",
    "delivery.told": "took note of a recall or correction",
    "summary.filed": "filed a summary that drafted itself",
    "purge.looked": "looked at what a purge would take",
    "purge.ordered": "asked for a purge",
    "purge.refused": "refused a purge",
    "sheet.purged": "approved a purge, which blanked the record",
}
VERBS = {
    "draft_release": Verb("draft a release", DRAFTERS, "release.drafted"),
    "edit_release": Verb("change a draft release", DRAFTERS, "release.edited"),
    "sign_release": Verb("sign a release", RELEASING, "release.signed", reauthenticate=True),
    "correct_release": Verb("correct a release", RELEASING, "release.corrected", reauthenticate=True),
    "recall_release": Verb("recall a release", RELEASING, "release.recalled", reauthenticate=True),
    "see_standing_rules": Verb("see the standing rules", RELEASING | {"commander", "auditor"}, "standing.listed"),
    "write_standing_rule": Verb("sign a standing rule", RELEASING, "standing.signed", reauthenticate=True),
    "end_standing_rule": Verb("end a standing rule", RELEASING | {"commander"}, "standing.ended"),
    "set_draft_aside": Verb("set a draft of a standing rule aside", RELEASING, "release.set_aside"),
    "withdraw_report": Verb(
        "withdraw a report", EVERYONE, "report.withdrawn", author_only=True, instead=frozenset({"watch", "releasing"})
    ),
    "acknowledge_release": Verb("acknowledge a release", EVERYONE, "delivery.acknowledged", home_only=False),
    "act_on_release": Verb("say what was done on a release", EVERYONE, "delivery.acted", home_only=False),
    "ask_about_release": Verb("ask about a release", EVERYONE, "delivery.asked", home_only=False),
    "lodge_question": Verb("lodge a question", EVERYONE, "question.lodged", home_only=False),
    "reply_by_release": Verb("answer another agency by a release", DESK, "request.replied"),
    "give_feedback": Verb("give feedback on a release", EVERYONE, "delivery.feedback", home_only=False),
    "take_note": Verb("take note of a recall", EVERYONE, "delivery.told", home_only=False),
    "brief": Verb("read the brief", frozenset({"watch", "analyst", "commander", "releasing"}), "sheet.opened"),
    "see_purges": Verb("see purge orders", PURGE_ASKERS | {"auditor"}, "purge.looked"),
    "order_purge": Verb("ask for a purge", PURGE_ASKERS, "purge.ordered", reauthenticate=True),
    "refuse_purge": Verb("refuse a purge", PURGE_DECIDERS, "purge.refused"),
    "approve_purge": Verb("approve a purge", PURGE_DECIDERS, "sheet.purged", reauthenticate=True),
    "file_summary": Verb("file a summary", frozenset({"watch", "analyst", "officer"}), "summary.filed"),
}
