"""A real installation with a few people, and their browsers; made by the rooms' own actions."""

import re
from dataclasses import dataclass

from django.http import HttpRequest
from django.test import Client

from vedette.agencies import codes, invitations
from vedette.agencies.actions import record_agency, record_person, record_seat
from vedette.agencies.models import Agency, Person, Seat
from vedette.agencies.queries import seat_viewer
from vedette.agencies.signin import prove, sit_down
from vedette.agencies.viewer import Viewer
from vedette.audit.models import Entry
from vedette.kit.actions import install
from vedette.kit.time import forget_clock, real_now

PASSWORD = "seven quiet herons wade"
SEATS = (
    ("keeper", "Administrator", "home", ("administrator",)),
    ("watch1", "Watch officer 1", "home", ("watch",)),
    ("watch2", "Watch officer 2", "home", ("watch",)),
    ("chief", "Commander", "home", ("commander",)),
    ("north", "North, duty desk", "north", ("partner",)),
)


@dataclass(frozen=True)
class House:
    """The agencies and seats of the stage, by key and sign-in name."""

    agencies: dict[str, Agency]
    seats: dict[str, Seat]

    def person(self, name: str) -> Person:
        return Person.objects.get(username=name)

    def viewer(self, name: str, proved: bool = True) -> Viewer:
        """The Viewer of a seat, with or without a fresh proof."""
        seat = self.seats[name]
        viewer = seat_viewer(seat.id, seat.person_id, real_now() if proved else None)
        assert viewer is not None
        return viewer

    def link(self, name: str) -> str:
        """A fresh invitation link's path."""
        return f"/invitation/{invitations.record_invitation(self.person(name), None)[1]}/"

    def with_codes(self, name: str) -> tuple[bytes, list[str]]:
        """Give a person a password, an app and recovery codes: the app's secret and the codes."""
        person, secret = self.person(name), codes.new_secret()
        codes.record_password(person, PASSWORD)
        codes.record_secret(person, secret, 0)
        return secret, codes.record_recovery(person)

    def browser(self, name: str, proved: bool = True, **options: str) -> Client:
        """A browser in which a person sits."""
        client = Client(**options)
        request = HttpRequest()
        request.session = client.session
        sit_down(request, self.viewer(name), "code")
        if proved:
            prove(request)
        request.session.save()
        client.cookies["vedette_session"] = request.session.session_key or ""
        return client


def real_house() -> House:
    """A real installation, set up."""
    home = record_agency(key="home", name="Harbour City Police", kind="home", zone="America/New_York", city="Harbour")
    north = record_agency(key="north", name="North County Police", kind="police")
    install("real", home.id)
    forget_clock()
    agencies = {"home": home, "north": north}
    seats = {
        name: record_seat(record_person(username=name, label=label), agencies[agency], label=label, roles=roles)
        for name, label, agency, roles in SEATS
    }
    return House(agencies, seats)


def code_now(secret: bytes, drift: int = 0) -> str:
    """The code an app shows now."""
    return codes.code_at(secret, codes.step_now() + drift)


def sign_in(client: Client, name: str, code: str, password: str = PASSWORD, **options: str):
    """What the sign-in form sends."""
    return client.post("/sign-in/", {"name": name, "password": password, "code": code}, **options)


def entries(code: str) -> list[Entry]:
    """The audit entries of a code, oldest first."""
    return list(Entry.objects.filter(code=code).order_by("real_at"))


def spelled_secret(page: str) -> bytes:
    """The secret a page spells for the app."""
    import base64

    text = re.search(r'class="spelled">([^<]+)<', page).group(1).replace(" ", "")
    return base64.b32decode(text + "=" * (-len(text) % 8))
