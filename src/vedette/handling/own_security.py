"""What everyone does for his own account: passkeys, the app's codes, the recovery codes, open sessions."""

import uuid
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from vedette.agencies import codes, passkeys, sittings
from vedette.agencies.models import Person
from vedette.agencies.signin import LASTS, SITTING
from vedette.agencies.signin_models import Passkey, Sitting
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.policy import require
from vedette.kit.errors import Missing, Refused


@transaction.atomic
def add_own_key(by: Viewer | None, request: HttpRequest, *, answer: dict[str, Any], label: str) -> Passkey:
    """Add a passkey to one's own account."""
    viewer = require(by, "add_own_key")
    row = passkeys.finish_registration(request, Person.objects.get(id=viewer.person_id), answer, label)
    record(viewer, "person.key_added", [viewer.person_id, row.id])
    return row


def ask_for_own_key(by: Viewer | None, request: HttpRequest) -> dict[str, Any]:
    """What the browser needs to make one's own further passkey."""
    viewer = require(by, "add_own_key")
    return passkeys.begin_registration(request, Person.objects.get(id=viewer.person_id))


@transaction.atomic
def revoke_own_key(by: Viewer | None, *, passkey: uuid.UUID | None) -> Passkey:
    """Make one's own passkey worthless; the last way in stays."""
    viewer = require(by, "revoke_own_key")
    mine = passkeys.passkeys_of(viewer.person_id)
    row = next((key for key in mine if key.id == passkey), None)
    if row is None:
        raise Missing
    if len(mine) == 1 and not codes.has_app(viewer.person_id):
        raise Refused("passkey", "This is your last way in.", "Add another passkey or an app first.")
    passkeys.record_revocation(row, by=viewer.seat_id, because="by its owner")
    record(viewer, "person.key_revoked", [viewer.person_id, row.id])
    return row


@transaction.atomic
def renew_own_codes(by: Viewer | None) -> list[str]:
    """Ten new recovery codes, shown once; those before are worth nothing."""
    viewer = require(by, "renew_own_codes")
    plain = codes.record_recovery(Person.objects.get(id=viewer.person_id))
    record(viewer, "person.codes_renewed", [viewer.person_id], "recovery")
    return plain


@transaction.atomic
def set_own_app(by: Viewer | None, *, secret: bytes, code: str) -> None:
    """Begin with an authenticator app, or with another one; its first code shows that it has the secret."""
    viewer = require(by, "renew_own_codes")
    step = codes.step_of(secret, code)
    if step is None:
        raise Refused("code", "This code does not belong to the picture.", "Wait for the next one and type it.")
    codes.record_secret(Person.objects.get(id=viewer.person_id), secret, step)
    record(viewer, "person.codes_renewed", [viewer.person_id], "app")


@transaction.atomic
def set_own_password(by: Viewer | None, *, password: str) -> None:
    """Choose another password."""
    viewer = require(by, "renew_own_codes")
    person = Person.objects.get(id=viewer.person_id)
    codes.check_new_password(person, password)
    codes.record_password(person, password)
    record(viewer, "person.codes_renewed", [viewer.person_id], "password")


@transaction.atomic
def end_own_sessions(by: Viewer | None, request: HttpRequest, *, sitting: uuid.UUID | None = None) -> int:
    """End one of one's own sessions, or all but this one; how many ended."""
    viewer = require(by, "end_own_session")
    rows = sittings.open_sittings(viewer.person_id, LASTS)
    this = request.session.get(SITTING, "")
    wanted: list[Sitting] = [row for row in rows if (row.id == sitting if sitting else str(row.id) != this)]
    if sitting and not wanted:
        raise Missing
    ended = sittings.record_ends(wanted)
    record(viewer, "person.session_ended", [viewer.person_id, *ended])
    return len(ended)
