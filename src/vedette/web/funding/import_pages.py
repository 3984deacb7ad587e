"""What the page of a workbook draws: each row with who would pay it, or why it is not taken; what was read goes on signed."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vedette.agencies.queries import home_agency
from vedette.agencies.viewer import Viewer
from vedette.formats.xlsx.costs import costs_xlsx
from vedette.funding.actions import look_over
from vedette.funding.actions.entering import ExpenseDraft
from vedette.funding.importing import COLUMNS, LARGEST, MOST_ROWS, Cells, RowRead, cells_of, read_cells
from vedette.funding.items import ITEMS, name_of
from vedette.funding.judging import RowJudged
from vedette.funding.models import Expense
from vedette.funding.reading import posts_of_programme
from vedette.kit.errors import Refused
from vedette.kit.said import in_words
from vedette.kit.time import now
from vedette.programme.missions import missions
from vedette.web.funding.pages import frame
from vedette.web.programme.forms import Asking

# What was read is carried in the page, signed: nothing lies in the house before somebody says take it.
HOLDS = datetime.timedelta(hours=1)
LONGEST = 1_500_000
SHOWN = 500
CHOICES = (
    ("all", gettext_lazy("All or nothing: one row that cannot be taken keeps all of them out")),
    ("some", gettext_lazy("Take what somebody lawfully pays, leave the rest")),
)


class WorkbookForm(forms.Form):
    """A workbook of costs."""

    file = forms.FileField(label=gettext_lazy("Workbook"), help_text=gettext_lazy("An .xlsx file of at most 5 MB."))

    def cells(self) -> list[Cells] | None:
        """The rows of the workbook; None when it is none, with the reason beside the field."""
        if not self.is_valid():
            return None
        try:
            return cells_of(self.cleaned_data["file"].read(LARGEST + 1))
        except Refused as refusal:
            self.add_error("file", in_words(refusal))
            return None


class TakeForm(Asking):
    """Whether one row that cannot be taken keeps all of them out."""

    how = forms.ChoiceField(label=gettext_lazy("What to do"), choices=CHOICES, widget=forms.RadioSelect, initial="all")
    rows = forms.CharField(widget=forms.HiddenInput)


def _signer(viewer: Viewer | None) -> Signer:
    # Signed for one seat: a page saved by one person is nothing to another.
    return Signer(salt=f"funding.import.{viewer.seat_id if viewer else ''}")


def packed(viewer: Viewer | None, cells: Sequence[Cells]) -> str:
    """The rows as the page carries them; Refused when they are too long for it."""
    plain = {"at": now().isoformat(), "rows": [[row.number, dict(row.values)] for row in cells]}
    made: str = _signer(viewer).sign_object(plain, compress=True)
    if len(made) > LONGEST:
        raise Refused("file", "Its texts are too long to be read at once.", "Send it in parts.")
    return made


def unpacked(viewer: Viewer | None, text: str) -> list[Cells]:
    """The rows that a page carried; Refused when they are nobody's, another's, or were read too long ago."""
    try:
        plain = _signer(viewer).unsign_object(text)
    except BadSignature:
        raise Refused("file", "This is not what was read.", "Send the workbook again.") from None
    if now() - datetime.datetime.fromisoformat(plain["at"]) > HOLDS:
        raise Refused("file", "It was read more than an hour ago.", "Send the workbook again.")
    return [Cells(number, values) for number, values in plain["rows"]]


def rows_of(viewer: Viewer | None, cells: Sequence[Cells]) -> list[RowRead]:
    """What each row says, with the posts and missions that the viewer may name."""
    posts = {name.casefold(): post for post in posts_of_programme() for name in (post.key, post.city)}
    teams = {row.mission.sheet.reference.casefold(): row.mission for row in missions(viewer)}
    return read_cells(cells, posts, teams)


def import_context(
    viewer: Viewer | None,
    form: WorkbookForm,
    judged: Sequence[RowJudged] = (),
    made: dict[int, Expense] | None = None,
    take: TakeForm | None = None,
) -> dict[str, Any]:
    """The form; with rows the table of them, what is not taken first; with `made` what was entered of them."""
    refused, taken = [row for row in judged if not row.taken], [row for row in judged if row.taken]
    shown = [*refused, *taken][:SHOWN]
    return {
        **frame(viewer, "expenses"),
        "form": form,
        "columns": COLUMNS,
        "most": MOST_ROWS,
        "rows": [_row(row, made) for row in shown],
        "hidden": len(judged) - len(shown),
        "taken": len(taken),
        "refused": len(refused),
        "all": len(judged),
        "made": made,
        "take": take,
    }


def _row(row: RowJudged, made: dict[int, Expense] | None) -> dict[str, Any]:
    draft = row.draft
    return {
        "row": row,
        "draft": draft,
        "typed": row.typed,
        "place": _place(draft) if draft else "",
        "item": name_of(draft.item) if draft else "",
        "payers": " + ".join(part.purse.grant.funder.name for part in row.verdict.parts) if row.verdict else "",
        "expense": (made or {}).get(row.number),
    }


def _place(draft: ExpenseDraft) -> str:
    if draft.post:
        return str(draft.post.city)
    return str(draft.mission.sheet.reference) if draft.mission else ""


def looked_over(viewer: Viewer | None, form: WorkbookForm, cells: Sequence[Cells]) -> dict[str, Any]:
    """The page after a workbook was read: the dry run, and the form that takes it."""
    judged = look_over(viewer, rows=rows_of(viewer, cells))
    try:
        take = TakeForm("take", initial={"how": "all", "rows": packed(viewer, cells)})
    except Refused as refusal:
        form.add_error("file", in_words(refusal))
        take = None
    return import_context(viewer, form, judged, take=take)


def template_of(viewer: Viewer | None) -> bytes:
    """The empty workbook, with the posts and missions the viewer may name and what may be bought."""
    works = [post.city for post in posts_of_programme() if post.status != "closed"]
    works += [row.mission.sheet.reference for row in missions(viewer) if not row.over]
    lists = {"Post or mission": works, "Item": [str(name) for _category, name in ITEMS.values()]}
    return costs_xlsx(COLUMNS, lists, home_agency().name)


def said_of(made: dict[int, Expense], refused: int) -> str:
    """What happened, in a sentence."""
    words = {"n": len(made), "refused": refused}
    if refused:
        return _("%(n)s entered, %(refused)s not taken. Each still waits for somebody else to approve it.") % words
    return _("%(n)s entered. Each still waits for somebody else to approve it.") % words
