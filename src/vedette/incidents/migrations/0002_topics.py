from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("incidents", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="topic",
            name="closed_because",
            field=models.CharField(blank=True, default="", max_length=300),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until__isnull", True), ("topic__isnull", False)),
                fields=("topic", "report"),
                name="link_to_a_topic_once",
            ),
        ),
    ]
