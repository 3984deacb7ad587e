"""Purge: tasks, deployments and what was answered to them, decisions, the watch's log."""

from django.db import migrations

from vedette.handling.purging_sql import blanking, made

FUNCTIONS, DROPS = made(
    blanking("response_run", "ended_because = ''", "held.sheet_id IN {sheets}"),
    blanking("response_task", "title = '[purged]', why = '', evidence_wanted = ''", "held.sheet_id IN {sheets}"),
    blanking(
        "response_deployment", "place = '', strength = '', \"order\" = '[purged]'", "held.sheet_id IN {sheets}"
    ),
    blanking("response_orderstate", "because = '', outcome = '', evidence = ''", "held.order_id IN {sheets}"),
    blanking(
        "response_decision",
        "what = '[purged]', options = '{}', chosen = '', because = ''",
        "held.sheet_id IN {sheets}",
    ),
    blanking("response_shiftentry", "text = '[purged]'", "held.sheet_id IN {sheets}"),
    blanking("response_handover", "note = ''", "held.sheet_id IN {sheets}"),
)


class Migration(migrations.Migration):
    dependencies = [("response", "0001_initial"), ("handling", "0004_purge_functions")]
    operations = [migrations.RunSQL(FUNCTIONS, DROPS)]
