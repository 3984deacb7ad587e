"""Purge: the names of files, and the keys without which their ciphertext opens no more."""

from django.db import migrations

from vedette.handling.purging_sql import blanking, made

FUNCTIONS, DROPS = made(
    blanking(
        "files_storedfile", "name = '[purged]', state = 'purged', wrapped_key = ''", "held.sheet_id IN {sheets}"
    ),
)


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial"), ("handling", "0004_purge_functions")]
    operations = [migrations.RunSQL(FUNCTIONS, DROPS)]
