"""Ask: a lead in two minutes, its way to the answer, thanks; for officers, the questions put to them."""

import re
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
from vedette.handling.doors import door, viewer_of_request
from vedette.handling.policy import may
from vedette.handsets.questions import on_phones
from vedette.kit.errors import Conflict, Forbidden, Refused
from vedette.kit.ids import parse_id
from vedette.reporting import actions
from vedette.reporting.models import Request
from vedette.reporting.requests import (
    access_request,
    deeds_of,
    open_request,
    request_lists,
    similar,
    suggest_posts,
)
from vedette.sharing.actions import reply_by_release
from vedette.sharing.lodged import answerable
from vedette.sharing.queries import access_release
from vedette.web.ask.forms import AskForm, RefuseForm, RouteForm, ThankForm
from vedette.web.ask.lodged import desk_context, shown_to_asker
from vedette.web.ask.lodged_forms import LodgedRefuseForm, ReplyForm
from vedette.web.reports.forms import AnswerForm
from vedette.web.reports.typed import say_refusal

REFERENCE = re.compile(r"[A-Z]{2,5}-\d{2}-\d{4,6}")
FORMS: dict[str, type[forms.Form]] = {
    "answer": AnswerForm,
    "refuse": RefuseForm,
    "route": RouteForm,
    "thank": ThankForm,
}


@door("list", serves="requests")
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The lists, and the form that asks."""
    viewer = viewer_of_request(request)
    if viewer and not viewer.is_home:
        return HttpResponseRedirect(reverse("inbox_questions"))
    form = AskForm(request.POST or None, initial=_about(request)) if may(viewer, "ask").allowed else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            asked = actions.ask(viewer, form.draft())
        except Refused as error:
            say_refusal(form, error)
        else:
            messages.success(request, _("%(ref)s is on its way.") % {"ref": asked.sheet.reference})
            return HttpResponseRedirect(reverse("request", args=[asked.pk]))
    lists = request_lists(viewer)
    status = 422 if form is not None and form.errors else 200
    if request.GET.get("rows"):
        return render(request, "ask/lists.html", {"lists": lists})
    return render(request, "ask/page.html", {"form": form, "lists": lists}, status=status)


def _about(request: HttpRequest) -> dict[str, str]:
    """What the form begins with when one asks from a record: its reference as the reason, its post as the one to ask."""
    about = request.GET.get("about", "")
    why = _("About %(ref)s.") % {"ref": about} if REFERENCE.fullmatch(about) else ""
    return {"why": why, "post": request.GET.get("post", "")}


@door("list", serves="requests")
@require_POST
def like(request: HttpRequest) -> HttpResponse:
    """Who knows or asked something like it: whom to call, never what it says."""
    text = request.POST.get("question", "")[:4000]
    return render(request, "ask/similar.html", {"known": similar(viewer_of_request(request), text)})


@door("list")
@require_GET
def posts(request: HttpRequest) -> HttpResponse:
    """The posts nearest to a place that is typed; it holds no records."""
    return render(request, "ask/posts.html", {"near": suggest_posts(request.GET.get("where", "")[:120])})


@door("open_one", serves="request")
@require_GET
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One question: its line of states, its clock, its answer, and what the viewer may do with it."""
    viewer = viewer_of_request(request)
    return _show(request, key) if viewer is None or viewer.is_home else shown_to_asker(request, key)


def _show(request: HttpRequest, key: str, bound: dict[str, forms.Form] | None = None) -> HttpResponse:
    viewer = viewer_of_request(request)
    row = open_request(viewer, parse_id(key), request.GET.get("reason", ""))
    deeds = deeds_of(viewer, row)
    shown = {
        name: (bound or {}).get(name) or _form(name, row.lodged)(auto_id=f"{name}_%s")
        for name in FORMS
        if name in deeds
    }
    context = {"row": row, "question": row.request, "forms": shown, "opened": next(iter(bound), "") if bound else ""}
    context |= desk_context(viewer, row, deeds)
    context["phone"] = on_phones(viewer, [row.request.pk])[row.request.pk]
    if bound and "reply" in bound:
        context["reply_form"] = bound["reply"]
    return render(request, "ask/one.html", context, status=422 if bound else 200)


def _form(name: str, lodged: bool) -> type[forms.Form]:
    return LodgedRefuseForm if lodged and name == "refuse" else FORMS[name]


def _do(
    request: HttpRequest, key: str, name: str, act: Callable[[Viewer | None, Request, Any], object]
) -> HttpResponse:
    """Run one verb with a form's words; refused, the page comes back with what was typed."""
    viewer = viewer_of_request(request)
    row = access_request(viewer, parse_id(key))
    form = _form(name, row.sheet.lodged_by_id is not None)(request.POST, auto_id=f"{name}_%s")
    if form.is_valid():
        try:
            act(viewer, row, form)
        except (Refused, Conflict, Forbidden) as error:
            say_refusal(form, error)
        else:
            return HttpResponseRedirect(reverse("request", args=[row.pk]))
    return _show(request, key, {name: form})


@door("answer", serves="request")
@require_POST
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """File the answer as a report and link it."""

    def act(viewer: Viewer | None, row: Request, form: Any) -> object:
        post = row.to_post
        draft = form.draft(post.zone if post else "UTC", post.key if post else "")
        return actions.file_answer(viewer, request=row, draft=draft)

    return _do(request, key, "answer", act)


@door("refuse", serves="request")
@require_POST
def refuse(request: HttpRequest, key: str) -> HttpResponse:
    """Refuse with a reason."""

    def act(viewer: Viewer | None, row: Request, form: Any) -> object:
        return actions.refuse(viewer, request=row, **{"text": "", **form.cleaned_data})

    return _do(request, key, "refuse", act)


@door("route_request", serves="request")
@require_POST
def route(request: HttpRequest, key: str) -> HttpResponse:
    """Pass it to a post."""

    def act(viewer: Viewer | None, row: Request, form: Any) -> object:
        said = form.cleaned_data
        return actions.route(viewer, request=row, post_key=said["post"], because=said["because"])

    return _do(request, key, "route", act)


@door("thank", serves="request")
@require_POST
def thank(request: HttpRequest, key: str) -> HttpResponse:
    """Thank for the answer."""

    def act(viewer: Viewer | None, row: Request, form: Any) -> object:
        return actions.thank(viewer, request=row, text=form.cleaned_data["text"])

    return _do(request, key, "thank", act)


@door("take_in_hand", serves="request")
@require_POST
def take(request: HttpRequest, key: str) -> HttpResponse:
    """Tell another agency that its question is in hand."""
    viewer = viewer_of_request(request)
    actions.take_in_hand(viewer, request=access_request(viewer, parse_id(key)))
    return HttpResponseRedirect(reverse("request", args=[key]))


@door("reply_by_release", serves="request")
@require_POST
def reply(request: HttpRequest, key: str) -> HttpResponse:
    """Answer another agency's question by a release it holds (POST release)."""
    viewer = viewer_of_request(request)
    row = access_request(viewer, parse_id(key))
    form = ReplyForm(request.POST, auto_id="reply_%s", releases=answerable(viewer, row))
    if form.is_valid():
        release = access_release(viewer, parse_id(form.cleaned_data["release"]))
        try:
            reply_by_release(viewer, request=row, release=release)
        except (Refused, Conflict) as error:
            say_refusal(form, error)
        else:
            return HttpResponseRedirect(reverse("request", args=[key]))
    return _show(request, key, {"reply": form})
