"""What is signed does not change: triggers on releases and their parts; deliveries, receipts, recalls only grow."""

from django.db import migrations

FIXED = """
CREATE FUNCTION sharing_release_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.signed_at IS NOT NULL THEN
        RAISE EXCEPTION 'a signed release is corrected or recalled, never changed: % refused', TG_OP
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sharing_release_fixed BEFORE UPDATE ON sharing_release
    FOR EACH ROW EXECUTE FUNCTION sharing_release_fixed();
CREATE TRIGGER sharing_release_kept BEFORE DELETE ON sharing_release
    FOR EACH ROW EXECUTE FUNCTION vedette_append_only();
CREATE FUNCTION sharing_part_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    part record;
    fixed boolean;
BEGIN
    IF TG_OP = 'DELETE' THEN part := OLD; ELSE part := NEW; END IF;
    IF TG_TABLE_NAME = 'sharing_rest' THEN
        SELECT r.signed_at IS NOT NULL INTO fixed FROM sharing_paragraph p
            JOIN sharing_release r ON r.sheet_id = p.release_id WHERE p.id = part.paragraph_id;
    ELSE
        SELECT r.signed_at IS NOT NULL INTO fixed FROM sharing_release r WHERE r.sheet_id = part.release_id;
    END IF;
    IF fixed THEN
        RAISE EXCEPTION 'a part of a signed release does not change: % refused on %', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN part;
END $$;
"""
PARTS = ("paragraph", "rest", "recipient")
GROWING = ("delivery", "receipt", "recall", "withdrawal")
GUARDS = "".join(
    f"CREATE TRIGGER sharing_{part}_fixed BEFORE INSERT OR UPDATE OR DELETE ON sharing_{part} "
    "FOR EACH ROW EXECUTE FUNCTION sharing_part_fixed();\n"
    for part in PARTS
) + "".join(
    f"CREATE TRIGGER sharing_{table}_append_only BEFORE UPDATE OR DELETE ON sharing_{table} "
    "FOR EACH ROW EXECUTE FUNCTION vedette_append_only();\n"
    for table in GROWING
)
UNDO = (
    "".join(f"DROP TRIGGER sharing_{part}_fixed ON sharing_{part};" for part in PARTS)
    + "".join(f"DROP TRIGGER sharing_{table}_append_only ON sharing_{table};" for table in GROWING)
    + "DROP TRIGGER sharing_release_fixed ON sharing_release; DROP TRIGGER sharing_release_kept ON sharing_release;"
    + "DROP FUNCTION sharing_part_fixed(); DROP FUNCTION sharing_release_fixed();"
)


class Migration(migrations.Migration):
    dependencies = [("sharing", "0001_initial"), ("kit", "0002_guards")]
    operations = [migrations.RunSQL(FIXED + GUARDS, UNDO)]
