"""The programme: posts, rota, contacts, agreements, each as one page that is read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vedette.handling.doors import door, viewer_of_request
from vedette.kit.errors import Missing
from vedette.programme.gate import Holding
from vedette.programme.models import Post
from vedette.programme.queries import holding_by_key, post_by_key
from vedette.web.programme.agreement_pages import agreement_context, agreements_context
from vedette.web.programme.forecast_page import forecast_context
from vedette.web.programme.pages import contacts_context, posts_context, rota_context
from vedette.web.programme.post_page import post_context


@door("see_programme")
@require_GET
def posts(request: HttpRequest) -> HttpResponse:
    """The posts on a map and in a table, with what is due."""
    return render(request, "programme/page.html", posts_context(viewer_of_request(request)))


@door("see_programme", serves="programme.rota")
@require_GET
def rota(request: HttpRequest) -> HttpResponse:
    """Who stands where this year, as lanes and as a list."""
    return render(request, "programme/rota.html", rota_context(viewer_of_request(request)))


@door("see_forecast")
@require_GET
def forecast(request: HttpRequest) -> HttpResponse:
    """What each post loses within twelve months, and who could fill it."""
    return render(request, "programme/forecast.html", forecast_context(viewer_of_request(request)))


@door("see_programme", serves="programme.contacts")
@require_GET
def contacts(request: HttpRequest) -> HttpResponse:
    """The contacts of all posts that the viewer may see."""
    return render(request, "programme/contacts.html", contacts_context(viewer_of_request(request)))


@door("see_programme")
@require_GET
def agreements(request: HttpRequest) -> HttpResponse:
    """Every agreement with what is left of it, and the partners without one."""
    return render(request, "programme/agreements.html", agreements_context(viewer_of_request(request)))


@door("see_programme", serves="programme.post")
@require_GET
def post(request: HttpRequest, key: str) -> HttpResponse:
    """One post: officers, the host's rules, contacts and meetings."""
    return render(request, "programme/post.html", post_context(viewer_of_request(request), post_or_missing(key)))


@door("see_programme", serves="agreement documents")
@require_GET
def agreement(request: HttpRequest, key: str) -> HttpResponse:
    """One agreement: what it lets us do, its clauses and readings; `?label=` puts a question to the lock."""
    context = agreement_context(viewer_of_request(request), holding_or_missing(key), question=request.GET)
    return render(request, "programme/agreement.html", context)


def post_or_missing(key: str) -> Post:
    """The post of an address; Missing when there is none."""
    found = post_by_key(key)
    if found is None:
        raise Missing
    return found


def holding_or_missing(key: str) -> Holding:
    """The agreement of an address; Missing when there is none."""
    found = holding_by_key(key)
    if found is None:
        raise Missing
    return found
