"""What the database holds of disputes: what is said of them stays, and their purge."""

from django.db import migrations

from vedette.handling.purging_sql import blanking, made

FUNCTIONS, DROPS = made(
    blanking(
        "funding_dispute",
        "because = '[purged]', ended_because = ''",
        "held.item_id IN (SELECT one.id FROM funding_claimitem AS one JOIN funding_allocation AS part"
        " ON part.id = one.allocation_id WHERE part.expense_id IN {sheets})",
    ),
)
STAYS = """
CREATE TRIGGER dispute_stays BEFORE UPDATE OF item_id, amount, since ON funding_dispute
    FOR EACH ROW EXECUTE FUNCTION funding_expense_stays();
CREATE TRIGGER dispute_kept BEFORE DELETE ON funding_dispute FOR EACH ROW EXECUTE FUNCTION vedette_append_only();
"""
GONE = "DROP TRIGGER dispute_stays ON funding_dispute; DROP TRIGGER dispute_kept ON funding_dispute;"


class Migration(migrations.Migration):
    dependencies = [("funding", "0005_disputes")]
    operations = [migrations.RunSQL(STAYS, GONE), migrations.RunSQL(FUNCTIONS, DROPS)]
