"""Random worlds by the thousand: every reader of the house against a second rule that was written without it."""

import sys
import time
from pathlib import Path

sys.path[:0] = [
    str(path) for path in (Path(__file__).parent, Path(__file__).parents[1], Path(__file__).parents[1] / "src")
]

from _house import database, option, ready  # noqa: E402
from _lines import Figure, show  # noqa: E402

FULL, BATCH = 10_000, 25


def main() -> int:
    """Ask; 0 when no reader disagreed anywhere."""
    wanted, seconds, seed = int(option("worlds", FULL)), option("seconds", 150), int(option("seed", 50_000))
    with database():
        ready()
        from django.core.management import call_command
        from django.test.utils import setup_test_environment

        setup_test_environment()
        call_command("migrate", interactive=False, verbosity=0)
        from tests.cast import the_cast
        from tests.house import comparing
        from vedette.web.stream import broadcast

        broadcast.close_old_connections = lambda: None  # each world lives in one transaction of one connection
        cast, began, found, done = the_cast(), time.monotonic(), list[str](), 0
        while done < wanted and time.monotonic() - began < seconds:
            found += comparing.disagreements(cast, min(BATCH, wanted - done), seed=seed + done)
            done += min(BATCH, wanted - done)
            rate = done / (time.monotonic() - began)
            left = f"{(wanted - done) / rate:,.0f} s to all {wanted:,}"
            if done % (8 * BATCH) == 0:
                print(f"   {done:,} worlds, {rate:.1f} a second, {left}", flush=True)
    print("\n".join(found[:20]))
    print(f"   {done:,} of {wanted:,} worlds in {time.monotonic() - began:.0f} s (--seconds=N for longer)", flush=True)
    return show([Figure(f"worlds: disagreements in {done:,}", len(found), 0, len(found), 0)])


if __name__ == "__main__":
    sys.exit(main())
