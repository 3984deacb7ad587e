"""The tabs of the audit screens, by what a seat may do, and what every page of them needs."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vedette.handling.doors import viewer_of_request
from vedette.handling.policy import may

TABS = (
    ("audit", "ask_who_knew", _("Who knew what, when")),
    ("audit_find_trail", "read_trail", _("Trail of a record")),
    ("audit_proofs", "see_proofs", _("Proofs")),
    ("audit_week", "see_review", _("Week’s log")),
    ("audit_due", "see_review", _("What is due")),
    ("purges", "see_purges", _("Purges")),
    ("audit_glass", "see_review", _("Broken glass")),
)


def page(request: HttpRequest, template: str, tab: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Render a page of the audit screens with its tabs; a template of another screen is named with its folder."""
    viewer = viewer_of_request(request)
    tabs = [
        {"href": reverse(name), "label": label, "current": name == tab}
        for name, verb, label in TABS
        if may(viewer, verb).allowed
    ]
    context["may_purge"] = may(viewer, "see_purges").allowed
    named = template if "/" in template else f"audit/{template}"
    return render(request, f"{named}.html", {**context, "tabs": tabs}, status=status)
