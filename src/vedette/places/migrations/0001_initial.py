import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

import vedette.kit.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name="Area",
            fields=[
                (
                    "id",
                    models.UUIDField(default=vedette.kit.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("source", models.CharField(max_length=24)),
                ("name", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[("country", "country"), ("jurisdiction", "jurisdiction"), ("district", "district")],
                        max_length=16,
                    ),
                ),
                ("country", models.CharField(blank=True, max_length=2)),
                ("outline", models.JSONField()),
                ("south", models.FloatField()),
                ("west", models.FloatField()),
                ("north", models.FloatField()),
                ("east", models.FloatField()),
            ],
            options={
                "indexes": [models.Index(fields=["south", "north"], name="area_box")],
                "constraints": [
                    models.UniqueConstraint(fields=("source", "kind", "name"), name="area_once_a_source"),
                    models.CheckConstraint(
                        condition=models.Q(("south__lte", models.F("north")), ("west__lte", models.F("east"))),
                        name="area_box_the_right_way_round",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                (
                    "id",
                    models.UUIDField(default=vedette.kit.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("source", models.CharField(max_length=24)),
                ("source_id", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=200)),
                ("names", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ("search_key", models.TextField()),
                ("lat", models.FloatField()),
                ("lon", models.FloatField()),
                ("population", models.BigIntegerField(default=0)),
                ("country", models.CharField(max_length=2)),
                ("admin", models.CharField(blank=True, max_length=200)),
                ("zone", models.CharField(max_length=64)),
                ("feature", models.CharField(max_length=10)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["lat", "lon"], name="place_point"),
                    models.Index(models.OrderBy(models.F("population"), descending=True), name="place_population"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search_key"], name="place_names", opclasses=["gin_trgm_ops"]
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("source", "source_id"), name="place_once_a_source"),
                    models.CheckConstraint(
                        condition=models.Q(("lat__range", (-90, 90)), ("lon__range", (-180, 180))),
                        name="place_on_earth",
                    ),
                ],
            },
        ),
    ]
