"""What is on its way to many: how far it is, and where it goes on."""

import django.db.models.deletion
import vedette.kit.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0003_purge'),
    ]

    operations = [
        migrations.CreateModel(
            name='Sending',
            fields=[
                ('id', models.UUIDField(default=vedette.kit.ids.new_id, primary_key=True, serialize=False)),
                ('what', models.CharField(choices=[('release', 'the release itself'), ('recall', 'the note of its recall'), ('due', 'the note of a correction due'), ('superseded', 'the end of its clocks, because a correction takes its place')], max_length=12)),
                ('whole', models.IntegerField()),
                ('sent', models.IntegerField(default=0)),
                ('after', models.UUIDField(null=True)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('ended', models.CharField(blank=True, choices=[('sent', 'everyone has it'), ('stopped', 'stopped by a recall')], max_length=8)),
                ('attempts', models.SmallIntegerField(default=0)),
                ('try_after', models.DateTimeField(null=True)),
                ('last_error', models.CharField(blank=True, max_length=60)),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sendings', to='sharing.release')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('until__isnull', True)), fields=['since'], name='sending_open')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('release', 'what'), name='sending_current'), models.CheckConstraint(condition=models.Q(('until__isnull', True), models.Q(('ended', ''), _negated=True), _connector='XOR'), name='sending_ended_whole')],
            },
        ),
    ]
