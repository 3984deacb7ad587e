"""What a session holds for a few minutes: the secret of an app that is not confirmed yet, codes not yet put away.

A session's data lies in the database, so both are under the master key there.
"""

import base64
import json

from django.http import HttpRequest

from vedette.agencies import codes, keyfile
from vedette.agencies.keys import master_key
from vedette.agencies.models import Person

SECRET, FRESH = "app_secret", "fresh_codes"
PURPOSE = "fresh codes"


def secret_for(request: HttpRequest, person: Person) -> bytes:
    """The secret of the picture this session shows to this person: the same one until it is confirmed."""
    text = request.session.get(SECRET, "")
    if text:
        try:
            return codes.unseal(base64.b64decode(text), person.id)
        except keyfile.KeyProblem:
            pass  # it was made for another person
    secret = codes.new_secret()
    request.session[SECRET] = base64.b64encode(codes.seal(secret, person.id)).decode()
    return secret


def forget_secret(request: HttpRequest) -> None:
    """The app is confirmed: its picture is not shown again."""
    request.session.pop(SECRET, None)


def put_codes(request: HttpRequest, plain: list[str]) -> None:
    """Keep fresh recovery codes until their owner says that he has put them away."""
    sealed = keyfile.wrap(master_key(), json.dumps(plain).encode(), PURPOSE)
    request.session[FRESH] = base64.b64encode(sealed).decode()


def fresh_codes(request: HttpRequest) -> list[str]:
    """The fresh recovery codes of this session; none once they were put away."""
    text = request.session.get(FRESH, "")
    if not text:
        return []
    found: list[str] = json.loads(keyfile.unwrap(master_key(), base64.b64decode(text), PURPOSE))
    return found


def put_away(request: HttpRequest) -> None:
    """The owner has put his codes away: nobody is shown them again."""
    request.session.pop(FRESH, None)
