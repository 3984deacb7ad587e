"""Where a report happened, set or corrected afterwards: dated rows, blanked by a purge."""

import django.db.models.deletion
import vedette.kit.ids
from django.db import migrations, models

from vedette.handling.purging_sql import blanking, made

FUNCTIONS, DROPS = made(
    blanking(
        "reporting_placing",
        "place_name = '', lat = NULL, lon = NULL, precision_m = NULL, because = ''",
        "held.report_id IN {sheets}",
    ),
)


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0003_sign_in'),
        ('files', '0002_purge'),
        ('reporting', '0004_purge'),
    ]

    operations = [
        migrations.CreateModel(
            name='Placing',
            fields=[
                ('id', models.UUIDField(default=vedette.kit.ids.new_id, primary_key=True, serialize=False)),
                ('how', models.CharField(choices=[('filed', 'as it was filed'), ('typed', 'typed'), ('point', 'a point on the map, or coordinates'), ('photo', 'the position of a photo')], max_length=8)),
                ('place_name', models.CharField(blank=True, max_length=200)),
                ('lat', models.FloatField(null=True)),
                ('lon', models.FloatField(null=True)),
                ('precision_m', models.IntegerField(null=True)),
                ('offered', models.BooleanField(default=False)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('because', models.CharField(blank=True, max_length=300)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.seat')),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placings', to='reporting.report')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('offered', False), ('until__isnull', True)), fields=('report',), name='placing_current'), models.UniqueConstraint(condition=models.Q(('offered', True)), fields=('file',), name='placing_offered_once'), models.CheckConstraint(condition=models.Q(('offered', False), models.Q(('file__isnull', False), ('how', 'photo')), _connector='OR'), name='placing_offer')],
            },
        ),
        migrations.RunSQL(FUNCTIONS, DROPS),
    ]
