"""What the release desk draws."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vedette.agencies.viewer import Viewer
from vedette.handling.policy import may
from vedette.sharing.desk import release_page
from vedette.sharing.models import Release

LABELS = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")


def desk_context(viewer: Viewer | None, release: Release) -> dict[str, Any]:
    """Everything `releases/desk.html` and its body draw."""
    page = release_page(viewer, release)
    return {
        "release": release,
        "page": page,
        "labels": LABELS,
        "may_set_aside": may(viewer, "set_draft_aside").allowed,
        "page_dialogs": [
            ("recall", reverse("release_recall", args=[release.pk]), _recall(page.tally.delivered)),
            ("correct", reverse("release_correct", args=[release.pk]), _("Draft its correction")),
        ],
    }


def tabs(viewer: Viewer | None, here: str) -> list[dict[str, Any]]:
    """The parts of the releases; nothing for who may see one of them alone."""
    if not may(viewer, "see_standing_rules").allowed:
        return []
    listed = [("releases", _("Releases")), ("standing_rules", _("Standing rules"))]
    shown = listed if viewer and viewer.is_home and may(viewer, "list").allowed else listed[1:]
    return [{"label": label, "href": reverse(name), "current": name == here} for name, label in shown]


def _recall(reached: int) -> str:
    return ngettext("Recall from %(n)s recipient", "Recall from %(n)s recipients", reached) % {"n": reached}
