"""The account room: declares its verbs and audit codes; looking into the log is itself written down."""

from django.apps import AppConfig

from vedette.audit import codes
from vedette.handling import verbs
from vedette.handling.verbs import DESK, Verb

OVERSIGHT = frozenset({"auditor", "privacy"})
BOOKKEEPERS = frozenset({"finance", "programme", "commander"})
ASKERS = OVERSIGHT | {"commander", "watch", "releasing"}


class AccountConfig(AppConfig):
    """Trails, who knew what when, proofs, what is due: reads only."""

    name = "vedette.account"
    label = "account"

    def ready(self) -> None:
        """Declare what may be asked here and how the log tells it."""
        codes.declare(
            {
                "account.asked": "asked who knew what, and when",
                "account.trailed": "read the trail of a record",
                "account.exported": "took a table out of the log",
                "account.verified": "verified the log",
                "account.proved": "took the proof of an entry",
                "value.seen": "looked at the value of the programme",
                "account.reviewed": "reviewed the week's log",
                "account.looked": "looked at what is due, or at the week's log",
            }
        )
        verbs.declare(
            {
                "ask_who_knew": Verb("ask who knew what, and when", ASKERS, "account.asked"),
                "read_trail": Verb("read the trail of a record", DESK | OVERSIGHT, "account.trailed"),
                "export_account": Verb("take a table out of the log", DESK | OVERSIGHT, "account.exported"),
                "see_proofs": Verb("see the proofs of the log", ASKERS, "account.looked"),
                "verify_log": Verb("verify the log", OVERSIGHT, "account.verified"),
                "take_proof": Verb("take the proof of an entry", DESK | OVERSIGHT, "account.proved"),
                "see_value": Verb("see the value of the programme", BOOKKEEPERS | OVERSIGHT, "value.seen"),
                "see_review": Verb("see the week's log and what is due", OVERSIGHT, "account.looked"),
                "review_week": Verb("review the week's log", OVERSIGHT, "account.reviewed"),
            }
        )
