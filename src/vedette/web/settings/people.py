"""People and seats: the list, inviting, one seat with its history."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vedette.agencies.invitations import open_invitations
from vedette.agencies.models import Person
from vedette.agencies.passkeys import passkeys_of
from vedette.agencies.queries import labels, seat_changes
from vedette.handling import people
from vedette.handling.doors import door, viewer_of_request
from vedette.kit.errors import Missing
from vedette.kit.ids import parse_id
from vedette.web.settings.forms import BecauseForm, InviteForm, SeatForm
from vedette.web.settings.frame import back, proven, show


@door("see_people")
def page(request: HttpRequest) -> HttpResponse:
    """Every seat, and the invitations that still open something."""
    rows = people.list_people(viewer_of_request(request))
    context = {"rows": rows, "invitations": open_invitations(), "people_count": len({row.person_id for row in rows})}
    return show(request, "settings/people.html", "settings_people", context)


@door("invite")
@require_http_methods(["GET", "POST"])
def invite_person(request: HttpRequest) -> HttpResponse:
    """Invite a person: what is typed makes the seat; the link is shown once."""
    proven(request, "invite")
    form = InviteForm(request.POST or None)
    made: list[tuple[Person, str]] = []

    def act(**typed: Any) -> None:
        made.append(
            people.invite(
                viewer_of_request(request),
                username=typed["username"],
                label=typed["seat_label"],
                seat=form.draft(),
                temporary=typed["temporary"],
            )
        )

    if request.method == "POST" and form.taken(act):
        return show_link(request, *made[0])
    return show(request, "settings/invite.html", "settings_people", {"form": form}, status=422 if form.errors else 200)


def show_link(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """The link to hand over, shown once."""
    link = settings.PUBLIC_URL.rstrip("/") + reverse("invitation", args=[token])
    return show(request, "settings/invited.html", "settings_people", {"person": person, "link": link})


@door("see_people")
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One seat: change it, see what it was."""
    by, seat_id = viewer_of_request(request), parse_id(key)
    row = people.seat_of(by, seat_id)
    if row is None:
        raise Missing
    form = SeatForm(request.POST or None, initial=SeatForm.of(row))

    def act(**typed: Any) -> None:
        people.set_seat(by, seat=row.id, draft=form.draft(), because=typed["because"])

    if request.method == "POST" and form.taken(act):
        return back(request, "settings_seat", _("The seat is changed; what it was is kept below."), row.id)
    changes = seat_changes(row.id)
    who = labels(change.by for change in changes)
    context = {
        "seat": row,
        "form": form,
        "because": BecauseForm(auto_id="deed_%s"),
        "changes": [(change, who.get(change.by, "") if change.by else "") for change in changes],
        "passkeys": passkeys_of(row.person_id),
    }
    return show(request, "settings/seat.html", "settings_people", context, status=422 if form.errors else 200)
