"""The yearly statement: the value of one year of the books, who bore its costs, and the years before it. Figures only."""

import datetime
import zoneinfo
from dataclasses import dataclass
from statistics import median

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vedette.account.value import FEW, Value, value_of
from vedette.agencies.queries import home_agency
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.funding.models import Line
from vedette.funding.queries import books
from vedette.handling.policy import require
from vedette.kit.time import now
from vedette.programme.models import MissionSession, Posting
from vedette.programme.officers import ABROAD

YEARS_BEFORE = 4


@dataclass(frozen=True)
class Bearer:
    """What a funder bore in a span, and what of it was given in kind, in minor units of the books."""

    name: str
    borne: int
    in_kind: int


@dataclass(frozen=True)
class Year:
    """One year of the books, by the calendar of the home agency; `name` is `2015/16`, or `2015` where it begins in January."""

    name: str
    value: Value

    @property
    def cost(self) -> int:
        """What it cost in all."""
        return sum(row.cost for row in self.value.posts) + self.value.missions_cost

    @property
    def lead(self) -> int | None:
        """The middle of all its leads in minutes; None without a case."""
        return round(median(lead.minutes for lead in self.value.leads)) if self.value.leads else None


@dataclass(frozen=True)
class Stood:
    """Who stood where in a span: officers, cities, countries."""

    officers: int
    cities: int
    countries: int


@dataclass(frozen=True)
class YearlyStatement:
    """What council and donors are shown: this year, those before it, who paid, missions, and what is uncertain."""

    year: Year
    before: list[Year]
    bearers: list[Bearer]
    stood: Stood
    missions: int
    trainees: int
    uncertain: list[str]

    @property
    def about(self) -> str:
        """What the programme is, in a sentence of figures."""
        words = {"officers": self.stood.officers, "cities": self.stood.cities, "countries": self.stood.countries}
        return (
            _(
                "Officers of this department stand with police services abroad: %(officers)s in %(cities)s cities of "
                "%(countries)s countries this year. What they learn goes to the city's own commands first, and to other "
                "agencies only by a release that its originator agreed to."
            )
            % words
        )


def year_of(day: datetime.date) -> int:
    """The calendar year in which the year of the books that holds this day began."""
    return day.year if day.month >= books().year_begins else day.year - 1


@transaction.atomic
def read_statement(by: Viewer | None, *, begins_in: int) -> YearlyStatement:
    """The statement of the year of the books that began in this calendar year; looking at it is written down."""
    viewer = require(by, "see_value")
    year = _year(begins_in)
    before = [_year(begins_in - back) for back in range(1, YEARS_BEFORE + 1)]
    found = YearlyStatement(
        year,
        [one for one in before if one.value.reports or one.cost],
        _bearers(year.value),
        _stood(year.value),
        *_missions(year.value),
        _uncertain(year),
    )
    record(viewer, "value.seen", [])
    return found


def days_of(begins_in: int) -> tuple[datetime.datetime, datetime.datetime]:
    """The year of the books that began in this calendar year: from, and up to but not including."""
    zone = zoneinfo.ZoneInfo(home_agency().zone)
    begins = datetime.datetime(begins_in, books().year_begins, 1, tzinfo=zone)
    return begins, begins.replace(year=begins_in + 1)


def name_of(begins_in: int) -> str:
    """How that year is called: `2015/16`, or `2015` where it begins in January."""
    return str(begins_in) if books().year_begins == 1 else f"{begins_in}/{(begins_in + 1) % 100:02d}"


def _year(begins_in: int) -> Year:
    return Year(name_of(begins_in), value_of(*days_of(begins_in)))


def _bearers(value: Value) -> list[Bearer]:
    """Each funder with what it bore, the largest first."""
    days = {"day__gte": value.begins.date(), "day__lt": value.ends.date()}
    rows = Line.objects.filter(**days, grant__isnull=False).values_list("grant__funder__name")
    sums = rows.annotate(
        borne=Sum("amount", filter=Q(account=Line.Account.COST), default=0),
        given=Sum("amount", filter=Q(account=Line.Account.GIVEN), default=0),
    )
    found = [Bearer(name, borne, -given) for name, borne, given in sums if borne or given]
    return sorted(found, key=lambda one: (-one.borne, one.name))


def _stood(value: Value) -> Stood:
    """Officers who stood at a post abroad on a day of the span, and where."""
    days = DateRange(value.begins.date(), value.ends.date())
    rows = Posting.objects.filter(days__overlap=days, post__status__in=ABROAD)
    found = rows.values_list("seat__person", "post__city", "post__country")
    return Stood(*(len({row[place] for row in found}) for place in range(3)))


def _missions(value: Value) -> tuple[int, int]:
    """How many missions taught in the span, and how many trainees they counted."""
    rows = MissionSession.objects.as_house("the statement counts sessions and trainees and names none").filter(
        day__gte=value.begins.date(), day__lt=value.ends.date()
    )
    counts = rows.aggregate(trainees=Sum("trainees", default=0))
    return rows.values("mission").distinct().count(), counts["trainees"]


def _uncertain(year: Year) -> list[str]:
    """What the figures do not hold, in sentences."""
    value, said = year.value, []
    if value.ends > now():
        said.append(_("The year is not over: these are its figures so far."))
    if value.few:
        words = ngettext(
            "%(n)s report was acted on: read it as a case, not as a rate.",
            "%(n)s reports were acted on: read them as cases, not as rates (fewer than %(few)s).",
            value.acted_on,
        )
        said.append(words % {"n": value.acted_on, "few": FEW})
    if value.not_compared:
        words = ngettext(
            "%(n)s report acted on had no other channel to be set against and is left out of the minutes.",
            "%(n)s reports acted on had no other channel to be set against and are left out of the minutes.",
            value.not_compared,
        )
        said.append(words % {"n": value.not_compared})
    if value.told > value.acknowledged:
        words = _("%(n)s deliveries were not acknowledged: whether they were read is not known.")
        said.append(words % {"n": f"{value.told - value.acknowledged:,}"})
    return said
