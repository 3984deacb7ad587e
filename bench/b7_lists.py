"""B7: the desk's list and a rare-word search among many reports, as widest, narrow and one-row viewer.

Floor: the same query without the condition of access; for the list it gets an index of its own, made for it.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1] / "src")]

from _house import database, median_ms, option, set_up  # noqa: E402
from _lines import Figure, show  # noqa: E402

FULL, LIMIT, RARE = 1_000_000, 50, "zyxomma"
LIST_BAR, LIST_EXTRA_MS, SEARCH_BAR = 3.0, 2.0, 1.5
# Thirty classes; one report in so many is of the class that only the narrow viewer's group contains, one word in so many is rare.
NARROW_EVERY, RARE_EVERY = 500, 20_000
WORDS = "river station exit north police crowd smoke train officer street south bridge market church gate window"

SHEETS = """
INSERT INTO handling_sheet (id, reference, kind, originator_id, holder_id, lodged_by_id, author_id, access_class_id, codes,
  caveats, filed_at, withdrawn_because)
SELECT md5('s' || n)::uuid, 'B-' || n, 'report', %(home)s, %(home)s, NULL, NULL,
  CASE WHEN n %% %(every)s = 0 THEN %(narrow)s ELSE (%(classes)s::int[])[1 + n %% %(many)s] END,
  '{}', '{}', %(moment)s - n * interval '1 second', '' FROM generate_series(%(low)s, %(high)s) AS n
"""
REPORTS = """
INSERT INTO reporting_report (sheet_id, post_id, kind, client_id, client_digest, happened_precision, happened_approximate,
  observed_at, observed_zone, place_name, nexus, nexus_note, nexus_asked, source_id)
SELECT md5('s' || n)::uuid, %(post)s, 'spot', md5('c' || n)::uuid, '\\x00', 'minute', false,
  %(moment)s - n * interval '1 second', 'Europe/Paris', 'north gate', 'none', '', '', %(source)s
FROM generate_series(%(low)s, %(high)s) AS n
"""
VERSIONS = """
INSERT INTO reporting_version (id, report_id, number, text, language, gloss, at, because)
SELECT md5('v' || n)::uuid, md5('s' || n)::uuid, 1, 'Two men left the station on foot.', 'en', '',
  %(moment)s - n * interval '1 second', '' FROM generate_series(%(low)s, %(high)s) AS n
"""
GRADES = """
INSERT INTO reporting_grade (id, report_id, scheme, reliability, credibility, since, because)
SELECT md5('g' || n)::uuid, md5('s' || n)::uuid, 'nato', 'B', '2', %(moment)s - n * interval '1 second', ''
FROM generate_series(%(low)s, %(high)s) AS n
"""
INDEX = """
INSERT INTO search_entry (id, sheet_id, kind, title, body, words, names, folded, place_name, at)
SELECT md5('e' || n)::uuid, md5('s' || n)::uuid, 'report', 'report ' || n, body, to_tsvector('simple', body), '{}', body, '',
  %(moment)s - n * interval '1 second'
FROM (SELECT n, (%(words)s::text[])[1 + n %% 16] || ' ' || (%(words)s::text[])[1 + n / 16 %% 16] || ' ' ||
  (%(words)s::text[])[1 + n / 256 %% 16] || CASE WHEN n %% %(rare_every)s = 1 THEN ' ' || %(rare)s ELSE '' END AS body
  FROM generate_series(%(low)s, %(high)s) AS n) AS made
