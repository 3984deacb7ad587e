"""Calendar files through the signed-in session: one's own days, and the rota. No address gives them without a session."""

import datetime
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from vedette.formats.ical import Event, calendar
from vedette.handling.doors import door, viewer_of_request
from vedette.kit.said import said
from vedette.kit.time import now
from vedette.programme.actions import read_diary
from vedette.programme.diary import Diary
from vedette.programme.models import Posting, PostPaper
from vedette.programme.rota import YEAR_DAYS, last_day


@door("take_calendar", serves="own calendar")
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """One's own postings, leave, papers, missions and signs of life that are owed."""
    diary = read_diary(viewer_of_request(request))
    return _file("mine", calendar(_("My service"), _events(diary), now()))


@door("take_calendar")
@require_GET
def rota(request: HttpRequest) -> HttpResponse:
    """Who stands where from today on."""
    diary = read_diary(viewer_of_request(request), whole=True)
    return _file("rota", calendar(_("Rota"), _events(diary), now()))


def _file(name: str, content: bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return answer


def _events(diary: Diary) -> Iterator[Event]:
    for stay in diary.postings:
        yield _posting(stay)
    for gone in diary.away:
        begins, last = gone.days.lower or now().date(), last_day(gone.days)
        yield Event(f"away-{gone.id}", _capital(said(gone.get_kind_display())), begins, last, note=gone.note, busy=True)
    for paper in diary.papers:
        words = _("%(what)s runs out") % {"what": said(paper.get_kind_display())}
        yield Event(f"paper-{_thing(paper)}", _capital(words), paper.expires, place=paper.post.city)
    for sent in diary.members:
        begins, last = sent.days.lower or now().date(), last_day(sent.days)
        yield Event(f"mission-{sent.mission_id}", sent.mission.title, begins, last, sent.mission.city, busy=True)
    for sign in diary.check_ins:
        words = _("Sign of life: %(mission)s") % {"mission": sign.mission.title}
        yield Event(f"sign-{sign.id}", words, sign.due, place=sign.place)


def _posting(stay: Posting) -> Event:
    """A posting; one without an end is drawn for a year and says so."""
    begins, last = stay.days.lower or now().date(), last_day(stay.days)
    title = _("%(who)s in %(city)s") % {"who": stay.seat.label, "city": stay.post.city}
    until = last or now().date() + datetime.timedelta(days=YEAR_DAYS)
    return Event(f"posting-{stay.id}", title, begins, until, stay.post.city, "" if last else _("Its end is open."))


def _thing(paper: PostPaper) -> str:
    """A paper that is prolonged is another row and the same thing in a calendar."""
    return f"{paper.kind}-{paper.post_id}-{paper.seat_id or ''}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
