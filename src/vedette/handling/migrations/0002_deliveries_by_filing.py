"""A delivery carries its sheet's kind and filing time, so that the newest delivered are found along one index."""

from django.db import migrations, models

FILL = """
CREATE OR REPLACE FUNCTION handling_addressee_fill() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT kind, filed_at INTO NEW.kind, NEW.filed_at FROM handling_sheet WHERE id = NEW.sheet_id;
    RETURN NEW;
END $$;
CREATE TRIGGER addressee_fill BEFORE INSERT ON handling_addressee
    FOR EACH ROW EXECUTE FUNCTION handling_addressee_fill();
UPDATE handling_addressee SET kind = handling_sheet.kind, filed_at = handling_sheet.filed_at
    FROM handling_sheet WHERE handling_sheet.id = sheet_id;
"""
UNDO = "DROP TRIGGER addressee_fill ON handling_addressee; DROP FUNCTION handling_addressee_fill();"


def index(name):
    return models.Index(
        condition=models.Q((f"{name}__isnull", False)),
        fields=[name, "kind", "-filed_at", "-sheet"],
        name=f"addressee_{name}_newest",
    )


class Migration(migrations.Migration):
    dependencies = [("handling", "0001_initial")]
    operations = [
        migrations.AddField("addressee", "kind", models.CharField(editable=False, max_length=24, null=True)),
        migrations.AddField("addressee", "filed_at", models.DateTimeField(editable=False, null=True)),
        migrations.RunSQL(FILL, UNDO),
        *[migrations.RemoveIndex("addressee", f"addressee_{name}") for name in ("agency", "unit", "seat")],
        *[migrations.AddIndex("addressee", index(name)) for name in ("agency", "unit", "seat")],
    ]
