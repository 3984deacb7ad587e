"""What the page of one post draws; a form that was not taken stands in the place of its empty one."""

import uuid
from typing import Any

from vedette.agencies.queries import labels
from vedette.agencies.viewer import Viewer
from vedette.kit.time import now
from vedette.programme.actions import read_contacts, see_programme
from vedette.programme.handover import may_take_over, promises
from vedette.programme.models import HostCaveat, Meeting, Post, Posting, Promise
from vedette.programme.papers import PaperRow, papers, past_papers
from vedette.programme.queries import ContactRow, caveats_of, coverage_of_post, covers_of, post_of_seat, postings_of
from vedette.programme.rota import Coverage, last_day
from vedette.web.programme.forms import (
    Asking,
    BecauseForm,
    CaveatForm,
    ContactForm,
    CoverForm,
    EndPostingForm,
    MeetingForm,
    PostForm,
    PostingForm,
    PromiseForm,
    SettleForm,
)
from vedette.web.programme.pages import shell_context
from vedette.web.programme.paper_forms import PaperForm


def post_context(viewer: Viewer | None, post: Post, refused: Asking | None = None) -> dict[str, Any]:
    """Everything `programme/post.html` draws; `refused` is the form that came back."""
    see_programme(viewer, [post.id])
    back = {refused.name: refused} if refused else {}
    cover = coverage_of_post(post)
    caveats = caveats_of(post)
    context = shell_context(viewer, "posts")
    own = post_of_seat(viewer.seat_id) if viewer else None
    mine = viewer is not None and (viewer.holds("programme") or (own is not None and own.id == post.id))
    context["may"] |= {
        "set_contact": context["may"]["set_contact"] and mine,
        "log_meeting": context["may"]["log_meeting"] and mine,
        "note_promise": context["may"]["note_promise"] and mine,
    }
    known = read_contacts(viewer, post)
    owed = promises(viewer, [row.contact.pk for row in known])
    return {
        **context,
        "post": post,
        "cover": cover,
        "postings": [_posting(row, back) for row in postings_of(post)],
        "caveats": [_caveat(row, back) for row in caveats if row.until is None],
        "papers": [_paper(row, cover, back) for row in papers(viewer, post)],
        "past_papers": past_papers(viewer, post),
        "covers": covers_of(post),
        "ended_caveats": [row for row in caveats if row.until is not None],
        "contacts": [_contact(row, post, back, owed) for row in known],
        "handover": may_take_over(viewer, post),
        "who": labels(row.by for row in caveats),
        "form": {
            "facts": back.get("facts") or PostForm("facts", post=post),
            "close": back.get("close") or BecauseForm("close"),
            "posting": back.get("posting") or PostingForm("posting"),
            "paper": back.get("paper") or PaperForm("paper", cover=cover),
            "cover": back.get("cover") or CoverForm("cover", initial=_rule(cover)),
            "caveat": back.get("caveat") or CaveatForm("caveat"),
            "contact": back.get("contact") or ContactForm("contact"),
        },
    }


def _posting(row: Posting, back: dict[str, Asking]) -> dict[str, Any]:
    today = now().date()
    last = last_day(row.days)
    over = last is not None and last < today
    state = "over" if over else "here" if row.days.lower is None or row.days.lower <= today else "next"
    name = f"end-posting-{row.id}"
    end = None if over else back.get(name) or EndPostingForm(name, initial={"last_day": last})
    return {"row": row, "last": last, "state": state, "end": end}


def _rule(cover: Coverage) -> dict[str, int]:
    return {"officers": cover.wanted.officers, "handover_days": cover.wanted.handover_days}


def _paper(row: PaperRow, cover: Coverage, back: dict[str, Asking]) -> dict[str, Any]:
    change, end = f"paper-{row.paper.id}", f"end-paper-{row.paper.id}"
    return {
        "row": row,
        "change": back.get(change) or PaperForm(change, cover=cover, paper=row.paper),
        "end": back.get(end) or BecauseForm(end),
    }


def _caveat(row: HostCaveat, back: dict[str, Asking]) -> dict[str, Any]:
    name = f"end-caveat-{row.id}"
    return {"row": row, "end": back.get(name) or BecauseForm(name)}


def _contact(
    row: ContactRow, post: Post, back: dict[str, Asking], owed: dict[uuid.UUID, list[Promise]]
) -> dict[str, Any]:
    key, card = row.contact.pk, row.card
    said = [_meeting(meeting, owed.get(meeting.pk, []), back) for meeting in row.meetings]
    if card is None:
        return {"row": row, "said": said}
    written = {name: getattr(card, name) for name in ("role", "reach", "languages", "conditions")}
    narrow = {"sensitivity": row.contact.sheet.access_class.sensitivity}
    return {
        "row": row,
        "said": said,
        "change": back.get(f"contact-{key}") or ContactForm(f"contact-{key}", initial=written, change=True),
        "end": back.get(f"end-contact-{key}") or BecauseForm(f"end-contact-{key}"),
        "meeting": back.get(f"meeting-{key}") or MeetingForm(f"meeting-{key}", zone=post.zone, initial=narrow),
    }


def _meeting(meeting: Meeting, owed: list[Promise], back: dict[str, Asking]) -> dict[str, Any]:
    name = f"promise-{meeting.pk}"
    return {
        "row": meeting,
        "form": back.get(name) or PromiseForm(name),
        "promises": [
            {"row": one, "settle": back.get(f"settle-{one.id}") or SettleForm(f"settle-{one.id}")} for one in owed
        ],
    }
