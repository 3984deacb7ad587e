"""Two years of money for a demonstration: generated from a seed, marked as generated, settled by the product's own rules.

Who pays for what is the home file's (its funding rules, its agreements); every sum, rate and grant is invented.
"""

import datetime
import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision
from django.db import transaction

from vedette.agencies.models import Agency, Seat
from vedette.agencies.queries import home_agency, partners, viewers_of
from vedette.agencies.viewer import Viewer
from vedette.funding.actions import record_funder, record_grant, record_payer_rule, record_rate
from vedette.funding.actions.entering import ExpenseDraft, Rates, record_entered, record_settled
from vedette.funding.actions.grants import record_ceiling
from vedette.funding.actions.rates import record_books
from vedette.funding.models import Category, Funder
from vedette.funding.queries import purses, ruled
from vedette.kit.time import now
from vedette.programme.actions import record_agreement, record_clause
from vedette.programme.models import Agreement, Clause, Post

GENERATED = "generated for the demonstration"
YEARS, FIRST_MONTH = 2, 7
# What one unit cost in dollars, about; the months swing around it.
WORTH = {
    "GB": ("GBP", "1.54"), "FR": ("EUR", "1.10"), "ES": ("EUR", "1.10"), "NL": ("EUR", "1.10"), "IL": ("ILS", "0.258"),
    "JO": ("JOD", "1.41"), "SG": ("SGD", "0.72"), "CA": ("CAD", "0.77"), "DO": ("DOP", "0.022"), "AE": ("AED", "0.272"),
    "QA": ("QAR", "0.275"), "AU": ("AUD", "0.73"), "CO": ("COP", "0.00034"), "IN": ("INR", "0.0153"),
}  # fmt: skip
# item: the least and the most a month in dollars, and in which months of a quarter
COSTS = {
    "rent": (2600, 4200, (1, 2, 3)),
    "office-rent": (700, 1300, (1, 2, 3)),
    "phone": (90, 220, (1, 2, 3)),
    "salary": (9800, 11400, (1, 2, 3)),
    "flight": (900, 1900, (2,)),
}
ABROAD = ("rent", "office-rent", "phone", "flight")
CEILINGS = {
    "city": {Category.PERSONNEL: 3_000_000_00},
    "foundation": {Category.LODGING: 900_000_00, Category.TRAVEL: 160_000_00, Category.OFFICE: 320_000_00},
    "bureau": dict.fromkeys(Category, 150_000_00),
}


@transaction.atomic
def load_money(home: dict[str, Any]) -> None:
    """Funders, grants and rules of the home file for the years before the clock's day, and the costs of each post in them."""
    record_books("USD", FIRST_MONTH)
    finance, chief = _viewer("Finance officer"), _viewer("Commander on duty")
    funders = _funders()
    for begins in _years(now().date()):
        _year(home, funders, begins)
    _rates()
    dice = _dice(f"{home['agency']['id']} {now().date()}")
    drafts = list(_drafts(dice))
    _settle(finance, chief, drafts)


def _dice(seed: str) -> random.Random:
    return random.Random(seed)  # noqa: S311 - invented sums, nothing secret


def _viewer(label: str) -> Viewer:
    seat = Seat.objects.get(label=label, until__isnull=True)
    return viewers_of([seat.id])[seat.id]


def _funders() -> dict[str, Funder]:
    agency, named = home_agency(), {partner.kind: partner for partner in partners()}
    found = {"city": record_funder("city", f"{agency.city or agency.name} city budget", agency)}
    for key, kind in (("foundation", Agency.Kind.FOUNDATION), ("bureau", Agency.Kind.BUREAU)):
        if kind in named:
            found[key] = record_funder(key, named[kind].name, named[kind])
    return found


def _years(today: datetime.date) -> list[datetime.date]:
    """The first days of the fiscal years that the last two years lie in."""
    this = today.year if today.month >= FIRST_MONTH else today.year - 1
    return [datetime.date(year, FIRST_MONTH, 1) for year in range(this - YEARS, this + 1)]


def _year(home: dict[str, Any], funders: dict[str, Funder], begins: datetime.date) -> None:
    ends = begins.replace(year=begins.year + 1) - datetime.timedelta(days=1)
    clauses: dict[str, Clause | None] = {"city": None}
    for key in ("foundation", "bureau"):
        if key in funders:
            clauses[key] = _clause(funders[key], begins, ends)
    for key, funder in funders.items():
        clause = clauses[key]
        grant = record_grant(
            key=f"{key}-{begins.year}",
            funder=funder,
            title=f"{begins.year}/{(begins.year + 1) % 100:02d}, {GENERATED}",
            begins=begins,
            ends=ends,
            agreement=clause.agreement if clause else None,
        )
        for category, amount in CEILINGS[key].items():
            record_ceiling(grant, category, amount)
    _rules(home, funders, clauses, begins, ends)


