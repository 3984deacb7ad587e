"""B4: a flash to the screen: report accepted -> its row in N open desks of 20 different seats, and in nobody else's.

Floor: the same stream with one rendered row for all and no policy (bench/_floor_stream.py), under the same server.
"""

import asyncio
import sys
import time
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1] / "src")]

from _house import Line, cookie_of, database, flash, option, quantile_ms, seats, server, set_up  # noqa: E402
from _lines import Figure, show  # noqa: E402

BARS = {1: 2.0, 100: 2.0, 1000: 3.0}
SEATS, OUTSIDERS = 20, 5


class Desk:
    """One open stream: when each report's row came, by its id."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.came: dict[str, float] = {}
        self.greeted = asyncio.Event()

    async def listen(self) -> None:
        """Read until the line is closed."""
        self.line.send("GET", "/live/events")
        text = b""
        try:
            while data := await self.line.reader.read(65536):
                moment = time.perf_counter()
                text += data
                if b"event: hello" in text:
                    self.greeted.set()
                while (at := text.find(b'"kind": "report.filed", "id": "')) >= 0 and len(text) >= at + 67:
                    self.came[text[at + 31 : at + 67].decode()] = moment
                    text = text[at + 67 :]
                text = text[-4096:]
        except (ConnectionError, asyncio.CancelledError):
            return


async def measure(port: int, cookies: list[str], outsiders: list[str], by: Any, flashes: int) -> list[float]:
    """Seconds from acceptance to each desk; a row that is missing or in a wrong desk ends the bench."""
    from asgiref.sync import sync_to_async

    from vedette.reporting.actions import file_report

    desks = [Desk(await Line(port, cookie).open()) for cookie in cookies + outsiders]
    tasks = [asyncio.create_task(desk.listen()) for desk in desks]
    for desk in desks:
        await asyncio.wait_for(desk.greeted.wait(), 60)
    await asyncio.sleep(1.0)
    accepted: dict[str, float] = {}
    for number in range(flashes + 2):
        report = await sync_to_async(file_report, thread_sensitive=True)(by, flash(number))
        accepted[str(report.pk)] = time.perf_counter()
        ends = time.perf_counter() + 30
        while time.perf_counter() < ends and not all(str(report.pk) in desk.came for desk in desks[: len(cookies)]):
            await asyncio.sleep(0.005)
        await asyncio.sleep(0.05)
    for desk, task in zip(desks, tasks, strict=True):
        desk.line.close()
        task.cancel()
    inside, outside = desks[: len(cookies)], desks[len(cookies) :]
    missing = sum(len(accepted) - len(accepted.keys() & desk.came.keys()) for desk in inside)
    leaked = sum(len(desk.came) for desk in outside)
    if missing or leaked:
        raise SystemExit(f"B4: {missing} rows missing, {leaked} rows in desks that may not see them.")
    warm = list(accepted)[2:]
    return [max(0.0, desk.came[key] - accepted[key]) for key in warm for desk in inside]


def main() -> int:
    """Measure and print; 0 when every figure reached its bar."""
    figures = []
    flashes, rounds, most = int(option("flashes", 6)), int(option("rounds", 5)), int(option("streams", 1000))
    with database():
        set_up()
        home = [seat for seat in seats() if "auditor" not in seat.roles][:SEATS]
        cookies = [cookie_of(viewer) for viewer in home]
        strangers = [cookie_of(viewer) for viewer in seats(home=False)[:OUTSIDERS]]
        officer = seats("officer")[0]
        with server() as port, server("_floor_stream:application") as floor:
            for many in [many for many in BARS if many <= most]:
                wanted = [cookies[place % len(cookies)] for place in range(many)]
                ours: list[float] = []
                theirs: list[float] = []
                for _ in range(rounds):
                    theirs += asyncio.run(measure(floor, wanted, [], officer, flashes))
                    ours += asyncio.run(measure(port, wanted, strangers, officer, flashes))
                for share, name in ((0.5, "p50"), (0.99, "p99")):
                    value, peer = quantile_ms(ours, share), quantile_ms(theirs, share)
                    label = f"B4 flash to {many} open desk{'s' if many > 1 else ''}, {name}"
                    figures.append(Figure(label, value, peer, value / peer, BARS[many], unit=" ms"))
                print(
                    f"   {many} desks: {len(ours)} rows, none missing, none in {len(strangers)} foreign desks",
                    flush=True,
                )
    return show(figures)


if __name__ == "__main__":
    sys.exit(main())
