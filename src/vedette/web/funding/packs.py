"""The pack that a funder gets with a claim: paper, workbook and receipts; of an expense only what is named here goes into it."""

import tempfile
import zipfile
from collections.abc import Iterable
from contextlib import ExitStack
from decimal import Decimal
from typing import IO
from uuid import UUID

from babel.numbers import get_currency_precision
from django.utils import translation

from vedette.agencies.queries import home_agency
from vedette.agencies.viewer import Viewer
from vedette.files.actions import open_file
from vedette.files.models import StoredFile
from vedette.files.queries import files_by_sheet
from vedette.formats.claim import ClaimLine, ClaimPaper
from vedette.formats.pdf.claim import claim_pdf
from vedette.formats.xlsx.claim import claim_xlsx
from vedette.funding.actions import read_claim
from vedette.funding.claiming import Claimed
from vedette.funding.items import name_of
from vedette.funding.queries import books
from vedette.funding.reading import ClaimRow
from vedette.kit.errors import Forbidden
from vedette.kit.queries import installation_kind
from vedette.web.shell.context import kind_words

# Above this a pack is put together on the disk.
IN_MEMORY = 8 * 1024 * 1024
ENDINGS = {
    "application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "text/plain": "txt",
    "text/csv": "csv",
}  # fmt: skip


def pack_of(viewer: Viewer | None, row: ClaimRow) -> IO[bytes]:
    """The pack of a claim as one ZIP; Forbidden to who may not read every expense in it: a part of a claim is no claim."""
    items = read_claim(viewer, row.claim)
    if sum(one.amount for one in items) != row.claim.total:
        raise Forbidden("This claim holds expenses that you may not read.", "A finance officer takes its pack.")
    receipts = _receipts(viewer, items)
    with translation.override("en"):
        paper = _paper(row, items, receipts)
        made = {"claim.pdf": claim_pdf(paper), "claim.xlsx": claim_xlsx(paper)}
    with ExitStack() as stack:
        out: IO[bytes] = stack.enter_context(tempfile.SpooledTemporaryFile(IN_MEMORY))
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
            for name, body in made.items():
                pack.writestr(name, body)
            for name, file in (pair for pairs in receipts.values() for pair in pairs):
                _put(pack, viewer, f"receipts/{name}", file)
        out.seek(0)
        # Whole: whoever sends it closes it.
        stack.pop_all()
    return out


def _put(pack: zipfile.ZipFile, viewer: Viewer | None, name: str, file: StoredFile) -> None:
    """One receipt, opened with a trace as any file is; a piece at a time."""
    _, pieces = open_file(viewer, file_id=file.id)
    with pack.open(name, "w", force_zip64=True) as entry:
        for piece in pieces:
            entry.write(piece)


def _receipts(viewer: Viewer | None, items: Iterable[Claimed]) -> dict[UUID, list[tuple[str, StoredFile]]]:
    """The receipts of each expense under names made of its reference: a file's own name may say more."""
    references = {one.allocation.expense_id: one.allocation.expense.sheet.reference for one in items if not one.credit}
    found = files_by_sheet(viewer, references)
    return {
        key: [
            (f"{references[key]}-{number}.{ENDINGS.get(file.kind, 'bin')}", file)
            for number, file in enumerate(files, start=1)
        ]
        for key, files in found.items()
    }


def _paper(row: ClaimRow, items: list[Claimed], receipts: dict[UUID, list[tuple[str, StoredFile]]]) -> ClaimPaper:
    claim, currency = row.claim, books().currency
    agreement = claim.grant.agreement
    return ClaimPaper(
        reference=claim.reference,
        home=home_agency().name,
        funder=claim.grant.funder.name,
        grant=claim.grant.title,
        agreement=agreement.title if agreement else "",
        begins=claim.days.lower,
        ends=row.last,
        sent=claim.sent_at.date(),
        currency=currency,
        places=get_currency_precision(currency),
        lines=tuple(_line(one, currency, receipts) for one in items),
        notice=kind_words(installation_kind()),
    )


def _line(one: Claimed, currency: str, receipts: dict[UUID, list[tuple[str, StoredFile]]]) -> ClaimLine:
    expense, rule = one.allocation.expense, one.allocation.rule
    sign = -1 if one.credit else 1
    return ClaimLine(
        reference=expense.sheet.reference,
        day=expense.day,
        place=expense.post.city if expense.post else expense.mission.sheet.reference if expense.mission else "",
        item=name_of(expense.item),
        category=str(expense.get_category_display()),
        amount=_units(sign * expense.amount, expense.currency),
        currency=expense.currency,
        rate=expense.rate,
        rate_day=expense.rate_day,
        base=_units(one.amount, currency),
        rule=f"{rule.number}, {rule.title}",
        receipts=tuple(name for name, _ in receipts.get(expense.pk, ())) if not one.credit else (),
    )


def _units(minor: int, currency: str) -> Decimal:
    return Decimal(minor).scaleb(-get_currency_precision(currency))
