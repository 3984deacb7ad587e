"""Locks at the front door, released by an administrator or by two watch seats together; and the glass."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vedette.agencies.locks import flooded
from vedette.agencies.queries import glass_in_force, open_locks, open_proposals
from vedette.agencies.rules import value_of
from vedette.handling import locking
from vedette.handling.doors import door, viewer_of_request
from vedette.handling.verbs import VERBS
from vedette.kit.ids import parse_id
from vedette.web.settings.forms import BecauseForm, GlassForm
from vedette.web.settings.frame import back, show


@door("see_locks")
def page(request: HttpRequest) -> HttpResponse:
    """What is locked, what was proposed, whose glass is broken."""
    return _show(request, GlassForm())


def _show(request: HttpRequest, form: GlassForm, status: int = 200) -> HttpResponse:
    viewer = viewer_of_request(request)
    proposed = {proposal.subject: proposal for proposal in open_proposals()}
    context = {
        "locks": [{"row": row, "proposal": proposed.get(row.id)} for row in open_locks()],
        "alone": viewer is not None and viewer.holds("administrator"),
        "flooded": flooded(),
        "tries": value_of("tries"),
        "minutes": value_of("tries_minutes"),
        "glass": glass_in_force(),
        "glass_form": form,
        "may_break": viewer is not None and bool(viewer.roles & VERBS["break_glass"].roles),
        "mine": viewer.seat_id if viewer else None,
    }
    return show(request, "settings/locks.html", "settings_locks", context, status)


@door("release_lock")
@require_POST
def release(request: HttpRequest, key: str) -> HttpResponse:
    """Release a lock; of two watch seats the first asks, the second confirms."""
    form = BecauseForm(request.POST)
    because = form.cleaned_data["because"] if form.is_valid() else ""
    released = locking.release_lock(viewer_of_request(request), lock=parse_id(key), because=because)
    asked = _("Asked. A second watch seat, another person, confirms within 30 minutes.")
    return back(request, "settings_locks", _("Released.") if released else asked)


@door("break_glass")
@require_POST
def glass(request: HttpRequest) -> HttpResponse:
    """Break the glass: see all that the house holds, for a while, for a reason."""
    form = GlassForm(request.POST)
    if form.taken(lambda **typed: locking.break_glass(viewer_of_request(request), **typed)):
        said = _("The glass is broken until its time is over; whose records you see is told of it.")
        return back(request, "settings_locks", said)
    return _show(request, form, status=422)
