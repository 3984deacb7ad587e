"""The security pack's clocks and counts: dated rows that an administrator sets, never looser than their source allows."""

import datetime
import uuid
from dataclasses import dataclass

from vedette.agencies.signin_models import SecurityRule
from vedette.kit.time import real_now


@dataclass(frozen=True)
class Rule:
    """What may be set: its unit, what holds until somebody sets it, the strictest and the loosest, and its source."""

    words: str
    unit: str
    usual: int
    strictest: int
    loosest: int
    effect: str
    source: str


RULES = {
    "session_hours": Rule(
        "A session lasts", "hours", 12, 1, 12,
        "Sessions that begin from then on end by themselves.", "modelled on the CJIS policy, 5.6",
    ),
    "idle_minutes": Rule(
        "A screen nobody touches locks after", "minutes", 30, 5, 30,
        "Sessions that begin from then on; a board on the wall is never locked.", "modelled on the CJIS policy, 5.5.5",
    ),
    "tries": Rule(
        "Wrong codes or passwords lock that way after", "tries", 5, 3, 5,
        "From the next try on, for an account and for an address.", "modelled on the CJIS policy, 5.5.3",
    ),
    "tries_minutes": Rule(
        "Wrong tries are counted over", "minutes", 15, 60, 15,
        "From the next try on.", "modelled on the CJIS policy, 5.5.3",
    ),
    "unused_days": Rule(
        "An account nobody uses is switched off after", "days", 90, 7, 90,
        "At the next round of the accounts' loop.", "modelled on the CJIS policy, 5.5.1",
    ),
    "temporary_hours": Rule(
        "An account for an occasion is switched off after", "hours", 72, 1, 72,
        "At the next round of the accounts' loop.", "modelled on the CJIS policy, 5.5.1",
    ),
    "glass_minutes": Rule(
        "The glass is broken for at most", "minutes", 60, 5, 60,
        "From the next breaking on.", "the house: an hour at most",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class InForce:
    """A rule with what is in force: the value, since when, by whom and why; no row means the usual."""

    key: str
    rule: Rule
    value: int
    row: SecurityRule | None
    earlier: list[SecurityRule]

    @property
    def least(self) -> int:
        """The smallest number that may be set."""
        return min(self.rule.strictest, self.rule.loosest)

    @property
    def most(self) -> int:
        """The largest number that may be set."""
        return max(self.rule.strictest, self.rule.loosest)


def value_of(key: str) -> int:
    """What is in force of a rule; KeyError for an undeclared one."""
    usual = RULES[key].usual
    held = SecurityRule.objects.filter(key=key, until__isnull=True).values_list("value", flat=True).first()
    return usual if held is None else held


def rules_in_force() -> list[InForce]:
    """Every rule with what is in force and what was before, newest first."""
    rows: dict[str, list[SecurityRule]] = {}
    for row in SecurityRule.objects.select_related("by").order_by("-since", "-id"):
        rows.setdefault(row.key, []).append(row)
    found = []
    for key, rule in RULES.items():
        held = next((row for row in rows.get(key, []) if row.until is None), None)
        earlier = [row for row in rows.get(key, []) if row.until is not None]
        found.append(InForce(key, rule, held.value if held else rule.usual, held, earlier))
    return found


def record_rule(key: str, value: int, by: uuid.UUID, because: str) -> SecurityRule:
    """Part of a verb: close what was in force and begin this."""
    moment: datetime.datetime = real_now()
    SecurityRule.objects.filter(key=key, until__isnull=True).update(until=moment)
    return SecurityRule.objects.create(key=key, value=value, since=moment, by_id=by, because=because)
