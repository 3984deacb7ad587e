"""B15: a programme of 50 posts and 20 years of expenses (200,000 lines): a year's statement, and the first page of expenses.

Floor: the bare sums and the bare page over the same rows, without policy or audit.
"""

import datetime
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1] / "src")]

from _house import database, option, set_up  # noqa: E402
from _lines import Figure, show  # noqa: E402

STATEMENT_SECONDS, PAGE_RATIO = 2.0, 3.0
POSTS, YEARS, BATCH = 50, 20, 2_000


def programme(lines: int) -> Any:
    """Posts, a grant and a rule for each year, and so many settled expenses spread over them; the finance officer."""
    from django.db import transaction

    from vedette.agencies.actions import record_person, record_seat
    from vedette.agencies.queries import home_agency, viewers_of
    from vedette.funding.actions import record_funder, record_grant, record_payer_rule
    from vedette.funding.actions.entering import ExpenseDraft, Rates, record_entered, record_settled
    from vedette.funding.actions.grants import record_ceiling
    from vedette.funding.actions.rates import record_books
    from vedette.funding.models import Category
    from vedette.funding.queries import purses, ruled
    from vedette.kit.time import now
    from vedette.programme.actions import record_post

    home, today = home_agency(), now().date()
    record_books("USD", 1)
    seat = record_seat(
        record_person(username="b15", label="Finance"), home, label="Finance", roles=["finance"], groups=["money"]
    )
    finance = viewers_of([seat.id])[seat.id]
    posts = [
        record_post(key=f"b15-{n}", prefix=f"B{n}", city=f"City {n}", country="FR", lat=48.0, lon=2.0, zone="UTC", host=None, host_kind="")
        for n in range(POSTS)
    ]  # fmt: skip
    city = record_funder("b15", "City", home)
    record_payer_rule(
        shares={city: 10_000},
        number=900,
        title="All",
        work="all",
        categories=list(Category),
        since=datetime.date(1990, 1, 1),
    )
    first = datetime.date(today.year - YEARS + 1, 1, 1)
    for year in range(first.year, today.year + 1):
        days = {"begins": datetime.date(year, 1, 1), "ends": datetime.date(year, 12, 31)}
        grant = record_grant(key=f"b15-{year}", funder=city, title=f"{year}", agreement=None, **days)
        for category in Category:
            record_ceiling(grant, category, 10**12)
    span, rates = (today - first).days, Rates()
    items = ("rent", "salary", "phone", "flight", "course")
    for begun in range(0, lines, BATCH):
        drafts = [
            ExpenseDraft(
                items[n % 5],
                first + datetime.timedelta(days=n * span // lines),
                10_000 + n % 997,
                "USD",
                posts[n % POSTS],
            )
            for n in range(begun, min(begun + BATCH, lines))
        ]
        with transaction.atomic():
            record_settled(finance, record_entered(finance, drafts, rates), ruled(), purses())
        print(f"   {min(begun + BATCH, lines):,} of {lines:,} lines", end="\r", flush=True)
    return finance


def middle(work: Callable[[], Any], rounds: int = 7) -> float:
    """The middle of so many runs, in seconds."""
    took = []
    for _round in range(rounds):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return statistics.median(took)


def main() -> int:
    """Measure and print; 0 when each figure reached its bar."""
    lines = int(option("lines", 200_000))
    with database():
        set_up()
        from django.db import connection
        from django.db.models import Sum

        from vedette.account.statement import read_statement
        from vedette.funding.models import Expense, Line
        from vedette.funding.queries import expenses
        from vedette.kit.time import now

        finance = programme(lines)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        year = now().year - 1

        def bare_sums() -> None:
            for back in range(5):
                days = {"day__year": year - back}
                list(Line.objects.filter(**days).values("post", "grant__funder", "account").annotate(sum=Sum("amount")))

        def bare_page() -> None:
            rows = Expense.objects.as_house("the floor asks without a viewer")
            list(rows.select_related("sheet", "post", "mission__sheet").order_by("-day", "-sheet")[:50])

        statement, sums = middle(lambda: read_statement(finance, begins_in=year)), middle(bare_sums)
        page, bare = 1000 * middle(lambda: expenses(finance)), 1000 * middle(bare_page)
        figures = [
            Figure(
                "B15 a year's statement, four before it (s)", statement, sums, statement, STATEMENT_SECONDS, unit=" s"
            ),
            Figure("B15 first page of expenses", page, bare, page / bare, PAGE_RATIO, unit=" ms"),
        ]
        return show(figures)


if __name__ == "__main__":
    sys.exit(main())
