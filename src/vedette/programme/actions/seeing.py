"""Looking at the programme leaves a trace, as every list does."""

import uuid
from collections.abc import Iterable

from vedette.agencies.models import Person
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.actions import record_list
from vedette.handling.policy import require
from vedette.kit.errors import Forbidden, Missing
from vedette.programme.diary import Diary, own_diary, rota_diary
from vedette.programme.forecast import PostForecast, forecast
from vedette.programme.handover import Pack, may_take_over, pack_of
from vedette.programme.missions import Matching, MissionRow, matching, mission_row, missions
from vedette.programme.models import Mission, Post
from vedette.programme.officers import OfficerPage, officer_page
from vedette.programme.queries import ContactRow, contacts
from vedette.programme.safety import DuressRow, SafetyBoard, burning, safety_board


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


def read_officer(by: Viewer | None, person: Person) -> OfficerPage:
    """An officer's own page, to himself, the programme manager and the chief; that it was looked at is written down."""
    viewer = require(by, "see_officer")
    page = officer_page(viewer, person)
    record(viewer, "officer.seen", [person.id])
    record_list(viewer, [line.member.mission_id for line in page.service if line.member])
    return page


def read_missions(by: Viewer | None) -> list[MissionRow]:
    """The missions that the viewer may read; one audit entry names their sheets."""
    viewer = require(by, "see_programme")
    rows = missions(viewer)
    record_list(viewer, [row.mission.pk for row in rows])
    return rows


def read_safety(by: Viewer | None) -> SafetyBoard:
    """Who owes a sign of life and who is under duress, of those the viewer may read; one audit entry names the sheets."""
    viewer = require(by, "see_safety")
    board = safety_board(viewer)
    record(viewer, "safety.seen", [])
    shown = [row.check.pk for row in (*board.owed, *board.given)] + [row.duress.pk for row in board.alarms]
    record_list(viewer, [*shown, *(row.mission_id for row in board.teams)])
    return board


def read_alarms(by: Viewer | None) -> list[DuressRow]:
    """The alarms of duress that burn, to the desk; shown is written down, none leaves no trace."""
    viewer = require(by, "acknowledge_duress")
    rows = burning(viewer)
    if rows:
        record_list(viewer, [row.duress.pk for row in rows])
    return rows


def read_matching(by: Viewer | None, mission: Mission) -> Matching:
    """Who fits a mission and the best team, to the manager and the chief; that it was looked at is written down."""
    viewer = require(by, "see_matching", mission.sheet)
    row = mission_row(viewer, mission.pk)
    if row is None:
        raise Missing
    found = matching(viewer, row)
    record(viewer, "matching.seen", [mission.pk])
    return found


def read_forecast(by: Viewer | None) -> list[PostForecast]:
    """What each post loses and who could fill it, to the manager and the chief; that it was looked at is written down."""
    viewer = require(by, "see_forecast")
    rows = forecast(viewer)
    record(viewer, "forecast.seen", [row.coverage.post.id for row in rows])
    return rows


def read_handover(by: Viewer | None, post: Post) -> Pack:
    """What the next officer of a post must know, of what the viewer may read; to the post's own officers, manager and chief."""
    viewer = require(by, "see_handover")
    if not may_take_over(viewer, post):
        raise Forbidden(
            "Your seat is not posted there.", "Its officers, the programme manager and the chief read this."
        )
    pack = pack_of(viewer, post)
    record(viewer, "handover.seen", [post.id])
    record_list(
        viewer, [sheet for row in pack.contacts for sheet in (row.contact.pk, *(said.pk for said in row.meetings))]
    )
    return pack


def read_diary(by: Viewer | None, *, whole: bool = False) -> Diary:
    """One's own days, or the whole rota, to be carried off as a file; the missions in it are written down as shown."""
    viewer = require(by, "take_calendar")
    diary = rota_diary(viewer) if whole else own_diary(viewer)
    record(viewer, "calendar.taken", [row.id for row in diary.postings])
    record_list(viewer, [row.mission_id for row in diary.members])
    return diary
