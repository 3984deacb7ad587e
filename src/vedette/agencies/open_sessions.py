"""Open sessions asked by their key, outside of a request: for what stays open longer than one."""

from django.http import HttpRequest

from vedette.agencies.session_store import SessionStore
from vedette.agencies.signin import viewer_of_session
from vedette.agencies.viewer import Viewer


def session_in_force(key: str) -> Viewer | None:
    """The Viewer of an open session, read anew; None when it was ended, ran out, was locked, or lost its seat."""
    request = HttpRequest()
    request.session = SessionStore(key)
    return viewer_of_session(request)