"""
INDEXES = "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexname = ANY(%s)"
STEP = 100_000


def build(rows: int) -> None:
    """Fill the database, with progress; the text indexes are made at the end, as one would for an import."""
    from django.db import connection

    given = _given()
    began = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        cursor.execute(INDEXES, ["search_entry", ["search_words", "search_folded"]])
        later = cursor.fetchall()
        for name, _definition in later:
            cursor.execute(f"DROP INDEX {name}")
        for low in range(1, rows + 1, STEP):
            part = {**given, "low": low, "high": min(rows, low + STEP - 1)}
            for statement in (SHEETS, REPORTS, VERSIONS, GRADES, INDEX):
                cursor.execute(statement, part)
            done = min(rows, low + STEP - 1)
            rate = done / (time.monotonic() - began)
            print(
                f"   {done:,} of {rows:,} reports, {rate:,.0f} a second, {(rows - done) / rate:.0f} s left", flush=True
            )
        for _name, definition in later:
            cursor.execute(definition)
        # What the floor's list would have if nobody asked who looks.
        cursor.execute("CREATE INDEX bench_floor ON handling_sheet (kind, filed_at DESC, id DESC)")
        cursor.execute("VACUUM ANALYZE")
    print(f"   built in {time.monotonic() - began:.0f} s", flush=True)


def _given() -> dict[str, Any]:
    from vedette.agencies.queries import home_agency
    from vedette.handling.actions import access_class
    from vedette.kit.time import now
    from vedette.programme.models import Post
    from vedette.reporting.models import Source

    groups: tuple[tuple[str, ...], ...] = ((), ("desk",), ("narco",), ("counter",), ("desk", "narco"))
    made = [access_class(level, group, named).id for level in (1, 2, 3) for group in groups for named in (False, True)]
    post = Post.objects.first()
    source = Source.objects.get_or_create(post=post, label="bench", kind="unknown")[0]
    return {
        "home": home_agency().id,
        "narrow": access_class(1, ["seaport"], False).id,
        # A narrow viewer holds no group and is not sworn: what he may see are the reports of his own few class.
        "classes": [one for place, one in enumerate(made) if place > 1],
        "many": len(made) - 2,
        "every": NARROW_EVERY,
        "moment": now(),
        "post": post.id if post else None,
        "source": source.id,
        "words": WORDS.split(),
        "rare": RARE,
        "rare_every": RARE_EVERY,
    }


def viewers(rows: int) -> dict[str, Any]:
    """The three askers: all classes; one class in five hundred reports; a partner to whom one report was delivered."""
    import uuid
    from dataclasses import replace
    from hashlib import md5

    from _house import seats

    from vedette.handling.actions import record_address
    from vedette.handling.models import Sheet

    watch, partner = seats("watch")[0], seats("partner", home=False)[0]
    last = uuid.UUID(md5(f"s{rows - rows % RARE_EVERY - RARE_EVERY + 1}".encode(), usedforsecurity=False).hexdigest())
    record_address(Sheet.objects.get(id=last), agency=partner.agency_id)
    every = frozenset({"desk", "narco", "counter", "seaport"})
    narrow = replace(watch, seat_id=uuid.uuid4(), roles=frozenset({"programme"}), clearance=1, sworn=False)
    return {
        "widest": replace(watch, groups=every, clearance=3, sworn=True),
        "narrow": replace(narrow, groups=frozenset({"seaport"})),
        "one-row": partner,
    }


def pair(ask: Callable[[], Any], floor: Callable[[], Any], times: int) -> tuple[float, float]:
    """Medians in milliseconds of both, asked strictly by turns: what else runs on the machine falls on both."""
    ours, theirs = [], []
    for turn in range(times + 3):
        for question, found in ((floor, theirs), (ask, ours)):
            began = time.perf_counter()
            question()
            if turn >= 3:
                found.append(time.perf_counter() - began)
    return median_ms(ours), median_ms(theirs)


def main() -> int:
    """Build, measure, print; 0 when every figure reached its bar."""
    rows, times = int(option("rows", 100_000)), int(option("times", 120))
    print(f"   the bar is for {FULL:,} reports", flush=True)
    figures = []
    with database():
        set_up()
        build(rows)
        from django.db.models import Q

        from vedette.handling import policy
        from vedette.handling.models import Sheet
        from vedette.search import queries as search

        def bare_list() -> list[Any]:
            wanted = Sheet.objects.filter(kind="report").order_by("-filed_at", "-id")
            return list(wanted.values_list("filed_at", "id")[: LIMIT + 1])

        def bare_search() -> list[Any]:
            with mock.patch.object(policy, "readable", lambda *_: Q()):
                return search.find(None, RARE)

        for name, viewer in viewers(rows).items():
            shown = len(policy.newest(viewer, ["report"], LIMIT + 1))
            value, peer = pair(lambda who=viewer: policy.newest(who, ["report"], LIMIT + 1), bare_list, times)  # type: ignore[misc]
            bar = max(LIST_BAR, (peer + LIST_EXTRA_MS) / peer)
            figures.append(
                Figure(f"B7 list, {name} ({shown} rows)", value, peer, value / peer, round(bar, 2), unit=" ms")
            )
            hits = len(search.find(viewer, RARE))
            value, peer = pair(lambda who=viewer: search.find(who, RARE), bare_search, max(20, times // 2))  # type: ignore[misc]
            label = f"B7 rare word, {name} ({hits} of {len(bare_search())})"
            figures.append(Figure(label, value, peer, value / peer, SEARCH_BAR, unit=" ms"))
    return show(figures)


if __name__ == "__main__":
    sys.exit(main())
