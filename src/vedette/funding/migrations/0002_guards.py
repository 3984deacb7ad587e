"""What the database itself holds: books that balance, parts that add up to the cent, lawful payers only, nothing rewritten."""

from django.db import migrations

from vedette.handling.purging_sql import blanking, made

FUNCTIONS, DROPS = made(
    blanking("funding_expense", "note = '', order_number = ''", "held.sheet_id IN {sheets}"),
    blanking("funding_expensestate", "because = ''", "held.expense_id IN {sheets}"),
)
# An entry's lines are looked at when the transaction ends: one by one they cannot add up.
BALANCE = """
CREATE FUNCTION funding_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    entry uuid := CASE TG_TABLE_NAME WHEN 'funding_entry' THEN NEW.id ELSE (to_jsonb(NEW) ->> 'entry_id')::uuid END;
    total numeric;
    many bigint;
BEGIN
    SELECT sum(amount), count(*) INTO total, many FROM funding_line WHERE entry_id = entry;
    IF many < 2 OR total <> 0 THEN
        RAISE EXCEPTION 'The lines of an entry of the books do not add up to nothing: % in % lines', total, many
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_balanced';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER entry_balanced AFTER INSERT ON funding_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION funding_balanced();
CREATE CONSTRAINT TRIGGER line_balanced AFTER INSERT ON funding_line
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION funding_balanced();
"""
NO_BALANCE = """
DROP TRIGGER entry_balanced ON funding_entry; DROP TRIGGER line_balanced ON funding_line; DROP FUNCTION funding_balanced();
"""
ADDS_UP = """
CREATE FUNCTION funding_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    borne numeric;
    wanted bigint;
BEGIN
    SELECT sum(amount) INTO borne FROM funding_allocation WHERE expense_id = NEW.expense_id;
    SELECT base_amount INTO wanted FROM funding_expense WHERE sheet_id = NEW.expense_id;
    IF borne IS DISTINCT FROM wanted THEN
        RAISE EXCEPTION 'The parts of an expense do not add up: % of %', borne, wanted
            USING ERRCODE = 'check_violation', CONSTRAINT = 'allocation_adds_up';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER allocation_adds_up AFTER INSERT ON funding_allocation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION funding_adds_up();
"""
NO_ADDS_UP = "DROP TRIGGER allocation_adds_up ON funding_allocation; DROP FUNCTION funding_adds_up();"
LAWFUL = """
CREATE FUNCTION funding_lawful() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM funding_expense AS expense, funding_payerrule AS rule, funding_grant AS pot
        WHERE expense.sheet_id = NEW.expense_id AND rule.id = NEW.rule_id AND pot.id = NEW.grant_id
        AND expense.category = NEW.category AND NEW.category = ANY (rule.categories)
        AND rule.since <= expense.day AND (rule.until IS NULL OR rule.until > expense.day)
        AND (rule.post_id IS NULL OR rule.post_id = expense.post_id)
        AND pot.days @> expense.day
        AND EXISTS (SELECT 1 FROM funding_payershare AS share WHERE share.rule_id = rule.id AND share.funder_id = pot.funder_id);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'No rule lets this grant bear this expense'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'allocation_lawful';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER allocation_lawful BEFORE INSERT ON funding_allocation
    FOR EACH ROW EXECUTE FUNCTION funding_lawful();
"""
NO_LAWFUL = "DROP TRIGGER allocation_lawful ON funding_allocation; DROP FUNCTION funding_lawful();"
KEPT = ("entry", "line", "allocation", "claim", "claimitem", "payment", "rate", "gift")
APPEND_ONLY = "".join(
    f"CREATE TRIGGER funding_{name}_append_only BEFORE UPDATE OR DELETE ON funding_{name} "
    "FOR EACH ROW EXECUTE FUNCTION vedette_append_only();\n"
    for name in KEPT
)
REWRITABLE = "".join(f"DROP TRIGGER funding_{name}_append_only ON funding_{name};\n" for name in KEPT)
# What an expense is stays as it was entered; its notes may be purged, its receipt hung on.
SETTLED = """
CREATE FUNCTION funding_expense_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'An expense is reversed, never changed' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER expense_stays BEFORE UPDATE OF post_id, mission_id, item, category, day, amount, currency, rate, rate_day, base_amount
    ON funding_expense FOR EACH ROW EXECUTE FUNCTION funding_expense_stays();
CREATE TRIGGER expense_kept BEFORE DELETE ON funding_expense FOR EACH ROW EXECUTE FUNCTION vedette_append_only();
"""
UNSETTLED = """
DROP TRIGGER expense_stays ON funding_expense; DROP TRIGGER expense_kept ON funding_expense; DROP FUNCTION funding_expense_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("funding", "0001_initial"), ("kit", "0002_guards"), ("handling", "0004_purge_functions")]
    operations = [
        migrations.RunSQL(BALANCE, NO_BALANCE),
        migrations.RunSQL(ADDS_UP, NO_ADDS_UP),
        migrations.RunSQL(LAWFUL, NO_LAWFUL),
        migrations.RunSQL(APPEND_ONLY, REWRITABLE),
        migrations.RunSQL(SETTLED, UNSETTLED),
        migrations.RunSQL(FUNCTIONS, DROPS),
    ]
