"""The log is append-only in the database itself: only `seq` may be set, once."""

from django.db import migrations

GUARD = """
CREATE OR REPLACE FUNCTION audit_entry_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.seq IS NULL AND NEW.seq IS NOT NULL
       AND (to_jsonb(NEW) - 'seq') = (to_jsonb(OLD) - 'seq') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'audit_entry is append-only: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_guard();
CREATE TRIGGER audit_checkpoint_append_only BEFORE UPDATE OR DELETE ON audit_checkpoint
    FOR EACH ROW EXECUTE FUNCTION vedette_append_only();
CREATE TRIGGER audit_node_append_only BEFORE UPDATE OR DELETE ON audit_node
    FOR EACH ROW EXECUTE FUNCTION vedette_append_only();
"""
UNDO = """
DROP TRIGGER audit_entry_append_only ON audit_entry; DROP FUNCTION audit_entry_guard();
DROP TRIGGER audit_checkpoint_append_only ON audit_checkpoint; DROP TRIGGER audit_node_append_only ON audit_node;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("kit", "0002_guards")]
    operations = [migrations.RunSQL(GUARD, UNDO)]
