"""Calendar files: folding, escaping, days and moments, names that stay."""

import datetime

from vedette.formats.ical import Event, calendar

AT = datetime.datetime(2026, 3, 2, 12, 0, tzinfo=datetime.UTC)
DAY = datetime.date(2026, 3, 30)


def lines(*events: Event, name: str = "Rota") -> list[str]:
    """The logical lines of a calendar."""
    return calendar(name, events, AT).decode().replace("\r\n ", "").split("\r\n")


def test_days_end_on_the_day_after_the_last_one_and_moments_are_in_utc():
    east = datetime.timezone(datetime.timedelta(hours=5, minutes=30))
    sign = Event("sign-1", "Sign of life", datetime.datetime(2026, 3, 30, 1, 15, tzinfo=east))
    said = lines(Event("posting-1", "A in B", DAY, datetime.date(2026, 3, 31)), Event("paper-1", "Visa", DAY), sign)
    assert [line for line in said if line.startswith(("DTSTART", "DTEND"))] == [
        "DTSTART;VALUE=DATE:20260330", "DTEND;VALUE=DATE:20260401",
        "DTSTART;VALUE=DATE:20260330", "DTEND;VALUE=DATE:20260331",
        "DTSTART:20260329T194500Z",
    ]  # fmt: skip
    assert said.count("DTSTAMP:20260302T120000Z") == 3 and "UID:posting-1@vedette" in said


def test_text_is_escaped_and_can_open_no_line_of_its_own():
    said = lines(Event("a", "One; two, three\\four\r\nEND:VEVENT\nBEGIN:VALARM\x07", DAY))
    assert "SUMMARY:One\\; two\\, three\\\\four\\nEND:VEVENT\\nBEGIN:VALARM" in said
    assert said.count("END:VEVENT") == 1


def test_no_line_is_longer_than_75_octets_and_no_letter_is_cut():
    title = "Łódź בגדד قاهرة 警視庁 " * 12
    raw = calendar("Rota", [Event("a", title, DAY)], AT)
    assert raw.endswith(b"END:VCALENDAR\r\n") and b"\n" not in raw.replace(b"\r\n", b"")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    assert [line.decode() for line in raw.split(b"\r\n")] and f"SUMMARY:{title}" in lines(Event("a", title, DAY))


def test_a_calendar_without_events_is_a_calendar_all_the_same():
    said = lines()
    assert said[0] == "BEGIN:VCALENDAR" and "BEGIN:VTIMEZONE" in said and said[-2] == "END:VCALENDAR"
