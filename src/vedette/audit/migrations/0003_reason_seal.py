"""A leaf holds hashes only: the reason's salted hash, and the digest of a document that was signed or sent."""

from django.db import migrations, models

# Compares rows rather than their JSON: a third of the cost, and the sealer touches every entry once.
GUARD = """
CREATE OR REPLACE FUNCTION audit_entry_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before audit_entry := OLD;
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.seq IS NULL AND NEW.seq IS NOT NULL THEN
        before.seq := NEW.seq;
        IF before IS NOT DISTINCT FROM NEW THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'audit_entry is append-only: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [
        migrations.AddField("entry", "reason_seal", models.BinaryField(default=b"", max_length=48)),
        migrations.AddField("entry", "document", models.BinaryField(default=b"", max_length=32)),
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
    ]
