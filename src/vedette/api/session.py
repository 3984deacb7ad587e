"""Who is asking the JSON door: the same seat the pages know, with the same guard against forged requests."""

from django.http import HttpRequest
from ninja.security import APIKeyCookie

from vedette.agencies.viewer import Viewer
from vedette.handling.doors import viewer_of_request


class SessionAuth(APIKeyCookie):
    """The session cookie with its CSRF token; a missing or foreign token is refused before the body is read."""

    param_name = "vedette_session"

    def authenticate(self, request: HttpRequest, key: str | None) -> Viewer | None:
        """The Viewer of the session, or None."""
        return viewer_of_request(request)


session_auth = SessionAuth(csrf=True)
