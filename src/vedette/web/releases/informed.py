"""The panel "who is informed" that the incident page shows."""

import datetime
from typing import Any

from vedette.agencies.viewer import Viewer
from vedette.incidents.models import Incident
from vedette.sharing.matrix import matrix


def informed(viewer: Viewer | None, incident: Incident, moment: datetime.datetime | None = None) -> dict[str, Any]:
    """The matrix for `releases/informed.html`, as it stood at a moment (now when none is given)."""
    return {"matrix": matrix(viewer, incident, moment), "incident": incident}
