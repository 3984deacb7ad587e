"""Setting a rule of the security pack: dated, with a reason, never looser than its source."""

from django.db import transaction

from vedette.agencies.rules import RULES, record_rule, value_of
from vedette.agencies.signin_models import SecurityRule
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.policy import require
from vedette.kit.errors import Missing, Refused
from vedette.kit.text import clean_line
from vedette.live.actions import announce


@transaction.atomic
def set_rule(by: Viewer | None, *, key: str, value: int, because: str) -> SecurityRule:
    """Set a clock or count of the security pack from now on; what held before is kept with its dates."""
    viewer = require(by, "set_rule")
    rule = RULES.get(key)
    if rule is None:
        raise Missing
    reason = clean_line("because", because, limit=300, required=True)
    least, most = sorted((rule.strictest, rule.loosest))
    if not least <= value <= most:
        raise Refused("value", f"{value} {rule.unit} are not allowed here.", f"Choose {least} to {most}.")
    if value == value_of(key):
        raise Refused("value", "This is what is in force.", "Choose another, or leave it.")
    row = record_rule(key, value, viewer.seat_id, reason)
    record(viewer, "rule.set", [row.id], f"{key} {value}: {reason}"[:300])
    announce("rule.set", row.id)
    return row
