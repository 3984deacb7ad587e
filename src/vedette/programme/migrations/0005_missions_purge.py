"""Purge: what is written of missions, and how they stood."""

from django.db import migrations

from vedette.handling.purging_sql import blanking, made

FUNCTIONS, DROPS = made(
    blanking("programme_mission", "title = '[purged]', city = '', note = ''", "held.sheet_id IN {sheets}"),
    blanking("programme_missionstate", "place = '', because = ''", "held.mission_id IN {sheets}"),
)


class Migration(migrations.Migration):
    dependencies = [("programme", "0004_missions"), ("handling", "0004_purge_functions")]
    operations = [migrations.RunSQL(FUNCTIONS, DROPS)]
