"""What stands and runs out at the posts of a home file: tours, visas, leases, leave, the rule of cover. All of it invented."""

import datetime
from typing import Any

from django.db import transaction

from vedette.agencies.models import Seat
from vedette.agencies.queries import agency_by_key, viewers_of
from vedette.agencies.viewer import Viewer
from vedette.demo.people import officer_label
from vedette.kit.time import now
from vedette.programme.actions import (
    draft_agreement,
    end_posting,
    log_meeting,
    note_promise,
    post_officer,
    set_away,
    set_contact,
    set_cover,
    set_paper,
    sign_for,
)
from vedette.programme.models import Agreement, Post, Posting

# All numbers are days from the day on which the home side is loaded.
TOURS = {"par": 46, "sdq": 205}
NEXT = {"par": ("DET-24", 42, 800)}
PAPERS = (
    ("amm", "visa", -700, 25),
    ("amm", "accreditation", -700, 300),
    ("tlv", "visa", -290, 75),
    ("sin", "accreditation", -100, 630),
    ("par", "visa", -600, 130),
    ("lyo", "lease", -1088, 6),
    ("par", "lease", -400, 690),
    ("ldn", "lease", -900, 190),
)
LEAVE = {"sin": (20, 33), "ldn": (96, 110)}
RULES = {"ldn": (1, 14), "par": (1, 10)}
# Contacts by role, what was said with them, and what was promised then: whose, what, due.
CONTACTS = (
    (
        "par", "Duty officer, command room", ["French"], "Room line, at all hours", "Never named in writing.",
        -12, "They ask for our list of large events of the spring; we may call the room at any hour.",
        (("ours", "The list of large events of the spring", 9), ("theirs", "A seat for two in their exercise", 45)),
    ),
    (
        "amm", "Head of the liaison bureau", ["Arabic", "English"], "Through the embassy's line", "",
        -40, "The bureau moves to another building next month; the line stays.",
        (("ours", "The new officer presents himself", -3), ("theirs", "A letter for the renewal of the visa", None)),
    ),
)  # fmt: skip

# Who signed for whom, by office; and a draft that the other side has not signed.
SIGNED = {
    "AG-01": ("Head of the department", "Deputy assistant secretary"),
    "AG-02": ("Chief of the liaison unit", "Director of the host's cabinet"),
    "AG-03": ("Head of the department", "Chair of the foundation"),
}
DRAFT = ("pt-host-mad", "Letter on a resident liaison officer, to be renewed", 20, 1500)


@transaction.atomic
def load_standing(home: dict[str, Any]) -> None:
    """Give a few posts of the file their tours, papers, leave and rules, as the manager would write them."""
    manager = _manager()
    posts = {post.key: post for post in Post.objects.filter(key__in={row["id"] for row in home["posts"]})}
    for key, (officers, days) in RULES.items():
        if key in posts:
            set_cover(manager, post=posts[key], officers=officers, handover_days=days, because="Letter with the host.")
    for key, left in TOURS.items():
        if key in posts:
            tour = Posting.objects.get(post=posts[key])
            end_posting(manager, posting=tour, last_day=_ahead(left), because="End of the tour.")
    for key, (label, first, last) in NEXT.items():
        seat = Seat.objects.filter(label=label, until__isnull=True).first()
        if key in posts and seat:
            post_officer(manager, seat=seat, post=posts[key], begins=_ahead(first), last_day=_ahead(last))
    for key, kind, first, last in PAPERS:
        if key in posts:
            seat = None if kind == "lease" else _posted(home, key)
            set_paper(manager, post=posts[key], kind=kind, seat=seat, begins=_ahead(first), expires=_ahead(last))
    for key, (first, last) in LEAVE.items():
        if key in posts:
            person = _posted(home, key).person
            set_away(manager, person=person, kind="leave", first=_ahead(first), last=_ahead(last))

    for row in CONTACTS:
        if row[0] in posts:
            _contact(manager, posts[row[0]], row)
    _signatures(manager)


def _signatures(manager: Viewer) -> None:
    for held in Agreement.objects.filter(key__in=SIGNED, signed__lte=now().date()):
        for side, office in zip(("ours", "theirs"), SIGNED[held.key], strict=True):
            sign_for(manager, agreement=held, side=side, office=office, signed=held.signed or now().date())
    partner, title, ago, last = DRAFT
    other = agency_by_key(partner)
    if other:
        paper = draft_agreement(manager, partner=other, title=title, kind="posting", expires=_ahead(last))
        sign_for(manager, agreement=paper, side="ours", office="Chief of the liaison unit", signed=_ahead(-ago))


def _contact(manager: Viewer, post: Post, row: tuple[Any, ...]) -> None:
    _key, role, languages, reach, conditions, ago, text, promised = row
    contact = set_contact(
        manager, post=post, role=role, languages=languages, reach=reach, conditions=conditions, sensitivity=1
    )
    met_at = now() + datetime.timedelta(days=ago)
    meeting = log_meeting(manager, contact=contact, met_at=met_at, how="met", text=text, sensitivity=1)
    for whose, what, due in promised:
        note_promise(manager, meeting=meeting, whose=whose, text=what, due=_ahead(due) if due is not None else None)


def _manager() -> Viewer:
    seat = Seat.objects.get(label="Programme manager", until__isnull=True)
    return viewers_of([seat.id])[seat.id]


def _posted(home: dict[str, Any], key: str) -> Seat:
    return Seat.objects.select_related("person").get(label=officer_label(home, key), until__isnull=True)


def _ahead(days: int) -> datetime.date:
    return now().date() + datetime.timedelta(days=days)
