"""Two watch seats may revoke a phone together."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0004_security_rule'),
    ]

    operations = [
        migrations.AlterField(
            model_name='proposal',
            name='act',
            field=models.CharField(choices=[('lock', 'lock an account'), ('release', 'release a lock'), ('wipe', 'revoke a phone')], max_length=8),
        ),
    ]
