"""What may be done with a summary: file it, or draft it as a bulletin."""

from collections.abc import Sequence

from django.urls import reverse

from vedette.agencies.viewer import Viewer
from vedette.kit.errors import Refused
from vedette.kit.ids import parse_id
from vedette.sharing.actions.drafting import Address
from vedette.sharing.summaries import Summary, draft_summary, file_summary


def deed(viewer: Viewer | None, summary: Summary, do: str, units: Sequence[str]) -> str:
    """Do it; answers where to go."""
    if do == "file":
        report = file_summary(viewer, summary)
        return f"/?report={report.pk}" if viewer and viewer.on_desk else reverse("summaries")
    if do == "release":
        chosen = [Address(unit=key) for text in units if (key := parse_id(text))]
        return reverse("release", args=[draft_summary(viewer, summary, chosen).pk])
    raise Refused("do", "There is no such deed.", "Load the page anew.")
