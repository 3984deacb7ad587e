"""A draft, who signed it on which day, and the versions of the paper itself."""

import datetime

from django.db import transaction

from vedette.agencies.models import Agency
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.files.actions import Stream, store
from vedette.handling.actions import new_sheet
from vedette.handling.policy import require
from vedette.kit.errors import Refused
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.programme.actions.agreements import check_agreement, free_key, standing, write_change
from vedette.programme.gate import REVIEW_EVERY_YEARS, years_after
from vedette.programme.models import Agreement, AgreementPaper, AgreementReview, AgreementSignature

Side = AgreementSignature.Side


@transaction.atomic
def draft_agreement(
    by: Viewer | None,
    *,
    partner: Agency,
    title: str,
    kind: str,
    expires: datetime.date | None = None,
    basis: str = "",
    note: str = "",
) -> Agreement:
    """Enter an agreement that nobody has signed yet; whatever its clauses say, nothing rests on it."""
    viewer = require(by, "draft_agreement")
    values = check_agreement(title=title, kind=kind, signed=None, expires=expires, basis=basis, note=note)
    if partner.kind == Agency.Kind.HOME:
        raise Refused("partner", "That is our own agency.", "Choose the other side.")
    agreement = Agreement.objects.create(key=free_key(title), partner=partner, **values)
    write_change(agreement, viewer.seat_id, "")
    record(viewer, "agreement.drafted", [agreement.id, partner.id])
    announce("agreement.set", agreement.id)
    return agreement


@transaction.atomic
def sign_for(
    by: Viewer | None, *, agreement: Agreement, side: str, office: str, signed: datetime.date
) -> AgreementSignature:
    """Write down that an office signed for a party; with the other party's, a draft is signed on the later of their days."""
    viewer = require(by, "sign_for")
    held = Agreement.objects.select_for_update().get(id=agreement.id)
    standing(held)
    if side not in Side.values:
        raise Refused("side", "Say who signed.", "Choose us or the other side.")
    if signed > now().date():
        raise Refused("signed", "This day is still to come.", "Write a signature down when it has been given.")
    if held.expires and signed >= held.expires:
        raise Refused("signed", "It would expire before it is signed.", "Give the agreement a later last day first.")
    words = clean_line("office", office, limit=200, required=True)
    rows = AgreementSignature.objects.filter(agreement=held, until__isnull=True)
    if rows.filter(side=side, office__iexact=words).exists():
        raise Refused("office", "This office has signed already.", "Nothing needs doing.")
    made = AgreementSignature.objects.create(
        agreement=held, side=side, office=words, signed=signed, since=now(), by=viewer.seat_id
    )
    if held.signed is None:
        _sign(held, viewer)
    record(viewer, "agreement.signature_set", [made.id, held.id])
    announce("agreement.set", held.id)
    agreement.refresh_from_db()
    return made


def _sign(agreement: Agreement, viewer: Viewer) -> None:
    """Both parties have signed: it is signed from the day of the later one on, and to be read three years after."""
    days: dict[str, datetime.date] = {}
    for row in AgreementSignature.objects.filter(agreement=agreement, until__isnull=True).order_by("signed"):
        days.setdefault(row.side, row.signed)
    if set(days) != set(Side.values):
        return
    agreement.signed = max(days.values())
    agreement.save(update_fields=["signed"])
    AgreementReview.objects.create(agreement=agreement, due=years_after(agreement.signed, REVIEW_EVERY_YEARS))
    write_change(agreement, viewer.seat_id, "signed by both")


@transaction.atomic
def end_signature(by: Viewer | None, *, signature: AgreementSignature, because: str) -> AgreementSignature:
    """Take back a signature that was written down by mistake; Refused once both have signed: then the agreement is ended."""
    viewer = require(by, "end_signature")
    reason = clean_line("because", because, limit=300, required=True)
    held = Agreement.objects.select_for_update().get(id=signature.agreement_id)
    if held.signed is not None:
        raise Refused("because", "Both have signed: it is in force or was.", "End the agreement instead.")
    rows = AgreementSignature.objects.filter(id=signature.id, until__isnull=True)
    if not rows.update(until=now(), ended_by=viewer.seat_id, because=reason):
        raise Refused("because", "It was taken back before.", "Nothing needs doing.")
    record(viewer, "agreement.signature_ended", [signature.id, held.id], reason)
    announce("agreement.set", held.id)
    signature.refresh_from_db()
    return signature


@transaction.atomic
def add_document(
    by: Viewer | None, *, agreement: Agreement, stream: Stream, name: str, sensitivity: int = 2
) -> AgreementPaper:
    """Add a version of the paper: stored as every file is, under a sheet of its own; the versions before stay."""
    viewer = require(by, "add_document")
    if sensitivity not in (1, 2, 3):
        raise Refused("sensitivity", f"{sensitivity} is not a sensitivity.", "Choose routine, sensitive or restricted.")
    Agreement.objects.select_for_update().get(id=agreement.id)
    rows = AgreementPaper.objects.as_house("the next version follows the last one, whoever may read that")
    last = rows.filter(agreement=agreement).order_by("-number").values_list("number", flat=True).first() or 0
    sheet = new_sheet(viewer, kind="agreement", prefix="AGR", sensitivity=sensitivity)
    made: AgreementPaper = AgreementPaper.objects.create(
        sheet=sheet, agreement=agreement, number=last + 1, added=now(), by=viewer.seat_id
    )
    store(viewer, sheet, stream, name)
    record(viewer, "agreement.document_added", [made.pk, agreement.id])
    announce("agreement.set", agreement.id)
    return made
