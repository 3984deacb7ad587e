"""The protected sites at home: entered one by one or by a list, changed, ended; nothing is deleted."""

import uuid
from collections.abc import Sequence
from dataclasses import asdict

from django.db import transaction

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.policy import require
from vedette.kit.errors import Missing, Refused
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.response.actions.loading import record_site
from vedette.response.models import Site
from vedette.response.sitelist import RowRead, SiteDraft


def see_sites(by: Viewer | None) -> list[Site]:
    """Every site in force, the first to be looked after first; one audit entry a page."""
    viewer = require(by, "see_sites")
    rows = list(Site.objects.filter(until__isnull=True).order_by("priority", "name"))
    record(viewer, "site.listed", [])
    return rows


@transaction.atomic
def set_site(by: Viewer | None, *, draft: SiteDraft, because: str, site: uuid.UUID | None = None) -> Site:
    """Enter a site, or change one with a reason."""
    viewer = require(by, "set_site")
    reason = clean_line("because", because, limit=300, required=True)
    row = _standing(site) if site else None
    same = Site.objects.filter(key=draft.key).first()
    if same is not None and same.id != site and (row is not None or same.until is None):
        raise Refused("name", "A site of this name is there already.", "Change that one, or name this one apart.")
    if row is not None:
        Site.objects.filter(id=row.id).update(key=draft.key)
    made = _write(draft)
    record(viewer, "site.set", [made.id], reason)
    announce("site.set", made.id)
    return made


@transaction.atomic
def import_sites(by: Viewer | None, *, rows: Sequence[RowRead], leave_the_rest: bool, because: str) -> int:
    """Enter the sites of a list, those that are there already by name brought up to date: all rows, or those that can be read."""
    viewer = require(by, "import_sites")
    reason = clean_line("because", because, limit=300, required=True)
    refused = [row for row in rows if row.draft is None]
    if refused and not leave_the_rest:
        raise Refused("file", f"{len(refused)} rows cannot be taken; none was.", "Mend them, or leave them out.")
    drafts = [row.draft for row in rows if row.draft is not None]
    if not drafts:
        raise Refused("file", "No row can be taken.", "Mend the list and send it again.")
    made = [_write(draft) for draft in drafts]
    record(viewer, "site.imported", [], f"{len(made)}: {reason}"[:300])
    announce("site.set", made[0].id)
    return len(made)


@transaction.atomic
def end_site(by: Viewer | None, *, site: uuid.UUID, because: str) -> Site:
    """Take a site off the list; the orders that name it keep it."""
    viewer = require(by, "end_site")
    reason = clean_line("because", because, limit=300, required=True)
    row = _standing(site)
    row.until, row.ended_because = now(), reason
    row.save(update_fields=["until", "ended_because"])
    record(viewer, "site.ended", [row.id], reason)
    announce("site.set", row.id)
    return row


def _standing(site: uuid.UUID) -> Site:
    row = Site.objects.select_for_update().filter(id=site, until__isnull=True).first()
    if row is None:
        raise Missing
    return row


def _write(draft: SiteDraft) -> Site:
    made = record_site(key=draft.key, **asdict(draft))
    if made.until is not None:
        made.until, made.ended_because = None, ""
        made.save(update_fields=["until", "ended_because"])
    return made
