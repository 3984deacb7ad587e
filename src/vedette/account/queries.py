"""Reads of the account: trails, who knew what when, proofs, what is due."""

from vedette.account.glass import Breaking, breakings
from vedette.account.knew import Answer, Known, Trace, knew
from vedette.account.opening import Opened, open_content
from vedette.account.proofs import (
    checkpoint_note,
    checkpoints,
    proof_of,
    public_keys,
    sealed_size,
    unsealed,
    verify_step,
)
from vedette.account.review import Due, Week, due, review_week, week
from vedette.account.scope import oversees
from vedette.account.subjects import Subject, Whom, everyone
from vedette.account.trail import Sentence, Trail, trail

__all__ = [
    "Answer", "Breaking", "Due", "Known", "Opened", "Sentence", "Subject", "Trace", "Trail", "Week", "Whom", "breakings", "checkpoint_note",
    "checkpoints", "due", "everyone", "knew", "open_content", "oversees", "proof_of", "public_keys", "review_week",
    "sealed_size", "trail", "unsealed", "verify_step", "week",
]  # fmt: skip
