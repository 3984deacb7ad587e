"""Which records repeat another's words: asked of the index by windows of its text."""

import uuid
from functools import reduce
from operator import or_

from django.db.models import Q

from vedette.search.models import Entry

# A copied passage of twice as many words holds a whole window; so many windows are asked for at most.
WINDOW = 5
MOST = 60
HOUSE = "what repeats a record’s words is found for its purge"


def repeating(sheet: uuid.UUID) -> set[uuid.UUID]:
    """The sheets of which the index holds a run of words of this one."""
    own = Entry.objects.as_house(HOUSE).filter(sheet=sheet).values_list("folded", "body", "title").first()
    if own is None:
        return set()
    folded, body, title = own
    # The reference, title and place stand first; only the text itself is told apart from other records by its runs.
    words = folded.split()[-len(body.split()) :] if body.split() else title.split()
    runs = [" ".join(words[start : start + WINDOW]) for start in range(0, len(words) - WINDOW + 1, WINDOW)]
    if not runs:
        return set()
    asked = reduce(or_, (Q(folded__contains=run) for run in runs[:MOST]))
    found = Entry.objects.as_house(HOUSE).filter(asked).exclude(sheet=sheet)
    return set(found.values_list("sheet_id", flat=True))
