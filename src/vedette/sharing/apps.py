"""The sharing room: declares its verbs and audit codes."""

from django.apps import AppConfig

from vedette.audit import codes
from vedette.handling import verbs
from vedette.handling.verbs import EVERYONE, Verb

DRAFTERS = frozenset({"watch", "analyst", "releasing"})
RELEASING = frozenset({"releasing"})


class SharingConfig(AppConfig):
    """Releases, deliveries, receipts, recall."""

    name = "vedette.sharing"
    label = "sharing"

    def ready(self) -> None:
        """Declare what may be done here and how the log tells it."""
        codes.declare(CODES)
        verbs.declare(VERBS)


CODES = {
    "release.drafted": "drafted a release",
    "release.edited": "changed a draft release",
    "release.signed": "signed and sent a release",
    "release.corrected": "drafted the correction of a release",
    "release.recalled": "recalled a release from everyone it reached",
    "delivery.acknowledged": "acknowledged a release",
    "delivery.acted": "said what was done on a release",
    "delivery.asked": "asked about a release",
    "delivery.feedback": "gave feedback on a release",
    "delivery.told": "took note of a recall or correction",
    "summary.filed": "filed a summary that drafted itself",
}
VERBS = {
    "draft_release": Verb("draft a release", DRAFTERS, "release.drafted"),
    "edit_release": Verb("change a draft release", DRAFTERS, "release.edited"),
    "sign_release": Verb("sign a release", RELEASING, "release.signed", reauthenticate=True),
    "correct_release": Verb("correct a release", RELEASING, "release.corrected", reauthenticate=True),
    "recall_release": Verb("recall a release", RELEASING, "release.recalled", reauthenticate=True),
    "withdraw_report": Verb(
        "withdraw a report", EVERYONE, "report.withdrawn", author_only=True, instead=frozenset({"watch", "releasing"})
    ),
    "acknowledge_release": Verb("acknowledge a release", EVERYONE, "delivery.acknowledged", home_only=False),
    "act_on_release": Verb("say what was done on a release", EVERYONE, "delivery.acted", home_only=False),
    "ask_about_release": Verb("ask about a release", EVERYONE, "delivery.asked", home_only=False),
    "give_feedback": Verb("give feedback on a release", EVERYONE, "delivery.feedback", home_only=False),
    "take_note": Verb("take note of a recall", EVERYONE, "delivery.told", home_only=False),
    "brief": Verb("read the brief", frozenset({"watch", "analyst", "commander", "releasing"}), "sheet.opened"),
    "file_summary": Verb("file a summary", frozenset({"watch", "analyst", "officer"}), "summary.filed"),
}
