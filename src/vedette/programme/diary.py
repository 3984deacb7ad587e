"""What stands in a calendar: an officer's own postings, leave, papers, missions and signs of life; or the whole rota."""

from dataclasses import dataclass, field

from vedette.agencies.viewer import Viewer
from vedette.handling.policy import may, readable
from vedette.kit.dated import in_force
from vedette.programme.models import Away, CheckIn, MissionMember, Posting, PostPaper
from vedette.programme.queries import coverage


@dataclass(frozen=True)
class Diary:
    """The rows of a calendar, of what the viewer may read."""

    postings: list[Posting] = field(default_factory=list)
    away: list[Away] = field(default_factory=list)
    papers: list[PostPaper] = field(default_factory=list)
    members: list[MissionMember] = field(default_factory=list)
    check_ins: list[CheckIn] = field(default_factory=list)


def own_diary(viewer: Viewer | None) -> Diary:
    """What concerns the viewer himself; his missions as he may read them."""
    if viewer is None or not may(viewer, "take_calendar").allowed:
        return Diary()
    person = viewer.person_id
    sent = MissionMember.objects.seen_by(viewer).filter(readable(viewer, "mission__sheet__"), in_force())
    members = list(sent.filter(seat__person=person).select_related("mission__sheet").order_by("days"))
    signs = CheckIn.objects.seen_by(viewer).filter(readable(viewer, "mission__sheet__"), in_force())
    signs = signs.filter(mission__in={row.mission_id for row in members}, done_at__isnull=True)
    return Diary(
        postings=list(Posting.objects.filter(seat__person=person).select_related("post", "seat").order_by("days")),
        away=list(Away.objects.filter(in_force(), person=person).order_by("days")),
        papers=list(
            PostPaper.objects.filter(in_force(), seat__person=person).select_related("post").order_by("expires")
        ),
        members=members,
        check_ins=list(signs.select_related("mission").order_by("due")),
    )


def rota_diary(viewer: Viewer | None) -> Diary:
    """Who stands where from today on."""
    if viewer is None or not may(viewer, "take_calendar").allowed:
        return Diary()
    return Diary(postings=[stay for row in coverage() if row.needed for stay in [*row.here, *row.coming]])
