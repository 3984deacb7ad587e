"""Standing questions: the list with the form that opens one, and a page each with what bears on it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vedette.agencies.viewer import Viewer
from vedette.handling.actions import open_one, record_list
from vedette.handling.doors import door, viewer_of_request
from vedette.handling.policy import may
from vedette.incidents import actions
from vedette.incidents.models import Topic
from vedette.incidents.topics import access_topic, topics
from vedette.kit.errors import Conflict, Refused
from vedette.kit.ids import parse_id
from vedette.web.reports.typed import say_refusal
from vedette.web.topics.context import form_of, topic_context
from vedette.web.topics.forms import OpenForm, next_review


@door("list", serves="topics")
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The questions that stand, the one to review first on top, and the form that opens one; `?state=all`: closed too."""
    viewer = viewer_of_request(request)
    form = _open_form(request, viewer)
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            row = actions.open_topic(
                viewer, **form.cleaned_data | {"sensitivity": int(form.cleaned_data["sensitivity"])}
            )
        except Refused as error:
            say_refusal(form, error)
        else:
            messages.success(request, _("%(ref)s stands.") % {"ref": row.sheet.reference})
            return HttpResponseRedirect(reverse("topic", args=[row.pk]))
    whole = request.GET.get("state") == "all"
    rows = topics(viewer, closed=whole)
    if viewer:
        record_list(viewer, [row.topic.pk for row in rows])
    status = 422 if form is not None and form.errors else 200
    return render(request, "topics/page.html", {"rows": rows, "all": whole, "form": form}, status=status)


def _open_form(request: HttpRequest, viewer: Viewer | None) -> OpenForm | None:
    if not may(viewer, "open_topic").allowed:
        return None
    return OpenForm(request.POST if request.method == "POST" else None, initial={"review_on": next_review(viewer)})


@door("open_one", serves="topic")
@require_GET
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One standing question: what we want to know, what bears on it, and what the viewer may do with it."""
    return _show(request, key)


def _show(request: HttpRequest, key: str, name: str = "", bound: forms.Form | None = None) -> HttpResponse:
    viewer = viewer_of_request(request)
    row = open_one(viewer, Topic, parse_id(key), request.GET.get("reason", ""))
    context = topic_context(viewer, row, name, bound)
    if viewer:
        record_list(viewer, [linked["row"].sheet.pk for linked in context["linked"]])
    return render(request, "topics/one.html", context, status=422 if bound else 200)


def _do(
    request: HttpRequest, key: str, name: str, act: Callable[[Viewer | None, Topic, dict[str, Any]], object]
) -> HttpResponse:
    """Run one verb with a form's words; refused, the page comes back with what was typed."""
    viewer = viewer_of_request(request)
    topic = access_topic(viewer, parse_id(key))
    form = form_of(name, request.POST)
    if form.is_valid():
        try:
            act(viewer, topic, form.cleaned_data)
        except (Refused, Conflict) as error:
            say_refusal(form, error)
        else:
            return HttpResponseRedirect(reverse("topic", args=[topic.pk]))
    return _show(request, key, name, form)


@door("link_topic", serves="topic")
@require_POST
def link(request: HttpRequest, key: str) -> HttpResponse:
    """Link a record by its reference (POST reference, because)."""
    return _do(request, key, "link", lambda by, topic, said: actions.link_to_topic(by, topic=topic, **said))


@door("unlink_topic", serves="topic")
@require_POST
def unlink(request: HttpRequest, key: str) -> HttpResponse:
    """Take a record out, with the reason (POST reference, because)."""
    return _do(request, key, "unlink", lambda by, topic, said: actions.unlink_from_topic(by, topic=topic, **said))


@door("review_topic", serves="topic")
@require_POST
def review(request: HttpRequest, key: str) -> HttpResponse:
    """Keep the question until its next review (POST review_on, because)."""
    return _do(request, key, "review", lambda by, topic, said: actions.review_topic(by, topic=topic, **said))


@door("close_topic", serves="topic")
@require_POST
def close(request: HttpRequest, key: str) -> HttpResponse:
    """Close the question, with the reason (POST because)."""
    return _do(request, key, "close", lambda by, topic, said: actions.close_topic(by, topic=topic, **said))
