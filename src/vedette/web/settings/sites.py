"""The protected sites at home: the list, one by one, a whole list as a file, and the end of one."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vedette.agencies.viewer import Viewer
from vedette.handling.doors import door, viewer_of_request
from vedette.kit.errors import Missing
from vedette.response.actions import end_site, import_sites, see_sites, set_site
from vedette.response.models import Site
from vedette.response.queries import site_by
from vedette.response.sitelist import COLUMNS, MOST_ROWS
from vedette.web.settings.forms import BecauseForm
from vedette.web.settings.frame import back, show
from vedette.web.settings.site_forms import SiteForm, SiteListForm

CHANGED = 422


@door("see_sites")
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Every site in force."""
    return show(request, "settings/sites.html", "settings_sites", {"rows": see_sites(viewer_of_request(request))})


def _form(request: HttpRequest, form: SiteForm, done: str, **context: Any) -> HttpResponse:
    viewer = viewer_of_request(request)
    act = _setter(viewer, form, context.get("site"))
    if request.method == "POST" and form.taken(act):
        return back(request, "settings_sites", done)
    status = CHANGED if form.errors else 200
    return show(request, "settings/site.html", "settings_sites", {"form": form, **context}, status=status)


def _setter(viewer: Viewer | None, form: SiteForm, site: Site | None) -> Callable[..., object]:
    def act(because: str, **_typed: Any) -> object:
        return set_site(viewer, draft=form.draft(), because=because, site=site.id if site else None)

    return act


@door("set_site")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Enter one site."""
    return _form(request, SiteForm(request.POST or None), _("The site is on the list."))


def _site(key: UUID) -> Site:
    row = site_by(str(key))
    if row is None or row.until is not None:
        raise Missing
    return row


@door("set_site")
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change one site, or end it."""
    row = _site(key)
    form = SiteForm(request.POST or None, initial=SiteForm.of(row))
    return _form(request, form, _("Written down."), site=row, ending=BecauseForm(auto_id="end_%s"))


@door("end_site")
@require_POST
def end(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take a site off the list."""
    row, form = _site(key), BecauseForm(request.POST, auto_id="end_%s")
    if form.taken(lambda because: end_site(viewer_of_request(request), site=row.id, because=because)):
        return back(request, "settings_sites", _("It is off the list; the orders that name it keep it."))
    context = {"form": SiteForm(initial=SiteForm.of(row)), "site": row, "ending": form}
    return show(request, "settings/site.html", "settings_sites", context, status=CHANGED)


@door("import_sites")
@require_http_methods(["GET", "POST"])
def by_list(request: HttpRequest) -> HttpResponse:
    """Send a list of sites; the rows that cannot be taken are shown with the reason."""
    form = SiteListForm(request.POST, request.FILES) if request.method == "POST" else SiteListForm()
    made: list[int] = []

    def act(leave: bool, because: str, **_typed: Any) -> None:
        rows = form.read()
        made.append(import_sites(viewer_of_request(request), rows=rows, leave_the_rest=leave, because=because))

    if request.method == "POST" and form.taken(act) and not form.refused:
        return back(request, "settings_sites", _("Sites entered or brought up to date: %(n)s.") % {"n": made[0]})
    context = {"form": form, "refused": form.refused, "made": made, "columns": COLUMNS, "most": MOST_ROWS}
    return show(request, "settings/site_list.html", "settings_sites", context, status=CHANGED if form.errors else 200)


@door("import_sites")
@require_GET
def empty_list(_request: HttpRequest) -> HttpResponse:
    """The empty list to fill in, with one row that shows how."""
    row = "Central station,rail station,40.7527,-73.9772,Midtown,transport,1"
    answer = HttpResponse(f"{','.join(COLUMNS)}\n{row}\n", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="sites.csv"'
    return answer
