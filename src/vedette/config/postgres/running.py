"""The database for one command, whichever server it lives on, as the environment of the processes that use it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vedette.config import environment
from vedette.config.postgres import external
from vedette.config.postgres.cluster import Cluster

KINDS = ("real", "demo")


def home_for(kind: str) -> Path:
    """The data folder of an installation, or of the demonstration beside it."""
    return environment.home() if kind == "real" else environment.home() / kind


@contextmanager
def running_database(kind: str = "real") -> Iterator[dict[str, str]]:
    """The database of this kind, up while the block lasts; yields what its users' environment must say.

    The demonstration has its own home, database, key and files, so that it never meets the real ones.
    """
    if kind not in KINDS:
        raise ValueError(f"not a kind of database: {kind!r}")
    home = home_for(kind)
    settings = {"VEDETTE_HOME": str(home)}
    if kind != "real":
        settings |= {"VEDETTE_KEY_FILE": "", "VEDETTE_FILES": "", "VEDETTE_SECRET": ""}
    if environment.read("VEDETTE_DATABASE_URL"):
        owner, app = external.database_urls(kind, home)
        yield {**settings, "VEDETTE_DB": app, "VEDETTE_DB_OWNER": owner, "VEDETTE_DISK": ""}
        return
    database = "vedette" if kind == "real" else f"vedette_{kind}"
    cluster = Cluster(home)
    running = cluster.start()
    try:
        cluster.ensure_database(database)
        addresses = {"VEDETTE_DB": running.app_url(database), "VEDETTE_DB_OWNER": running.owner_url(database)}
        yield {**settings, **addresses, "VEDETTE_DISK": str(cluster.place)}
    finally:
        cluster.stop()
