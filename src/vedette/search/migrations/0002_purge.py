"""Purge: what a record was found by."""

from django.db import migrations

from vedette.handling.purging_sql import blanking, made

FUNCTIONS, DROPS = made(
    blanking(
        "search_entry",
        "title = '', body = '', words = '', names = '{}', folded = '', place_name = '', lat = NULL, lon = NULL",
        "held.sheet_id IN {sheets}",
    ),
)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial"), ("handling", "0004_purge_functions")]
    operations = [migrations.RunSQL(FUNCTIONS, DROPS)]
