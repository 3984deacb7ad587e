"""Choosing what an incident holds as a fact among the claims of its reports."""

from collections.abc import Sequence

from django.db import transaction

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.policy import require
from vedette.incidents.models import Basis, Fact, Incident, Link
from vedette.incidents.sureness import how_sure
from vedette.kit.errors import Refused
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.reporting.models import Claim


@transaction.atomic
def choose_fact(
    by: Viewer | None, *, incident: Incident, claims: Sequence[Claim], value: str = "", because: str = ""
) -> Fact:
    """Carry one value for a subject and kind, resting on claims of the incident's own reports.

    The fact that stood before is closed, not changed; how sure it is follows from grades and independent roots.
    """
    viewer = require(by, "choose_fact", incident.sheet)
    if not claims:
        raise Refused("claims", "A fact rests on at least one statement.", "Choose the statement that you carry.")
    if len({claim.kind for claim in claims}) > 1:
        raise Refused("claims", "These statements are of different kinds.", "Choose statements of one kind.")
    _check_linked(viewer, incident, claims)
    lead = claims[0]
    moment = now()
    rows = Fact.objects.as_house("the fact in force is closed by the next one")
    rows.filter(incident=incident, kind=lead.kind, subject=lead.subject, until__isnull=True).update(until=moment)
    fact: Fact = Fact.objects.create(
        incident=incident,
        kind=lead.kind,
        subject=lead.subject,
        value=clean_line("value", value, limit=300) or lead.value,
        number=lead.number,
        sure=how_sure(viewer, incident, claims),
        since=moment,
        by_id=viewer.seat_id,
        because=clean_line("because", because, limit=300),
    )
    Basis.objects.bulk_create([Basis(fact=fact, claim=claim) for claim in claims])
    record(viewer, "fact.chosen", [incident.pk, *{claim.report_id for claim in claims}])
    announce("incident.fact", incident.pk)
    return fact


def _check_linked(viewer: Viewer, incident: Incident, claims: Sequence[Claim]) -> None:
    linked = set(
        Link.objects.seen_by(viewer).filter(incident=incident, until__isnull=True).values_list("report_id", flat=True)
    )
    if any(claim.report_id not in linked for claim in claims):
        raise Refused("claims", "A statement comes from a report that is not linked here.", "Link its report first.")
