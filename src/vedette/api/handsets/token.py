"""By what a phone is known without a session: `Authorization: Handset <id>.<token>`."""

import uuid

from django.http import HttpRequest

from vedette.kit.ids import parse_id

SCHEME = "Handset"


def token_of(request: HttpRequest) -> tuple[uuid.UUID | None, str]:
    """The phone's id and token as the header names them; no id when it names none."""
    scheme, _, said = request.headers.get("Authorization", "").partition(" ")
    handset, _, token = said.strip().partition(".")
    return (parse_id(handset), token) if scheme == SCHEME else (None, "")
