"""Signing: the text and the list of whom it is addressed to become fixed and are signed by the agency's key; then it is sent."""

import datetime
from typing import Any

from django.db import transaction

from vedette.agencies.keys import sign
from vedette.agencies.queries import home_agency
from vedette.agencies.viewer import Viewer
from vedette.alerts.actions import acknowledge_clock
from vedette.audit.actions import record
from vedette.kit.canonical import canonical_bytes, digest
from vedette.kit.errors import Refused
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.search.actions import index
from vedette.sharing.actions.correcting import supersede
from vedette.sharing.actions.drafting import draft_of
from vedette.sharing.actions.sending import start_sending
from vedette.sharing.loading import Load, load_of
from vedette.sharing.models import Release, Sending
from vedette.sharing.preflight import blocking, checks_of
from vedette.sharing.rules import UNSIGNED, rule_of


@transaction.atomic
def sign_release(by: Viewer | None, *, release: Release) -> Release:
    """Sign and send; refused with every blocking reason of the pre-flight. Asks who one is once more.

    The first batch is delivered in the same transaction, which is all of it for most; the rest follows by `send_waiting`.
    """
    viewer = draft_of(by, "sign_release", release)
    release = (
        Release.objects.as_house("the draft as it stands now")
        .select_related("sheet", "incident", "corrects__sheet")
        .get(pk=release.pk)
    )
    load = load_of(release)
    held = blocking(checks_of(load))
    if held:
        ways = "; ".join(dict.fromkeys(check.way_round for check in held if check.way_round))
        raise Refused("preflight", " ".join(f"{check.title}: {check.sentence}" for check in held), ways)
    moment = now()
    document = document_of(release, load, moment)
    release.signed_by_id, release.signed_at = viewer.seat_id, moment
    release.body, release.digest = canonical_bytes(document), digest(document)
    release.jws = sign(document)
    _index(release, load)
    if release.corrects is not None:
        supersede(viewer, release.corrects, release)
    rule = rule_of(release)
    release.standing_rule_id = rule
    release.save(update_fields=["signed_by", "signed_at", "body", "digest", "jws", "standing_rule"])
    acknowledge_clock(release.pk, UNSIGNED, viewer.seat_id)
    record(viewer, "release.signed", [release.pk, *([rule] if rule else [])], document=release.digest)
    announce("release.signed", release.pk)
    start_sending(release, Sending.What.RELEASE)
    return release


def document_of(release: Release, load: Load, moment: datetime.datetime) -> dict[str, Any]:
    """What is signed: label, handling and text; no lineage, and of the recipients only their number and digest."""
    who = sorted(str(row.agency_id or row.unit_id or row.seat_id) for row in load.recipients)
    return {
        "type": "release",
        "reference": release.sheet.reference,
        "originator": home_agency().key,
        "version": release.version,
        "number": release.number,
        "corrects": release.corrects.sheet.reference if release.corrects else None,
        "label": release.tlp,
        "codes": sorted(release.codes),
        "handling_text": release.handling_text,
        "title": release.title,
        "paragraphs": [row.text for row in load.paragraphs],
        "signed_at": moment,
        "expires_at": release.expires_at,
        "recipients": len(who),
        "recipients_digest": digest(who),
    }


def _index(release: Release, load: Load) -> None:
    index(
        release.sheet,
        title=release.title,
        texts=[("en", "\n".join(row.text for row in load.paragraphs))],
        at=release.signed_at or now(),
        place_name=release.incident.place_name if release.incident else "",
    )
