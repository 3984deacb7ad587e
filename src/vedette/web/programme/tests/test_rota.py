"""The rota: lanes in per cent of twelve months, and the same as a list."""

import datetime

from psycopg.types.range import DateRange

from vedette.agencies.models import Seat
from vedette.kit.time import now
from vedette.programme.actions import end_posting
from vedette.programme.models import Post, Posting
from vedette.programme.rota import coverage_of
from vedette.web.programme.gantt import draw

TODAY = datetime.date(2015, 11, 13)


def posting(name: str, begins: datetime.date, ends: datetime.date | None = None) -> Posting:
    return Posting(seat=Seat(label=name), days=DateRange(begins, ends))


def bars(*rows: Posting):
    return draw([coverage_of(Post(city="Paris", status="standing"), rows, TODAY)], TODAY).lanes[0].bars


def test_the_year_begins_with_this_month_and_today_is_a_line_in_it():
    picture = draw([], TODAY)
    assert [name for _x, name in picture.months][:3] == ["Nov", "Dec", "Jan"] and len(picture.months) == 12
    assert picture.today == round(100 * 12 / 366, 2)
    assert len(picture.ticks) == 11


def test_an_open_posting_fills_its_lane():
    (bar,) = bars(posting("LO Paris", datetime.date(2014, 1, 1)))
    assert (bar.kind, bar.x, bar.width, bar.words) == ("here", 0.0, 100.0, "LO Paris")


def test_a_gap_within_90_days_is_drawn_between_two_postings():
    kinds = bars(
        posting("LO Amman", datetime.date(2014, 1, 1), datetime.date(2016, 2, 1)),
        posting("Officer 9", datetime.date(2016, 4, 1)),
    )
    here, coming, gap = kinds
    assert (gap.kind, gap.words) == ("gap", "Gap 60 days")
    assert gap.x == round(here.x + here.width, 2) and round(gap.x + gap.width, 2) == coming.x


def test_a_later_gap_is_not_alarmed():
    assert [bar.kind for bar in bars(posting("LO", datetime.date(2014, 1, 1), datetime.date(2016, 8, 1)))] == [
        "here",
        "later",
    ]


def test_a_bar_too_short_for_its_words_stays_without():
    kinds = bars(posting("A very long name of an officer", datetime.date(2014, 1, 1), datetime.date(2015, 11, 20)))
    assert kinds[0].words == ""


def test_the_words_of_the_next_officer_begin_after_the_handover():
    here, coming = bars(
        posting("LO Paris", datetime.date(2014, 1, 1), datetime.date(2016, 7, 21)),
        posting("Officer 7", datetime.date(2016, 7, 7)),
    )
    assert coming.x < here.x + here.width < coming.words_x


def test_the_page_says_its_gaps_in_words_and_lists_them(cast, browser, manager):
    last = now().date() + datetime.timedelta(days=9)
    end_posting(manager, posting=Posting.objects.get(seat=cast.seats["officer_a"]), last_day=last, because="tour")
    page = browser.get("/programme/rota/").content.decode()
    assert 'class="gap"' in page and "A-ville from" in page and "nobody named from" in page


def test_without_posts_the_page_says_what_a_rota_needs(cast, browser):
    Post.objects.update(status="contact")
    assert "A rota needs a post" in browser.get("/programme/rota/").content.decode()


def test_a_seat_without_the_programme_is_refused(cast):
    assert cast.signed_in("investigator").get("/programme/rota/").status_code == 403
