"""What the list of officers draws, and an officer's own page."""

import datetime
import uuid
from typing import Any

from vedette.agencies.models import Person
from vedette.agencies.viewer import Viewer
from vedette.handling.policy import may
from vedette.kit.errors import Missing
from vedette.kit.said import said
from vedette.kit.time import now
from vedette.programme.actions import read_officer, see_programme
from vedette.programme.matching import Candidate
from vedette.programme.missions import candidates
from vedette.programme.models import Qualification
from vedette.programme.officers import may_see_officer, officer_by_id, qualifications_waiting, roll_of_honour
from vedette.programme.queries import officers
from vedette.web.programme.forms import Asking, BecauseForm
from vedette.web.programme.mission_words import level_words, today_words
from vedette.web.programme.officer_forms import AwayForm, HonourForm, StateForm
from vedette.web.programme.pages import shell_context

Kind = Qualification.Kind
# A paper that ends within these days is warned of.
WARN_DAYS = 90
DAY = datetime.timedelta(days=1)


def officers_context(viewer: Viewer | None, refused: dict[str, Any] | None = None) -> dict[str, Any]:
    """Who can what (for the manager and the chief), what waits for confirmation, the roll of honour."""
    seats = {str(seat.id): seat for seat in officers()}
    see_programme(viewer, [seat.person_id for seat in seats.values()])
    judged = may(viewer, "see_matching").allowed
    people = candidates(viewer) if judged else []
    labels = {seat.person_id: seat.label for seat in seats.values()}
    waiting = [{"row": row, "who": labels.get(row.person_id, "")} for row in qualifications_waiting(viewer)]
    return {
        **shell_context(viewer, "officers"),
        "rows": [_row(one, seats[one.key].person_id) for one in people],
        "judged": judged,
        "waiting": [_said(one, viewer) for one in waiting],
        "roll": [{"row": row, "open": may_see_officer(viewer, row.person_id)} for row in roll_of_honour(viewer)],
        "own": viewer.person_id if viewer and viewer.person_id in labels else None,
        **(refused or {}),
    }


def _row(one: Candidate, person: uuid.UUID) -> dict[str, Any]:
    today = now().date()
    gone = [today_words(why) for begins, ends, why in one.busy if begins <= today < ends]
    return {
        "label": one.label,
        "person": person,
        "languages": ", ".join(f"{said(name.title())} {level_words(level)}" for name, level in one.languages.items()),
        "skills": ", ".join(sorted(said(name) for name in one.skills)),
        "gone": gone,
        "days": one.days_abroad,
        "papers": [
            (said(name), last, last < today) for name, last in one.papers.items() if last is not None and _soon(last)
        ],
    }


def _said(one: dict[str, Any], viewer: Viewer | None) -> dict[str, Any]:
    """What waits, with its level in words; nobody confirms what he said of himself."""
    row = one["row"]
    own = viewer is not None and row.person_id == viewer.person_id
    return {**one, "level": level_words(row.level), "own": own}


def _soon(last: datetime.date | None) -> bool:
    return last is not None and (last - now().date()).days <= WARN_DAYS


def person_or_missing(viewer: Viewer | None, key: uuid.UUID) -> Person:
    """The officer of an address, to himself, his manager and the chief; Missing to others."""
    found = officer_by_id(key) if may_see_officer(viewer, key) else None
    if found is None:
        raise Missing
    return found


def officer_context(viewer: Viewer | None, person: Person, refused: Asking | None = None) -> dict[str, Any]:
    """Everything `programme/officer.html` draws; `refused` is the form that came back."""
    back = {refused.name: refused} if refused else {}
    page = read_officer(viewer, person)
    himself = viewer is not None and viewer.person_id == person.id
    writes = viewer is not None and (himself or viewer.holds("programme"))
    honours = may(viewer, "confer_honour").allowed and not himself
    standing = [*page.confirmed, *page.said]
    kinds = [
        {"key": kind.value, "label": said(kind.label), "rows": _held(standing, kind, viewer, writes, back)}
        for kind in Kind
    ]
    return {
        **shell_context(viewer, "officers"),
        "person": person,
        "label": next((seat.label for seat in officers() if seat.person_id == person.id), person.label),
        "page": page,
        "himself": himself,
        "kinds": kinds,
        "away": [
            {"row": row, "last": row.days.upper - DAY, "end": _ending("away", row.id, writes, back)}
            for row in page.away
        ],
        "honours": [{"row": row, "end": _ending("honour", row.id, honours, back)} for row in page.honours],
        "service": [{"row": row, "last": row.ends - DAY if row.ends else None} for row in page.service],
        "form": {
            "state": back.get("state") or (StateForm("state") if writes else None),
            "away": back.get("away") or (AwayForm("away") if writes else None),
            "honour": back.get("honour") or (HonourForm("honour") if honours else None),
        },
    }


def _held(
    rows: list[Qualification], kind: str, viewer: Viewer | None, writes: bool, back: dict[str, Asking]
) -> list[dict[str, Any]]:
    confirms = may(viewer, "confirm_qualification").allowed
    today = now().date()
    return [
        {
            "row": row,
            "level": level_words(row.level),
            "lapsed": row.expires is not None and row.expires < today,
            "soon": _soon(row.expires),
            "confirm": confirms and row.confirmed_at is None and viewer and viewer.person_id != row.person_id,
            "end": _ending("held", row.id, writes, back),
        }
        for row in rows
        if row.kind == kind
    ]


def _ending(name: str, key: uuid.UUID, may_end: bool, back: dict[str, Asking]) -> Asking | None:
    return back.get(f"{name}-{key}") or (BecauseForm(f"{name}-{key}") if may_end else None)
