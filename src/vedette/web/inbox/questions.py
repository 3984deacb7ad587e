"""What another agency asks the home desk: lodge a question, see where each stands and the release it was answered by."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vedette.agencies.queries import home_agency
from vedette.handling.doors import door, viewer_of_request
from vedette.kit.errors import Refused
from vedette.kit.ids import parse_id
from vedette.sharing.actions import lodge_question
from vedette.sharing.lodged import lodged_questions, open_lodged
from vedette.web.inbox.forms import LodgeForm
from vedette.web.reports.typed import say_refusal


@door("list", serves="inbox.questions")
@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """What my agency lodged, open first, and the form; our own seats have their own screen for it."""
    viewer = viewer_of_request(request)
    if viewer and viewer.is_home:
        return HttpResponseRedirect(reverse("ask"))
    return _page(request, LodgeForm())


@door("lodge_question", serves="inbox.questions")
@require_POST
def lodge(request: HttpRequest) -> HttpResponse:
    """Lodge a question (POST question, why, where, urgency); refused, the page keeps what was typed."""
    form = LodgeForm(request.POST)
    if form.is_valid():
        try:
            asked = lodge_question(viewer_of_request(request), **form.cleaned_data)
        except Refused as error:
            say_refusal(form, error)
        else:
            messages.success(request, _("%(ref)s is with the desk.") % {"ref": asked.sheet.reference})
            return HttpResponseRedirect(reverse("inbox_question", args=[asked.pk]))
    return _page(request, form)


@door("open_one", serves="inbox.question")
@require_GET
def question(request: HttpRequest, key: str) -> HttpResponse:
    """One question as its asker may know it."""
    viewer = viewer_of_request(request)
    if viewer and viewer.is_home:
        return HttpResponseRedirect(reverse("request", args=[key]))
    return render(request, "inbox/question.html", {"row": open_lodged(viewer, parse_id(key)), "home": home_agency()})


def _page(request: HttpRequest, form: Form) -> HttpResponse:
    rows = lodged_questions(viewer_of_request(request))
    if request.GET.get("rows"):
        return render(request, "inbox/lodged_rows.html", {"rows": rows})
    context = {"form": form, "rows": rows, "home": home_agency()}
    return render(request, "inbox/questions.html", context, status=422 if form.errors else 200)
