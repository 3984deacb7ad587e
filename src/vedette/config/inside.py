"""Doing one command inside the house: the database up, Django ready, as the application's role."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from vedette.config.postgres.running import running_database


@contextmanager
def inside(kind: str = "real") -> Iterator[None]:
    """The house of this kind, ready for queries and verbs while the block lasts; no Django is imported before."""
    with running_database(kind) as settings:
        os.environ.update({**settings, "DJANGO_SETTINGS_MODULE": "vedette.config.settings"})
        import django
        from django.db import connections

        django.setup()
        try:
            yield
        finally:
            connections.close_all()
