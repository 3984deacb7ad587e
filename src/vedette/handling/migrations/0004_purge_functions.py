"""Purge: the check every blanking function begins with, the guards that let those functions through, and the first functions."""

from django.db import migrations

from vedette.handling.purging_sql import blanking, made

CHECK = """
CREATE FUNCTION purge_check(wanted uuid) RETURNS timestamptz
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    approved timestamptz;
BEGIN
    SELECT decided.at INTO approved
      FROM public.handling_purgeorder AS asked
      JOIN public.handling_purgedecision AS decided ON decided.order_id = asked.id
      JOIN public.agencies_seat AS first ON first.id = asked.by_id
      JOIN public.agencies_seat AS second ON second.id = decided.by_id
     WHERE asked.id = wanted AND decided.approved AND first.person_id <> second.person_id
       AND ('privacy' = ANY (first.roles) OR 'privacy' = ANY (second.roles))
       AND second.suspended_at IS NULL AND second.until IS NULL
       AND NOT EXISTS (SELECT FROM public.handling_purgeresult AS done WHERE done.order_id = asked.id);
    IF approved IS NULL THEN
        RAISE EXCEPTION 'no purge order that two persons approved and nobody carried out: % refused', wanted
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN approved;
END $$;
REVOKE ALL ON FUNCTION purge_check(uuid) FROM PUBLIC;
CREATE FUNCTION purge_passes(relation oid, operation text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT operation = 'UPDATE' AND coalesce(current_setting('vedette.purge', true), '') = 'on'
       AND current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = relation)
$$;
"""
GUARDS = """
CREATE OR REPLACE FUNCTION vedette_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF public.purge_passes(TG_RELID, TG_OP) THEN RETURN NEW; END IF;
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE OR REPLACE FUNCTION audit_entry_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.seq IS NULL AND NEW.seq IS NOT NULL
       AND (to_jsonb(NEW) - 'seq') = (to_jsonb(OLD) - 'seq') THEN
        RETURN NEW;
    END IF;
    IF public.purge_passes(TG_RELID, TG_OP) AND NEW.reason = '' AND right(NEW.reason_seal::text, 64) = right(OLD.reason_seal::text, 64)
       AND (to_jsonb(NEW) - 'reason' - 'reason_seal') = (to_jsonb(OLD) - 'reason' - 'reason_seal') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'audit_entry is append-only: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
"""
FIXED = "".join(
    f"CREATE TRIGGER handling_{table}_append_only BEFORE UPDATE OR DELETE ON handling_{table} "
    "FOR EACH ROW EXECUTE FUNCTION vedette_append_only();\n"
    for table in ("purgeorder", "purgeitem", "purgedecision", "purgeresult")
)
FUNCTIONS, DROPS = made(
    blanking(
        "handling_sheet",
        "caveats = '{}', withdrawn_because = CASE held.withdrawn_because WHEN '' THEN '' ELSE '[purged]' END",
        "held.id IN {sheets}",
    ),
    blanking("handling_sheetchange", "because = '', handling = held.handling - 'caveats'", "held.sheet_id IN {sheets}"),
    # The leaf holds the hash of salt and reason: without both nothing can be guessed, and the tree stays whole.
    blanking(
        "audit_entry",
        "reason = '', reason_seal = substring(held.reason_seal from 17)",
        "held.reason <> '' AND held.code NOT LIKE 'purge.%' AND held.code <> 'sheet.purged' AND held.objects && ARRAY(SELECT sheet_id "
        "FROM public.handling_purgeitem WHERE order_id = the_order AND taken)",
    ),
)
BEFORE = """
CREATE OR REPLACE FUNCTION vedette_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE OR REPLACE FUNCTION audit_entry_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.seq IS NULL AND NEW.seq IS NOT NULL
       AND (to_jsonb(NEW) - 'seq') = (to_jsonb(OLD) - 'seq') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'audit_entry is append-only: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
"""
UNDO = (
    DROPS
    + BEFORE
    + "".join(
        f"DROP TRIGGER handling_{table}_append_only ON handling_{table};"
        for table in ("purgeorder", "purgeitem", "purgedecision", "purgeresult")
    )
    + "DROP FUNCTION purge_passes(oid, text); DROP FUNCTION purge_check(uuid);"
)


class Migration(migrations.Migration):
    dependencies = [("handling", "0003_purge_orders"), ("audit", "0003_reason_seal"), ("kit", "0002_guards")]
    operations = [migrations.RunSQL(CHECK + GUARDS + FIXED + FUNCTIONS, UNDO)]
