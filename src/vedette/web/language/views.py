"""Choosing the language: a cookie of the browser, for it is the reader's and no seat's."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from vedette.handling.doors import PUBLIC, door
from vedette.kit.errors import Refused
from vedette.web.language.asked import OURS


@door(PUBLIC)
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the language that was chosen and go back to the page; one we do not have is refused."""
    code = request.POST.get("language", "")
    if code not in OURS:
        raise Refused("language", "This language is not one of ours.", "Choose one of the list.")
    wanted = request.POST.get("next", "")
    stays = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    answer = HttpResponseRedirect(wanted if stays else "/")
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer
