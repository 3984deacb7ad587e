"""How many entries the log holds, by what they tell of."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.audit.models import Entry
from vedette.audit.sealing import unsealed
from vedette.handling.policy import require


@dataclass(frozen=True)
class Counts:
    """The log in figures: entries, those without a place yet, and how many of each code."""

    entries: int
    unsealed: int
    codes: dict[str, int]


@transaction.atomic
def counts(by: Viewer | None) -> Counts:
    """Count the log; the looking is written down after the counting, so it is not in the figures."""
    viewer = require(by, "see_proofs")
    rows = dict(Entry.objects.values_list("code").annotate(n=Count("id")).order_by("code"))
    waiting = unsealed()
    record(viewer, "account.looked", [])
    return Counts(sum(rows.values()), waiting, rows)
