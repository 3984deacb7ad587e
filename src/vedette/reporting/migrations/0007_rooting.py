"""What a source was said to go back to, dated, so that a past view counts the roots as they were known."""

import django.db.models.deletion
import vedette.kit.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0004_security_rule'),
        ('reporting', '0006_taken'),
    ]

    operations = [
        migrations.CreateModel(
            name='Rooting',
            fields=[
                ('id', models.UUIDField(default=vedette.kit.ids.new_id, primary_key=True, serialize=False)),
                ('known', models.BooleanField()),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.seat')),
                ('root', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reporting.source')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rootings', to='reporting.source')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('source',), name='rooting_current')],
            },
        ),
    ]
