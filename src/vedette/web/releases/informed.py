"""The panel "who is informed" that the incident page shows."""

from typing import Any

from vedette.agencies.viewer import Viewer
from vedette.incidents.models import Incident
from vedette.sharing.matrix import matrix


def informed(viewer: Viewer | None, incident: Incident) -> dict[str, Any]:
    """The matrix for `releases/informed.html`."""
    return {"matrix": matrix(viewer, incident), "incident": incident}
