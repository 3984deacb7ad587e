"""What is changed on the page of a post: each view is one verb; a refusal brings the page back with what was typed."""

import uuid
from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vedette.handling.doors import door, viewer_of_request
from vedette.kit.errors import Missing
from vedette.programme.actions import (
    close_post,
    end_contact,
    end_host_caveat,
    end_posting,
    log_meeting,
    post_officer,
    set_contact,
    set_host_caveat,
    set_post,
)
from vedette.programme.models import Contact, Post
from vedette.programme.queries import caveat_by_id, contact_by_id, posting_by_id
from vedette.web.programme.forms import (
    Asking,
    BecauseForm,
    CaveatForm,
    ContactForm,
    EndPostingForm,
    MeetingForm,
    PostForm,
    PostingForm,
)
from vedette.web.programme.pages import shell_context
from vedette.web.programme.post_page import post_context
from vedette.web.programme.views import post_or_missing

CHANGED = 422


@door("set_post")
@require_http_methods(["GET", "POST"])
def new_post(request: HttpRequest) -> HttpResponse:
    """Open a post."""
    viewer = viewer_of_request(request)
    form = PostForm("new", request.POST or None)
    if request.method == "POST":
        made: list[Post] = []
        if form.taken(lambda **values: made.append(set_post(viewer, **values))):
            messages.success(request, _("%(city)s is open.") % {"city": made[0].city})
            return HttpResponseRedirect(reverse("programme_post", args=[made[0].key]))
    context = {**shell_context(viewer, "posts"), "form": form}
    return render(request, "programme/new_post.html", context, status=CHANGED if form.errors else 200)


def answer(request: HttpRequest, post: Post, form: Asking, act: Callable[..., object], done: str) -> HttpResponse:
    """Do it and go back to the post; or the page again, with the form and why it was not taken."""
    if form.taken(act):
        messages.success(request, done)
        return HttpResponseRedirect(reverse("programme_post", args=[post.key]))
    context = post_context(viewer_of_request(request), post, refused=form)
    return render(request, "programme/post.html", context, status=CHANGED)


@door("set_post")
@require_POST
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Change what is written of a post."""
    post = post_or_missing(key)
    form = PostForm("facts", request.POST, post=post)
    return answer(request, post, form, partial(set_post, viewer_of_request(request), post=post), _("Written down."))


@door("close_post")
@require_POST
def close(request: HttpRequest, key: str) -> HttpResponse:
    """Close a post."""
    post = post_or_missing(key)
    act = partial(close_post, viewer_of_request(request), post=post)
    return answer(request, post, BecauseForm("close", request.POST), act, _("The post is closed."))


@door("post_officer")
@require_POST
def post_officer_here(request: HttpRequest, key: str) -> HttpResponse:
    """Post an officer here."""
    post = post_or_missing(key)
    act = partial(post_officer, viewer_of_request(request), post=post)
    return answer(request, post, PostingForm("posting", request.POST), act, _("The officer is posted."))


@door("end_posting")
@require_POST
def end_posting_here(request: HttpRequest, key: str, row: uuid.UUID) -> HttpResponse:
    """Give a posting its last day."""
    post = post_or_missing(key)
    posting = posting_by_id(post, row)
    if posting is None:
        raise Missing
    act = partial(end_posting, viewer_of_request(request), posting=posting)
    form = EndPostingForm(f"end-posting-{row}", request.POST)
    return answer(request, post, form, act, _("The posting has its last day."))


@door("set_host_caveat")
@require_POST
def caveat(request: HttpRequest, key: str) -> HttpResponse:
    """Write down a rule of the host."""
    post = post_or_missing(key)
    act = partial(set_host_caveat, viewer_of_request(request), post=post)
    done = _("The rule goes with every report from now on.")
    return answer(request, post, CaveatForm("caveat", request.POST), act, done)


@door("end_host_caveat")
@require_POST
def caveat_end(request: HttpRequest, key: str, row: uuid.UUID) -> HttpResponse:
    """End a rule of the host."""
    post = post_or_missing(key)
    found = caveat_by_id(post, row)
    if found is None:
        raise Missing
    act = partial(end_host_caveat, viewer_of_request(request), caveat=found)
    return answer(request, post, BecauseForm(f"end-caveat-{row}", request.POST), act, _("The rule is ended."))


@door("set_contact", serves="programme.post")
@require_POST
def contact(request: HttpRequest, key: str) -> HttpResponse:
    """Write down a contact."""
    post = post_or_missing(key)
    act = partial(set_contact, viewer_of_request(request), post=post)
    return answer(request, post, ContactForm("contact", request.POST), act, _("The contact is written down."))


@door("set_contact", serves="programme.post")
@require_POST
def contact_change(request: HttpRequest, key: str, row: uuid.UUID) -> HttpResponse:
    """Change what is written of a contact."""
    post = post_or_missing(key)
    act = partial(set_contact, viewer_of_request(request), post=post, contact=_contact(request, post, row))
    form = ContactForm(f"contact-{row}", request.POST, change=True)
    return answer(request, post, form, act, _("The contact is changed."))


@door("end_contact", serves="programme.post")
@require_POST
def contact_end(request: HttpRequest, key: str, row: uuid.UUID) -> HttpResponse:
    """End a contact."""
    post = post_or_missing(key)
    act = partial(end_contact, viewer_of_request(request), contact=_contact(request, post, row))
    return answer(request, post, BecauseForm(f"end-contact-{row}", request.POST), act, _("The contact is ended."))


@door("log_meeting", serves="programme.post")
@require_POST
def meeting(request: HttpRequest, key: str, row: uuid.UUID) -> HttpResponse:
    """Write down what was said with a contact."""
    post = post_or_missing(key)
    act = partial(log_meeting, viewer_of_request(request), contact=_contact(request, post, row))
    form = MeetingForm(f"meeting-{row}", request.POST, zone=post.zone)
    return answer(request, post, form, act, _("What was said is written down."))


def _contact(request: HttpRequest, post: Post, row: uuid.UUID) -> Contact:
    found = contact_by_id(viewer_of_request(request), post, row)
    if found is None:
        raise Missing
    return found
