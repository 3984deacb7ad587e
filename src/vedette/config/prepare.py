"""Brings a database up to date before the server starts: `python -m vedette.config.prepare KIND`, run as the owner.

A process of its own, because Django knows one role a process and the supervisor should stay small.
"""

import sys

from vedette.config import environment
from vedette.config.postgres import privileges

REFUSED = 3
EXPECTED = {"real": ("", "real", "exercise"), "demo": ("", "demonstration")}
SENTENCES = {
    "real": "This database holds a demonstration and is never served as real: name another in VEDETTE_DATABASE_URL.",
    "demo": "This database is a real one; a demonstration never runs on it: leave out VEDETTE_DATABASE_URL.",
}


def kind_of_database() -> str:
    """What the database says it is; empty when it is new."""
    from django.db import connection

    from vedette.kit.models import Installation
    from vedette.kit.queries import installation_kind

    if Installation._meta.db_table not in connection.introspection.table_names():
        return ""
    return installation_kind()


def main(arguments: list[str]) -> int:
    """Refuse a database of another kind, then migrate it."""
    import django
    from django.core.management import call_command

    kind = arguments[0]
    django.setup()
    if kind_of_database() not in EXPECTED[kind]:
        print(SENTENCES[kind], file=sys.stderr)
        return REFUSED
    call_command("migrate", interactive=False, verbosity=0)
    privileges.grant_by_urls(environment.read("VEDETTE_DB_OWNER"), environment.read("VEDETTE_DB"))
    load_reference_data()
    return 0


def load_reference_data() -> None:
    """What every kind of database needs to read: the gazetteer, the catalogue of past incidents, the playbooks."""
    from vedette.incidents.actions import load_catalogue_once
    from vedette.places.actions import load_once
    from vedette.response.actions import load_playbooks

    load_once()
    load_catalogue_once()
    load_playbooks()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
