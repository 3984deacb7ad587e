"""Purge: what is written of contacts, and meetings with them."""

from django.db import migrations

from vedette.handling.purging_sql import blanking, made

FUNCTIONS, DROPS = made(
    blanking(
        "programme_contactcard",
        "role = '[purged]', reach = '', conditions = '', because = '', ended_because = ''",
        "held.contact_id IN {sheets}",
    ),
    blanking("programme_meeting", "text = '[purged]'", "held.sheet_id IN {sheets}"),
)


class Migration(migrations.Migration):
    dependencies = [("programme", "0002_dated_contacts_and_changes"), ("handling", "0004_purge_functions")]
    operations = [migrations.RunSQL(FUNCTIONS, DROPS)]
