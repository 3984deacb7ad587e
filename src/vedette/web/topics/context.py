"""What the page of a standing question draws."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse

from vedette.agencies.viewer import Viewer
from vedette.handling.policy import may
from vedette.incidents.models import Topic
from vedette.incidents.topics import LinkedRow, linked_to, rows_of_topics
from vedette.web.topics.forms import CloseForm, LinkForm, ReviewForm, UnlinkForm, next_review

FORMS: dict[str, type[forms.Form]] = {"link": LinkForm, "unlink": UnlinkForm, "review": ReviewForm, "close": CloseForm}
PAGES = {"request": "request", "release": "release"}


def form_of(name: str, typed: QueryDict) -> forms.Form:
    """The form of a deed with what was typed; its fields keep their own ids on the page."""
    record = f"-{typed.get('reference', '')}" if name == "unlink" else ""
    return FORMS[name](typed, auto_id=f"{name}{record}_%s")


def topic_context(viewer: Viewer | None, topic: Topic, name: str, bound: forms.Form | None) -> dict[str, Any]:
    """Everything `topics/one.html` draws; `bound` is the form of deed `name` that was not taken."""
    deeds = {deed for deed in FORMS if topic.closed_at is None and may(viewer, f"{deed}_topic").allowed}
    initial = {"review_on": next_review(viewer)}
    shown = {
        deed: bound if bound and deed == name else FORMS[deed](auto_id=f"{deed}_%s", initial=initial)
        for deed in deeds - {"unlink"}
    }
    linked = [_dressed(row, name, bound, "unlink" in deeds) for row in linked_to(viewer, topic)]
    lost = bound if name == "unlink" and not any(one["form"] is bound for one in linked) else None
    row = rows_of_topics(viewer, [topic])[0]
    return {"row": row, "topic": topic, "linked": linked, "forms": shown, "opened": name, "lost": lost}


def _dressed(row: LinkedRow, name: str, bound: forms.Form | None, allowed: bool) -> dict[str, Any]:
    reference = row.sheet.reference
    page = PAGES.get(row.sheet.kind)
    href = reverse(page, args=[row.sheet.pk]) if page else f"{reverse('desk')}?report={row.sheet.pk}"
    form: forms.Form | None = None
    if allowed and name == "unlink" and bound is not None and bound.data.get("reference") == reference:
        form = bound
    elif allowed:
        form = UnlinkForm(auto_id=f"unlink-{reference}_%s", initial={"reference": reference})
    return {"row": row, "href": href, "form": form}
