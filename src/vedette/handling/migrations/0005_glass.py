"""Break-glass: which records it showed, and which originators have taken notice; both append-only."""

import django.db.models.deletion
import vedette.kit.ids
from django.db import migrations, models

GUARDS = "".join(
    f"CREATE TRIGGER handling_{table}_append_only BEFORE UPDATE OR DELETE ON handling_{table} "
    "FOR EACH ROW EXECUTE FUNCTION vedette_append_only();\n"
    for table in ("glassopening", "glassreceipt")
)


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0003_sign_in'),
        ('handling', '0004_purge_functions'),
    ]

    operations = [
        migrations.CreateModel(
            name='GlassOpening',
            fields=[
                ('id', models.UUIDField(default=vedette.kit.ids.new_id, primary_key=True, serialize=False)),
                ('opened', models.BooleanField()),
                ('at', models.DateTimeField()),
                ('glass', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='openings', to='agencies.glassbreak')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='handling.sheet')),
            ],
        ),
        migrations.CreateModel(
            name='GlassReceipt',
            fields=[
                ('id', models.UUIDField(default=vedette.kit.ids.new_id, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('opening', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='handling.glassopening')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.seat')),
            ],
        ),
        migrations.AddConstraint(
            model_name='glassopening',
            constraint=models.UniqueConstraint(fields=('glass', 'sheet', 'opened'), name='glass_opening_once'),
        ),
        migrations.AddConstraint(
            model_name='glassreceipt',
            constraint=models.UniqueConstraint(fields=('opening', 'seat'), name='glass_receipt_once'),
        ),
        # Dropping the tables drops their triggers.
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
