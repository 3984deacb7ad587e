"""Looking at the programme leaves a trace, as every list does."""

import uuid
from collections.abc import Iterable

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.actions import record_list
from vedette.handling.policy import require
from vedette.programme.models import Post
from vedette.programme.queries import ContactRow, contacts


def see_programme(by: Viewer | None, ids: Iterable[uuid.UUID]) -> Viewer:
    """A page of the programme was shown; which posts or agreements stood on it."""
    viewer = require(by, "see_programme")
    record(viewer, "programme.seen", ids)
    return viewer


def read_contacts(by: Viewer | None, post: Post | None = None) -> list[ContactRow]:
    """The contacts (of one post) with what was said, of those the viewer may see; one audit entry names the sheets."""
    viewer = require(by, "see_programme")
    rows = contacts(viewer, post)
    record_list(viewer, [sheet for row in rows for sheet in (row.contact.pk, *(said.pk for said in row.meetings))])
    return rows
