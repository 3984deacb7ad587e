"""Proving anew who one is before a release leaves: in a demonstration the session itself counts, and says so."""

import dataclasses

from django.http import HttpRequest

from vedette.agencies.signin import prove, viewer_of_session
from vedette.agencies.viewer import Viewer
from vedette.kit.queries import installation_kind
from vedette.kit.time import real_now


def proved_viewer(request: HttpRequest) -> Viewer | None:
    """The viewer of a request, with a fresh proof in a demonstration; elsewhere only with the proof he gave."""
    viewer: Viewer | None = getattr(request, "viewer", None) or viewer_of_session(request)
    if viewer is not None and installation_kind() == "demonstration":
        prove(request)
        return dataclasses.replace(viewer, proved_at=real_now())
    return viewer
