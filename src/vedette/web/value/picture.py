"""What the page of the value draws: bars of the years, dots of the minutes ahead, the table of the posts."""

from dataclasses import dataclass
from typing import Any

from vedette.account.statement import Year, YearlyStatement, year_of
from vedette.account.value import PostValue
from vedette.agencies.viewer import Viewer
from vedette.kit.time import now
from vedette.web.funding.pages import frame

HEIGHT, ROOM = 120, 20
LEFT, WIDTH, ROW = 16.0, 70.0, 26


@dataclass(frozen=True)
class Bar:
    """One year: the whole bar of its reports, and of it those acted on; x and width in percent, y and height in pixels."""

    name: str
    x: float
    width: float
    middle: float
    reports: int
    acted_on: int
    top: float
    height: float
    acted_top: float
    acted_height: float


@dataclass(frozen=True)
class Lane:
    """One post's leads on the common scale; the middle is drawn full."""

    place: str
    y: int
    dots: tuple[float, ...]
    middle: float
    minutes: int
    first: float
    last: float


def picture_of(viewer: Viewer | None, said: YearlyStatement, begins_in: int) -> dict[str, Any]:
    """Everything `value/page.html` draws."""
    value, lanes, ticks = said.year.value, *_lanes(said.year.value.posts)
    this = year_of(now().date())
    return {
        **frame(viewer, "value"),
        "said": said,
        "value": value,
        "bars": _bars([*reversed(said.before), said.year]),
        "lanes": lanes,
        "ticks": ticks,
        "lanes_height": ROW * len(lanes) + 40,
        "floor": HEIGHT + ROOM,
        "begins_in": begins_in,
        "earlier": begins_in - 1 if said.before else None,
        "later": begins_in + 1 if begins_in < this else None,
        "silent": value.told - value.acknowledged,
    }


def _bars(years: list[Year]) -> list[Bar]:
    most = max((year.value.reports for year in years), default=0) or 1
    step = 100 / max(len(years), 3)
    found = []
    for place, year in enumerate(years):
        height = HEIGHT * year.value.reports / most
        acted = HEIGHT * year.value.acted_on / most
        x, width = place * step + step * 0.17, step * 0.66
        found.append(
            Bar(
                year.name,
                round(x, 2),
                round(width, 2),
                round(x + width / 2, 2),
                year.value.reports,
                year.value.acted_on,
                round(ROOM + HEIGHT - height, 1),
                round(height, 1),
                round(ROOM + HEIGHT - acted, 1),
                round(acted, 1),
            )
        )
    return found


def _lanes(posts: list[PostValue]) -> tuple[list[Lane], list[tuple[float, int]]]:
    """The lanes of the posts that could be compared, and the ticks of their common scale: x in percent, minutes."""
    rows = [row for row in posts if row.leads]
    minutes = [lead.minutes for row in rows for lead in row.leads] or [0]
    least, most = min(0, *minutes), max(1, *minutes)

    def x(value: float) -> float:
        return round(LEFT + WIDTH * (value - least) / (most - least), 1)

    lanes = []
    for place, row in enumerate(rows):
        dots = tuple(sorted(x(lead.minutes) for lead in row.leads))
        middle = row.median_lead or 0
        lanes.append(Lane(row.post.city, ROW * place + ROW, dots, x(middle), middle, dots[0], dots[-1]))
    ticks = sorted({least, 0, round(most / 2), most})
    return lanes, [(x(tick), tick) for tick in ticks]
