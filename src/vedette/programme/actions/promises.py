"""What was promised in a meeting, and whether it was kept."""

import datetime

from django.db import transaction

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.policy import require
from vedette.kit.errors import Refused
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.programme.actions.contacts import at_the_post
from vedette.programme.models import Meeting, Promise


@transaction.atomic
def note_promise(
    by: Viewer | None, *, meeting: Meeting, whose: str, text: str, due: datetime.date | None = None
) -> Promise:
    """Write down what was promised in a meeting, by us or by the contact, and until when; it is read as the meeting is."""
    post = meeting.contact.post
    viewer = at_the_post(require(by, "note_promise", meeting.sheet), post)
    if whose not in Promise.Whose.values:
        raise Refused("whose", "Say who promised it.", "Choose us or them.")
    if due is not None and due < meeting.met_at.date():
        raise Refused("due", "It would be due before it was promised.", "Give a later day, or leave it empty.")
    words = clean_line("text", text, limit=300, required=True)
    made: Promise = Promise.objects.create(
        meeting=meeting, whose=whose, text=words, due=due, since=now(), by=viewer.seat_id
    )
    record(viewer, "promise.noted", [made.id, meeting.pk, post.id])
    announce("contact.set", meeting.contact_id)
    return made


@transaction.atomic
def settle_promise(by: Viewer | None, *, promise: Promise, kept: bool, because: str) -> Promise:
    """Write down that a promise was kept or was not, and how; once."""
    meeting = promise.meeting
    viewer = at_the_post(require(by, "settle_promise", meeting.sheet), meeting.contact.post)
    reason = clean_line("because", because, limit=300, required=True)
    rows = Promise.objects.as_house("a promise is settled once")
    standing = rows.filter(id=promise.id, until__isnull=True)
    if not standing.update(until=now(), kept=kept, ended_by=viewer.seat_id, because=reason):
        raise Refused("because", "It was settled before.", "Nothing needs doing.")
    record(viewer, "promise.settled", [promise.id, meeting.pk], reason)
    announce("contact.set", meeting.contact_id)
    promise.until, promise.kept, promise.because = now(), kept, reason
    return promise
