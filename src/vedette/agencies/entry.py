"""The verbs of the front door: accept an invitation, sign in, prove oneself again, lock the screen, go.

Each failure is written down with ids only and answered with the same words, whatever was wrong.
"""

from typing import Any, NoReturn

from django.db import transaction
from django.http import HttpRequest

from vedette.agencies import codes, invitations, locks, passkeys
from vedette.agencies.models import Person
from vedette.agencies.queries import seat_viewer, seats_of
from vedette.agencies.rules import value_of
from vedette.agencies.signin import lock_screen, locked_person, prove, sit_down, stand_up
from vedette.agencies.signin_models import Passkey
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.kit.errors import Forbidden, Refused
from vedette.kit.queries import installation_kind
from vedette.kit.time import real_now

WRONG = "Name, password and code do not fit together."
WRONG_CODE = "This code does not fit, or was used already."
LOCKED = "This way of signing in is locked after wrong tries."
NO_SEAT = "Your account holds no seat in force."
WAY_OUT = "A passkey still opens. An administrator, or two watch seats together, release it."


def sign_in_with_code(request: HttpRequest, *, name: str, password: str, code: str) -> Viewer:
    """Name, password and a code of the app (or a recovery code); the same answer for an unknown name."""
    account = locks.account_key(name)
    attempt = locks.begin_try(account, locks.source_of(request))
    person = Person.objects.filter(username=locks.plain_name(name), is_active=True).first()
    if attempt is None:
        _refuse(person, LOCKED, WAY_OUT)
    fits = codes.fits_password(person, password) and not (person and locks.is_shut(person.id))
    way = codes.spend_code(person if fits else None, code)
    if person is None or not fits or not way:
        locks.try_failed(attempt, person)
        _refuse(person, WRONG, f"Try again; {value_of('tries')} wrong tries lock this way.")
    locks.try_passed(attempt)
    return _enter(request, person, way)


def _refuse(person: Person | None, reason: str, way_out: str) -> NoReturn:
    record(None, "person.refused", [person.id if person else None], "code")
    raise Refused("code", reason, way_out)


def sign_in_with_passkey(request: HttpRequest, answer: dict[str, Any]) -> Viewer:
    """A passkey alone: it is held and its holder was verified, which are two factors; wrong tries never lock it."""
    try:
        passkey = passkeys.finish_proof(request, answer)
    except Refused:
        record(None, "person.refused", [], "passkey")
        raise
    person = passkey.person
    if not person.is_active or locks.is_shut(person.id):
        record(None, "person.refused", [person.id, passkey.id], "shut")
        raise Refused("passkey", passkeys.NOT_TAKEN, "Ask your administrator.")
    return _enter(request, person, "passkey", passkey)


def _enter(request: HttpRequest, person: Person, way: str, passkey: Passkey | None = None) -> Viewer:
    viewer = _take_first_seat(request, person, way)
    if viewer is None:
        record(None, "person.refused", [person.id], "no seat")
        raise Refused("code", NO_SEAT, "Ask your administrator.")
    record(viewer, "person.signed_in", [person.id, passkey.id if passkey else None], way)
    return viewer


def _take_first_seat(request: HttpRequest, person: Person, way: str) -> Viewer | None:
    seat = next(iter(seats_of(person.id)), None)
    viewer = seat_viewer(seat.id, person.id) if seat else None
    if viewer is None:
        return None
    stand_up(request)
    sit_down(request, viewer, way)
    prove(request)
    person.last_login = real_now()
    person.save(update_fields=["last_login"])
    return viewer


def who_proves(request: HttpRequest) -> Viewer:
    """Whose proof this session may ask for: the person signed in, or the one whose screen is locked."""
    viewer: Viewer | None = getattr(request, "viewer", None) or locked_person(request)
    if viewer is None:
        raise Forbidden("Nobody is signed in here.", "Sign in.")
    return viewer


