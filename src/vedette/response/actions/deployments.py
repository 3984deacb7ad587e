"""Ordering a unit to a site, and ending it."""

import datetime

from django.db import transaction

from vedette.agencies.models import Unit
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.models import Sheet
from vedette.handling.policy import require
from vedette.kit.errors import Refused
from vedette.kit.text import clean_line, clean_text
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.response.actions.states import (
    IN_HAND,
    State,
    check_state,
    record_giving,
    record_state,
    record_taking_back,
    sheet_like,
    standing_of,
)
from vedette.response.models import Deployment, Run, Site
from vedette.search.actions import index


@transaction.atomic
def deploy(
    by: Viewer | None,
    *,
    unit: Unit | None,
    order: str,
    site: Site | None = None,
    place: str = "",
    strength: str = "",
    run: Run | None = None,
    since: datetime.datetime | None = None,
    until: datetime.datetime | None = None,
    basis: Sheet | None = None,
) -> Deployment:
    """Order a unit to a site: it reads the order at once and is asked to acknowledge; the site is covered when it has."""
    viewer = require(by, "deploy", run.sheet if run else None)
    rests_on = basis or (run.basis if run else None)
    if rests_on:
        require(viewer, "deploy", rests_on)
    if unit is None or unit.agency_id != viewer.agency_id:
        raise Refused("unit", "An order goes to a unit of our own.", "Choose the unit.")
    begins, where = since or now(), clean_line("place", place)
    if until is not None and until <= begins:
        raise Refused("until", "It would end before it begins.", "Give a later time, or none.")
    if site is None and not where:
        raise Refused("site", "Nobody can stand nowhere.", "Choose a site, or name the place.")
    under = [sheet for sheet in (run.sheet if run else None, rests_on) if sheet]
    row: Deployment = Deployment.objects.create(
        sheet=sheet_like(viewer, *under, kind="deployment", prefix="DEP"),
        unit=unit,
        site=site,
        place=where,
        strength=clean_line("strength", strength, limit=80),
        order=clean_text("order", order, limit=4000, required=True),
        run=run,
        basis=rests_on,
        since=begins,
        until=until,
    )
    point = (site.lat, site.lon) if site else None
    index(
        row.sheet,
        title=f"{unit.name}: {row.where}",
        texts=[("en", row.order)],
        at=begins,
        place_name=row.where,
        point=point,
    )
    record_giving(row, unit, by=viewer.seat_id)
    record(viewer, "deployment.ordered", [row.pk, unit.id])
    announce("deployment.given", row.pk)
    return row


@transaction.atomic
def end_deployment(by: Viewer | None, *, deployment: Deployment, because: str) -> Deployment:
    """The unit need not stand there any more, with the reason; it reads that on its orders."""
    viewer = require(by, "end_deployment", deployment.sheet)
    reason = clean_line("because", because, limit=300, required=True)
    check_state(standing_of(deployment.sheet), (*IN_HAND, State.CANNOT, State.DONE))
    record_taking_back(deployment, f"ended: {reason}")
    record_state(deployment.sheet, State.ENDED, viewer.seat_id, unit=deployment.unit_id, because=reason)
    record(viewer, "deployment.ended", [deployment.pk], reason)
    announce("deployment.ended", deployment.pk)
    return deployment
