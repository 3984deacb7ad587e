"""B11: the desk with a list of 50, with sign-in, policy and audit; floor: same template and rows with none of them."""

import asyncio
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1] / "src")]

from _house import Line, cookie_of, database, flash, option, seats, server, set_up, throughput  # noqa: E402
from _lines import Figure, alternate, ratio_and_control, show  # noqa: E402

BAR, LINES, ROWS = 0.3, 4, 120


def main() -> int:
    """Measure and print; 0 when the figure reached its bar."""
    seconds, rounds = option("seconds", 3), int(option("rounds", 5))
    with database():
        set_up()
        from vedette.handling.models import Sheet
        from vedette.reporting.actions import file_report

        officers = seats("officer")
        for number in range(ROWS):
            file_report(officers[number % len(officers)], flash(number))
        cookie = cookie_of(seats("watch")[0])
        print(f"   {Sheet.objects.filter(kind='report').count()} reports, a page of 50", flush=True)
        with server() as port, server("_floor_page:application") as floor:

            async def ask(where: int) -> float:
                lines = [await Line(where, cookie).open() for _ in range(LINES)]
                try:
                    status, page = await lines[0].ask("GET", "/")
                    if status != 200 or page.count(b'id="row-') != 50:
                        raise SystemExit(f"B11: {status}, {page.count(b'id=row-')} rows")
                    return await throughput(lines, seconds, lambda _place: ("GET", "/", b""))
                finally:
                    for line in lines:
                        line.close()

            asyncio.run(ask(port))
            measured = alternate(lambda: asyncio.run(ask(floor)), lambda: asyncio.run(ask(port)), rounds)
        ratio, control = ratio_and_control(measured)
        print(f"   control floor/floor: {control:.3f}", flush=True)
        value = sum(row[1] for row in measured) / len(measured)
        peer = sum(row[0] + row[2] for row in measured) / len(measured) / 2
        return show([Figure("B11 desk with 50 rows", value, peer, 1 / ratio, BAR, at_least=True, unit="/s")])


if __name__ == "__main__":
    sys.exit(main())
