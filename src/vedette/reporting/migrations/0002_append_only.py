"""A wording of a report is never changed: versions are append-only in the database itself."""

from django.db import migrations

GUARD = """
CREATE TRIGGER reporting_version_append_only BEFORE UPDATE OR DELETE ON reporting_version
    FOR EACH ROW EXECUTE FUNCTION vedette_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_initial"), ("kit", "0002_guards")]
    operations = [migrations.RunSQL(GUARD, "DROP TRIGGER reporting_version_append_only ON reporting_version;")]
