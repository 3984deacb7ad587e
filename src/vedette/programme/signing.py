"""Reads of who signed an agreement, and of the versions of its paper that the viewer may read."""

import uuid
from dataclasses import dataclass, field

from vedette.agencies.viewer import Viewer
from vedette.files.models import StoredFile
from vedette.files.queries import files_by_sheet
from vedette.handling.policy import readable
from vedette.programme.models import Agreement, AgreementPaper, AgreementSignature

Side = AgreementSignature.Side


@dataclass(frozen=True)
class Version:
    """One version of the paper with its file."""

    paper: AgreementPaper
    files: list[StoredFile] = field(default_factory=list)


def documents_of(viewer: Viewer | None, agreement: Agreement) -> list[Version]:
    """The versions of an agreement's paper that the viewer may read, the newest first."""
    rows = AgreementPaper.objects.seen_by(viewer).filter(readable(viewer, "sheet__"), agreement=agreement)
    found = list(rows.select_related("sheet__access_class").order_by("-number"))
    files = files_by_sheet(viewer, [row.pk for row in found])
    return [Version(row, files.get(row.pk, [])) for row in found]


def signatures_of(agreement: Agreement) -> list[AgreementSignature]:
    """Who signed, the first one on top; those taken back after them."""
    rows = AgreementSignature.objects.filter(agreement=agreement).order_by("signed", "since")
    return sorted(rows, key=lambda row: row.until is not None)


def signature_by_id(agreement: Agreement, key: uuid.UUID) -> AgreementSignature | None:
    """One signature under this agreement."""
    return AgreementSignature.objects.filter(agreement=agreement, id=key).first()


def unsigned_sides(signatures: list[AgreementSignature]) -> list[str]:
    """The parties that have not signed yet."""
    signed = {row.side for row in signatures if row.until is None}
    return [str(side.label) for side in Side if side not in signed]
