"""What the database holds of commitments: parts that add up, lawful payers on every day, nothing rewritten; and their purge."""

from django.db import migrations

from vedette.handling.purging_sql import blanking, made

FUNCTIONS, DROPS = made(
    blanking(
        "funding_commitment", "order_number = '', because = '', ended_because = ''", "held.mission_id IN {sheets}"
    ),
    blanking("funding_ordernumber", "number = '', because = ''", "held.expense_id IN {sheets}"),
)
ADDS_UP = """
CREATE FUNCTION funding_commitment_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    borne numeric;
    wanted bigint;
BEGIN
    SELECT sum(amount) INTO borne FROM funding_commitmentpart WHERE commitment_id = NEW.commitment_id;
    SELECT base_amount INTO wanted FROM funding_commitment WHERE id = NEW.commitment_id;
    IF borne IS DISTINCT FROM wanted THEN
        RAISE EXCEPTION 'The parts of a commitment do not add up: % of %', borne, wanted
            USING ERRCODE = 'check_violation', CONSTRAINT = 'commitment_adds_up';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER commitment_adds_up AFTER INSERT ON funding_commitmentpart
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION funding_commitment_adds_up();
"""
NO_ADDS_UP = """
DROP TRIGGER commitment_adds_up ON funding_commitmentpart; DROP FUNCTION funding_commitment_adds_up();
"""
LAWFUL = """
CREATE FUNCTION funding_commitment_lawful() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM funding_commitment AS held, funding_payerrule AS rule, funding_grant AS pot
        WHERE held.id = NEW.commitment_id AND rule.id = NEW.rule_id AND pot.id = NEW.grant_id
        AND held.category = ANY (rule.categories) AND rule.post_id IS NULL AND rule.work <> 'posts'
        AND rule.since <= lower(held.days) AND (rule.until IS NULL OR rule.until >= upper(held.days))
        AND pot.days @> held.days
        AND EXISTS (SELECT 1 FROM funding_payershare AS share WHERE share.rule_id = rule.id AND share.funder_id = pot.funder_id);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'No rule lets this grant bear this commitment on all its days'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'commitment_lawful';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER commitment_lawful BEFORE INSERT ON funding_commitmentpart
    FOR EACH ROW EXECUTE FUNCTION funding_commitment_lawful();
"""
NO_LAWFUL = "DROP TRIGGER commitment_lawful ON funding_commitmentpart; DROP FUNCTION funding_commitment_lawful();"
KEPT = """
CREATE TRIGGER funding_commitmentpart_append_only BEFORE UPDATE OR DELETE ON funding_commitmentpart
    FOR EACH ROW EXECUTE FUNCTION vedette_append_only();
CREATE TRIGGER commitment_stays BEFORE UPDATE OF mission_id, category, days, amount, currency, rate, rate_day, base_amount
    ON funding_commitment FOR EACH ROW EXECUTE FUNCTION funding_expense_stays();
CREATE TRIGGER commitment_kept BEFORE DELETE ON funding_commitment FOR EACH ROW EXECUTE FUNCTION vedette_append_only();
CREATE TRIGGER ordernumber_kept BEFORE DELETE ON funding_ordernumber FOR EACH ROW EXECUTE FUNCTION vedette_append_only();
"""
UNKEPT = """
DROP TRIGGER funding_commitmentpart_append_only ON funding_commitmentpart;
DROP TRIGGER commitment_stays ON funding_commitment; DROP TRIGGER commitment_kept ON funding_commitment;
DROP TRIGGER ordernumber_kept ON funding_ordernumber;
"""


class Migration(migrations.Migration):
    dependencies = [("funding", "0003_commitments")]
    operations = [
        migrations.RunSQL(ADDS_UP, NO_ADDS_UP),
        migrations.RunSQL(LAWFUL, NO_LAWFUL),
        migrations.RunSQL(KEPT, UNKEPT),
        migrations.RunSQL(FUNCTIONS, DROPS),
    ]
