"""A question of another agency can be in hand at the desk."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reporting', '0005_placing'),
    ]

    operations = [
        migrations.AlterField(
            model_name='requeststate',
            name='state',
            field=models.CharField(choices=[('asked', 'asked'), ('routed', 'with the post'), ('taken', 'in hand at the desk'), ('answered', 'answered'), ('refused', 'refused'), ('thanked', 'thanked')], max_length=10),
        ),
    ]
