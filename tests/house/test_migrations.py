"""The migrations tell the same story as the models, one head a room."""

import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader


def test_every_room_has_one_newest_migration():
    loader = MigrationLoader(None)
    assert loader.detect_conflicts() == {}


@pytest.mark.django_db
def test_the_models_have_no_change_that_no_migration_tells():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
