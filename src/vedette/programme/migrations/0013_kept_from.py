"""The alarms of duress that there are already are kept from whoever raised them."""

from django.db import migrations

KEEP = """UPDATE handling_sheet AS sheet SET kept_from_id = seat.person_id
FROM programme_duress AS alarm JOIN agencies_seat AS seat ON seat.id = alarm.seat_id WHERE sheet.id = alarm.sheet_id"""


class Migration(migrations.Migration):

    dependencies = [
        ('handling', '0006_kept_from'),
        ('programme', '0012_safety'),
    ]

    operations = [migrations.RunSQL(KEEP, migrations.RunSQL.noop)]
