"""Phones, their packets, the way reports took, files on their way; blanked by a purge."""

import django.db.models.deletion
import vedette.kit.ids
from django.db import migrations, models

from vedette.handling.purging_sql import blanking, made

FUNCTIONS, DROPS = made(
    blanking(
        "handsets_upload",
        "name = '[purged]', wrapped_key = '', reason = '', state = CASE WHEN held.state = 'receiving' THEN 'refused' ELSE held.state END",
        "held.sheet_id IN {sheets}",
    ),
)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0005_proposal_wipe'),
        ('files', '0002_purge'),
        ('handling', '0005_glass'),
        ('reporting', '0008_teams'),
    ]

    operations = [
        migrations.CreateModel(
            name='Handset',
            fields=[
                ('id', models.UUIDField(default=vedette.kit.ids.new_id, primary_key=True, serialize=False)),
                ('label', models.CharField(max_length=80)),
                ('token', models.BinaryField(max_length=32)),
                ('wrapped', models.BinaryField(max_length=80)),
                ('since', models.DateTimeField()),
                ('contact_at', models.DateTimeField(null=True)),
                ('waiting', models.IntegerField(default=0)),
                ('oldest_waiting_at', models.DateTimeField(null=True)),
                ('offset_ms', models.BigIntegerField(null=True)),
                ('version', models.CharField(blank=True, max_length=40)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('revoked_because', models.CharField(blank=True, max_length=300)),
                ('wiped_at', models.DateTimeField(null=True)),
                ('revoked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.seat')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handsets', to='agencies.seat')),
            ],
        ),
        migrations.CreateModel(
            name='Packet',
            fields=[
                ('client_id', models.UUIDField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=20)),
                ('digest', models.BinaryField(max_length=32)),
                ('answer', models.JSONField(default=dict)),
                ('received_at', models.DateTimeField()),
                ('handset', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='packets', to='handsets.handset')),
            ],
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='passage', serialize=False, to='reporting.report')),
                ('written_at', models.DateTimeField()),
                ('received_at', models.DateTimeField()),
                ('device_written_at', models.DateTimeField()),
                ('device_sent_at', models.DateTimeField()),
                ('server_at', models.DateTimeField()),
                ('offset_ms', models.BigIntegerField()),
                ('offset_known_ms', models.BigIntegerField(null=True)),
                ('clock_wrong', models.BooleanField()),
                ('clock_changed', models.BooleanField()),
                ('handset', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passages', to='handsets.handset')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=160)),
                ('media', models.CharField(blank=True, max_length=80)),
                ('size', models.BigIntegerField()),
                ('sealed_size', models.BigIntegerField()),
                ('sha256', models.BinaryField(max_length=32)),
                ('wrapped_key', models.BinaryField(max_length=80)),
                ('state', models.CharField(choices=[('receiving', 'on its way'), ('attached', 'attached'), ('refused', 'refused')], default='receiving', max_length=9)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('since', models.DateTimeField()),
                ('began_at', models.DateTimeField(null=True)),
                ('touched_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('packet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uploads', to='handsets.packet')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uploads', to='handling.sheet')),
            ],
        ),
        migrations.AddIndex(
            model_name='handset',
            index=models.Index(fields=['seat', '-since'], name='handset_of_seat'),
        ),
        migrations.AddConstraint(
            model_name='handset',
            constraint=models.CheckConstraint(condition=models.Q(('revoked_at__isnull', True), ('revoked_by__isnull', False), _connector='OR'), name='handset_revoked_by'),
        ),
        migrations.AddConstraint(
            model_name='handset',
            constraint=models.CheckConstraint(condition=models.Q(('waiting__gte', 0)), name='handset_waiting'),
        ),
        migrations.AddIndex(
            model_name='packet',
            index=models.Index(fields=['handset', '-received_at'], name='packet_of_handset'),
        ),
        migrations.AddIndex(
            model_name='upload',
            index=models.Index(condition=models.Q(('state', 'receiving')), fields=['touched_at'], name='upload_on_its_way'),
        ),
        migrations.AddIndex(
            model_name='upload',
            index=models.Index(fields=['sheet'], name='upload_of_sheet'),
        ),
        migrations.AddConstraint(
            model_name='upload',
            constraint=models.CheckConstraint(condition=models.Q(('sealed_size__gte', 1), ('size__gte', 1)), name='upload_not_empty'),
        ),
        migrations.RunSQL(FUNCTIONS, DROPS),
    ]
