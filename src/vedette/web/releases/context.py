"""What the release desk draws."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from vedette.agencies.viewer import Viewer
from vedette.sharing.desk import release_page
from vedette.sharing.models import Release

LABELS = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")


def desk_context(viewer: Viewer | None, release: Release) -> dict[str, Any]:
    """Everything `releases/desk.html` and its body draw."""
    return {
        "release": release,
        "page": release_page(viewer, release),
        "labels": LABELS,
        "page_dialogs": [
            ("recall", reverse("release_recall", args=[release.pk]), _("Recall it from everyone")),
            ("correct", reverse("release_correct", args=[release.pk]), _("Draft its correction")),
        ],
    }
