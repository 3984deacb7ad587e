"""Opening the content of one record: an auditor with a typed reason, through the one door that writes it down."""

from dataclasses import dataclass
from typing import Any

from django.db import models

from vedette.account.scope import sheet_named
from vedette.agencies.viewer import Viewer
from vedette.handling.actions import open_one
from vedette.handling.models import Governed, Sheet
from vedette.handling.policy import require
from vedette.kit.errors import Missing, Refused
from vedette.reporting.models import Version

LEAST = 8


@dataclass(frozen=True)
class Opened:
    """A record that was opened: its sheet, and its words, each with what they are."""

    sheet: Sheet
    reason: str
    words: list[tuple[str, str]]


def open_content(by: Viewer | None, reference: str, reason: str) -> Opened:
    """Open one record by its reference; a reason is asked of everyone here, and stands in the log with the seat."""
    viewer = require(by, "read_trail")
    sheet = sheet_named(viewer, reference)
    said = " ".join(reason.split())[:300]
    if len(said) < LEAST:
        raise Refused("reason", "Content is opened only with a reason.", "Type in a few words why you need to read it.")
    model = _model_of(sheet)
    row: Any = open_one(viewer, model, sheet.id, said)
    return Opened(sheet, said, _words(row))


def _model_of(sheet: Sheet) -> type[Governed]:
    """The table whose row this sheet covers."""
    for model in Governed.__subclasses__():
        if model.objects.as_house("which table a sheet covers").filter(pk=sheet.id).exists():
            return model
    raise Missing


def _words(row: Any) -> list[tuple[str, str]]:
    """The texts of a row, in the order of its table; of a report every wording, because each was sent."""
    texts = (models.CharField, models.TextField)
    found = [
        (str(field.verbose_name).capitalize(), str(getattr(row, field.name)))
        for field in row._meta.fields
        if isinstance(field, texts) and not field.choices and getattr(row, field.name)
    ]
    if row._meta.model_name == "report":
        versions = (
            Version.objects.as_house("an auditor opens one record with a reason").filter(report=row).order_by("number")
        )
        found = [(f"Wording {version.number}", version.gloss or version.text) for version in versions] + found
    return found
