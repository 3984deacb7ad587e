"""Extensions, the functions that guard append-only tables, and the guard of the installation row."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

APPEND_ONLY = """
CREATE OR REPLACE FUNCTION vedette_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER installation_fixed BEFORE UPDATE OR DELETE ON kit_installation
    FOR EACH ROW EXECUTE FUNCTION vedette_append_only();
"""
UNDO = "DROP TRIGGER installation_fixed ON kit_installation; DROP FUNCTION vedette_append_only();"


class Migration(migrations.Migration):
    dependencies = [("kit", "0001_initial")]
    operations = [
        TrigramExtension(),
        BtreeGistExtension(),
        UnaccentExtension(),
        migrations.RunSQL(APPEND_ONLY, UNDO),
    ]
