"""Filing a report in the browser, and one's own reports with their receipts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vedette.agencies.viewer import Viewer
from vedette.handling.doors import door, viewer_of_request
from vedette.kit.errors import Conflict, Forbidden, Refused
from vedette.kit.ids import parse_id
from vedette.kit.said import said
from vedette.places.queries import find
from vedette.reporting.actions import attach, confirm_phoned_report, file_report
from vedette.reporting.models import Report
from vedette.reporting.requests import questions_waiting
from vedette.reporting.work import access_report, my_reports, post_of, posted_today
from vedette.web.reports.forms import PhonedForm, ReportForm
from vedette.web.reports.typed import say_refusal


@door("list", serves="my reports")
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """The reports I filed or phoned in, each with its path to its first reader."""
    viewer = viewer_of_request(request)
    context = {"rows": my_reports(viewer), "post": post_of(viewer), "waiting": questions_waiting(viewer)}
    return render(request, "reports/list.html" if request.GET.get("rows") else "reports/mine.html", context)


@door("file_report")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """File a report: an officer his own, a clerk one that was phoned in."""
    viewer = viewer_of_request(request)
    form = _form(request, viewer)
    if request.method == "POST" and form.is_valid():
        try:
            report = _file(viewer, form)
        except (Refused, Conflict, Forbidden) as error:
            say_refusal(form, error)
        else:
            return _after(request, viewer, report)
    post = post_of(viewer)
    center = f"{post.lat},{post.lon}" if post else ""
    context: dict[str, object] = {"form": form, "post": post, "points": [], "center": center}
    return render(request, "reports/new.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, viewer: Viewer | None) -> ReportForm:
    typed = (request.POST, request.FILES) if request.method == "POST" else ()
    begin = {"kind": request.GET.get("kind", "spot")}
    if viewer is None or not viewer.on_desk:
        return ReportForm(*typed, initial=begin)
    officers = [(str(row.seat_id), f"{row.seat.label} · {row.post.city}") for row in posted_today()]
    return PhonedForm(*typed, officers=officers, initial=begin)


def _file(viewer: Viewer | None, form: ReportForm) -> Report:
    if not isinstance(form, PhonedForm):
        post = post_of(viewer)
        return file_report(viewer, form.draft(post.zone if post else "UTC"))
    officer = parse_id(form.cleaned_data["officer"])
    posting = next((row for row in posted_today() if row.seat_id == officer), None)
    if posting is None:
        raise Refused("officer", _("Nobody is chosen."), _("Choose who is on the phone."))
    return file_report(viewer, form.draft(posting.post.zone, posting.post.key, posting.seat_id))


def _after(request: HttpRequest, viewer: Viewer | None, report: Report) -> HttpResponse:
    """Attach what was sent along; a file that is not taken does not undo the report."""
    reference = report.sheet.reference
    messages.success(request, _("%(ref)s is on the desk.") % {"ref": reference})
    sent = request.FILES.get("file")
    if sent:
        try:
            stored = attach(viewer, report=report, stream=sent, name=sent.name or "")
            if stored.offered_place:
                words = _(
                    "The photo was taken at %(lat)s, %(lon)s. It no longer says so; the report may take that place."
                )
                messages.info(request, words % dict(zip(("lat", "lon"), stored.offered_place, strict=True)))
        except Refused as error:
            words = _("The report is filed; the file was not taken: %(why)s %(way)s")
            messages.warning(request, words % {"why": said(error.reason), "way": said(error.way_out)})
    on_desk = viewer is not None and viewer.on_desk
    return HttpResponseRedirect(f"{reverse('desk')}?report={report.pk}" if on_desk else reverse("my_reports"))


@door("confirm_phoned_report")
@require_POST
def confirm(request: HttpRequest, report: str) -> HttpResponse:
    """The officer confirms the wording a clerk typed for him."""
    viewer = viewer_of_request(request)
    row = confirm_phoned_report(viewer, report=access_report(viewer, parse_id(report)))
    messages.success(request, _("%(ref)s is confirmed as yours.") % {"ref": row.sheet.reference})
    return HttpResponseRedirect(reverse("my_reports"))


@door("list")
@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """Places a text may mean, for the field that asks where; the gazetteer holds no records."""
    post = post_of(viewer_of_request(request))
    near = (post.lat, post.lon) if post else None
    found = find(request.GET.get("q", "")[:80], near=near, limit=6)
    rows = [
        {
            "name": one.matched,
            "place": str(one.place),
            "lat": one.place.lat,
            "lon": one.place.lon,
            "km": one.km and round(one.km),
        }
        for one in found
    ]
    return JsonResponse({"places": rows})