def prove_with_code(request: HttpRequest, code: str) -> Viewer:
    """A code of the app or a recovery code, from the person who is signed in; wrong ones count as at sign-in."""
    viewer = who_proves(request)
    person = Person.objects.get(id=viewer.person_id)
    attempt = locks.begin_try(locks.account_key(person.username), locks.source_of(request))
    if attempt is None or not (way := codes.spend_code(person, code)):
        record(viewer, "person.proof_refused", [person.id], "code")
        if attempt is None:
            raise Refused("code", LOCKED, WAY_OUT)
        locks.try_failed(attempt, person)
        raise Refused("code", WRONG_CODE, f"Wait for the next one; {value_of('tries')} wrong tries lock this way.")
    locks.try_passed(attempt)
    return _proved(request, viewer, way)


def prove_with_passkey(request: HttpRequest, answer: dict[str, Any]) -> Viewer:
    """A passkey of the person who is signed in."""
    viewer = who_proves(request)
    try:
        passkey = passkeys.finish_proof(request, answer)
        if passkey.person_id != viewer.person_id:
            raise Refused("passkey", passkeys.NOT_TAKEN, "Use one of your own.")
    except Refused:
        record(viewer, "person.proof_refused", [viewer.person_id], "passkey")
        raise
    return _proved(request, viewer, "passkey")


def prove_in_demonstration(request: HttpRequest) -> Viewer:
    """One press in a demonstration or test database, whose people have no passkeys; Forbidden in any other."""
    if installation_kind() not in ("demonstration", "test"):
        raise Forbidden("A proof by one press exists only in a demonstration.")
    return _proved(request, who_proves(request), "demonstration")


@transaction.atomic
def _proved(request: HttpRequest, viewer: Viewer, way: str) -> Viewer:
    if locks.is_shut(viewer.person_id):
        raise Forbidden("This account is locked.", "Ask your administrator.")
    sit_down(request, viewer)
    prove(request)
    record(viewer, "person.proved", [viewer.person_id], way)
    return viewer


def lock_my_screen(request: HttpRequest, by: Viewer | None) -> None:
    """Shut this screen until a proof; a wall board's stays open."""
    if by is not None and not by.wall:
        lock_screen(request)
        record(by, "person.screen_locked", [by.person_id])


def sign_out(request: HttpRequest, by: Viewer | None) -> None:
    """End this session, locked or not."""
    viewer = by or locked_person(request)
    stand_up(request)
    if viewer is not None:
        record(viewer, "person.signed_out", [viewer.person_id])


@transaction.atomic
def accept_with_passkey(
    request: HttpRequest, token: str, *, password: str, answer: dict[str, Any], label: str
) -> list[str]:
    """Take an invitation up with a first passkey; answers the ten recovery codes, shown once."""
    person = invitations.record_acceptance(token)
    codes.check_new_password(person, password)
    passkeys.finish_registration(request, person, answer, label)
    return _accepted(request, person, password, "passkey")


@transaction.atomic
def accept_with_app(request: HttpRequest, token: str, *, password: str, secret: bytes, code: str) -> list[str]:
    """Take an invitation up with an authenticator app, which shows that it has the secret by a first code."""
    person = invitations.record_acceptance(token)
    codes.check_new_password(person, password)
    step = codes.step_of(secret, code)
    if step is None:
        raise Refused("code", "This code does not belong to the picture.", "Wait for the next one and type it.")
    codes.record_secret(person, secret, step)
    return _accepted(request, person, password, "code")


def _accepted(request: HttpRequest, person: Person, password: str, way: str) -> list[str]:
    codes.record_password(person, password)
    plain = codes.record_recovery(person)
    viewer = None if locks.is_shut(person.id) else _take_first_seat(request, person, way)
    if viewer is None:
        raise Refused("code", NO_SEAT, "Ask your administrator.")
    record(viewer, "person.accepted", [person.id], way)
    return plain
