"""What the handover of a post draws, on screen and on paper: one gathering for both."""

import datetime
from typing import Any

from vedette.agencies.viewer import Viewer
from vedette.handling.actions import record_list
from vedette.incidents.topics import tasking
from vedette.kit.time import now
from vedette.programme.actions import read_handover
from vedette.programme.models import Post
from vedette.reporting.requests import open_at
from vedette.web.programme.pages import shell_context

# What was said longer ago stands on the page of the post.
YEAR = datetime.timedelta(days=365)


def handover_context(viewer: Viewer | None, post: Post) -> dict[str, Any]:
    """Contacts with their own conditions, promises, open questions, the host's rules, topics, papers."""
    pack = read_handover(viewer, post)
    questions, topics = open_at(viewer, post), tasking(viewer)
    if viewer:
        record_list(viewer, [*(row.request.pk for row in questions), *(topic.pk for topic in topics)])
    roles = pack.roles
    return {
        **shell_context(viewer, "posts"),
        "post": post,
        "pack": pack,
        "contacts": [
            {"row": row, "said": [said for said in row.meetings if said.met_at > now() - YEAR]} for row in pack.contacts
        ],
        "promises": [{"row": row, "role": roles.get(row.meeting.contact_id, "")} for row in pack.open_promises],
        "questions": questions,
        "topics": topics,
    }