def _clause(funder: Funder, begins: datetime.date, ends: datetime.date) -> Clause:
    """The cost clause of an agreement that holds the whole year; made and marked as generated where the file has none."""
    held = Agreement.objects.filter(partner=funder.agency, signed__lte=begins).exclude(expires__lt=ends)
    known = (
        Clause.objects.filter(agreement__in=held, gate=Clause.Gate.COST, until__isnull=True).order_by("number").first()
    )
    if known is not None:
        return known
    if funder.agency is None:
        raise ValueError("The city needs no clause to pay.")
    made = record_agreement(
        key=f"{funder.key}-{begins.year}",
        partner=funder.agency,
        title=f"Terms of {begins.year}/{(begins.year + 1) % 100:02d} on costs",
        kind=Agreement.Kind.GRANT,
        signed=begins,
        expires=ends,
        basis=GENERATED,
    )
    return record_clause(made, number=1, text="What the rule of costs says.", gate="cost", effect="allows")


def _rules(
    home: dict[str, Any],
    funders: dict[str, Funder],
    clauses: dict[str, Clause | None],
    begins: datetime.date,
    ends: datetime.date,
) -> None:
    """The home file's rules for one year, each on the clause that stands in it."""
    after = ends + datetime.timedelta(days=1)
    for row in home["funding_rules"]:
        number = int(row["id"].removeprefix("F"))
        key, work, categories = _meaning(row["payer"])
        if key in funders:
            record_payer_rule(
                shares={funders[key]: 10_000},
                number=number,
                title=row["payer"].capitalize(),
                work=work,
                categories=categories,
                clause=clauses[key],
                needs_order="order number" in row["approval"],
                text=_sentences(row["limit"]),
                since=begins,
                until=None if after > now().date() else after,
                because="Generated for the demonstration.",
            )


def _sentences(limit: str) -> str:
    """What a home file says of a rule in half-sentences, each as a sentence of its own."""
    return " ".join(f"{part[:1].upper()}{part[1:]}." for part in limit.split("; "))


def _meaning(payer: str) -> tuple[str, str, list[str]]:
    """A rule of the home files as dated data: who, for which work, for what."""
    if payer == "city budget":
        return "city", "all", [Category.PERSONNEL]
    if payer == "police foundation":
        return "foundation", "posts", [Category.LODGING, Category.TRAVEL, Category.OFFICE]
    if payer == "emergency deployment":
        return "foundation", "surge", [Category.TRAVEL]
    return "bureau", "bureau", list(Category)


def _months(today: datetime.date) -> Iterator[datetime.date]:
    """The first days of the last 24 months, the oldest first; this month's too."""
    for back in range(12 * YEARS, -1, -1):
        months = today.year * 12 + today.month - 1 - back
        yield datetime.date(months // 12, months % 12 + 1, 1)


def _rates() -> None:
    dice = _dice("rates")
    for currency, worth in sorted(set(WORTH.values())):
        for month in _months(now().date()):
            swing = Decimal(dice.randint(-300, 300)) / 10_000
            record_rate(currency, month, (Decimal(worth) * (1 + swing)).quantize(Decimal("0.00000001")), GENERATED)


def _drafts(dice: random.Random) -> Iterator[ExpenseDraft]:
    """Each month's costs of each post, in the currency of its country; a salary is paid at home."""
    rates = Rates()
    staffed = Post.objects.filter(status__in=(Post.Status.STANDING, Post.Status.SEAT)).order_by("key")
    for post in list(staffed):
        level = {item: dice.randint(least, most) for item, (least, most, _months_) in COSTS.items()}
        for month in _months(now().date()):
            for item, (_least, _most, when) in COSTS.items():
                day = month + datetime.timedelta(days=dice.randint(0, 9))
                if (month.month - 1) % 3 + 1 not in when or day > now().date():
                    continue
                if post.status == Post.Status.SEAT and item in ABROAD:
                    continue
                dollars = level[item] * (100 + dice.randint(-4, 4))
                currency = WORTH[post.country][0] if item != "salary" and post.country in WORTH else "USD"
                yield ExpenseDraft(item, day, _in(currency, dollars, day, rates), currency, post, note=GENERATED)


def _in(currency: str, cents: int, day: datetime.date, rates: Rates) -> int:
    """About so many cents, in minor units of a currency."""
    rate, _day = rates.on(currency, day)
    whole = max(1, int(Decimal(cents) / 100 / rate))
    return int(whole * 10 ** get_currency_precision(currency))


def _settle(finance: Viewer, chief: Viewer, drafts: list[ExpenseDraft]) -> None:
    """Enter all; approve all but the newest of each post, which wait to be settled."""
    expenses = record_entered(finance, drafts, Rates())
    newest = {expense.post_id: expense.pk for expense in sorted(expenses, key=lambda row: (row.day, row.pk))[-4:]}
    due = [row for row in expenses if row.pk not in newest.values()]
    record_settled(chief, due, ruled(), purses())
