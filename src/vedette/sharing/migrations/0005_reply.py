"""The release by which another agency's question was answered; it only grows."""

import django.db.models.deletion
import vedette.kit.ids
from django.db import migrations, models

GUARD = (
    "CREATE TRIGGER sharing_reply_append_only BEFORE UPDATE OR DELETE ON sharing_reply "
    "FOR EACH ROW EXECUTE FUNCTION vedette_append_only();"
)


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0004_security_rule'),
        ('reporting', '0006_taken'),
        ('sharing', '0004_sending'),
    ]

    operations = [
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.UUIDField(default=vedette.kit.ids.new_id, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.seat')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='sharing.release')),
                ('request', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reply', to='reporting.request')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RunSQL(GUARD, "DROP TRIGGER sharing_reply_append_only ON sharing_reply;"),
    ]
