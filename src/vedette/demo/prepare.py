"""Makes a fresh demonstration: `python -m vedette.demo.prepare CHRONOLOGY FOLDER SPEED PAUSED`, run as the owner."""

import datetime
import sys
from pathlib import Path

from vedette.config import prepare

# What every demonstration shares and takes long to load stays; everything else is emptied.
KEPT = frozenset(
    {"django_migrations", "django_content_type", "auth_permission", "places_place", "places_area"}
    | {"incidents_catalogueentry", "incidents_measure"}
)


def main(arguments: list[str]) -> int:
    """Refuse a database that is no demonstration, migrate it, empty it, load the home side, set the replay's clock."""
    code = prepare.main(["demo"])
    if code != 0:
        return code
    name, folder, speed, paused = arguments
    empty_demonstration()
    load(name, Path(folder), float(speed), paused == "1")
    return 0


def empty_demonstration() -> None:
    """Empty the tables of a demonstration; a database of any other kind is refused."""
    from django.db import connection

    from vedette.kit.queries import installation_kind

    if installation_kind() not in ("", "demonstration"):
        raise ValueError("Only a demonstration is ever emptied.")
    tables = [name for name in connection.introspection.table_names() if name not in KEPT]
    quoted = ", ".join(connection.ops.quote_name(name) for name in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {quoted} RESTART IDENTITY CASCADE")


def load(name: str, folder: Path, speed: float, paused: bool) -> None:
    """Load the home side of a chronology and begin its replay."""
    from vedette.demo.claims import load_claims
    from vedette.demo.feed import read_chronology
    from vedette.demo.home import load_home
    from vedette.demo.journeys import load_journeys
    from vedette.demo.missions import load_missions
    from vedette.demo.money import load_money
    from vedette.demo.standing import load_standing
    from vedette.exercises.actions import begin_replay
    from vedette.kit.time import set_clock

    chronology = read_chronology(name, folder)
    # The home side is loaded the day before, on the shown clock: what stands there stands when the first message comes.
    set_clock(shown=chronology.messages[0].at - datetime.timedelta(days=1), speed=1, paused=True)
    load_home(chronology.home)
    load_missions(chronology.home)
    load_standing(chronology.home)
    load_money(chronology.home)
    load_journeys(chronology.home)
    load_claims()
    begin_replay(
        chronology=chronology.name,
        title=chronology.title,
        times=[message.at for message in chronology.messages],
        speed=speed,
        paused=paused,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
