"""Purge: reports with their wordings, statements, marks and sources; what was received; questions."""

from django.db import migrations

from vedette.handling.purging_sql import blanking, made

FUNCTIONS, DROPS = made(
    blanking(
        "reporting_report",
        "place_name = '', lat = NULL, lon = NULL, precision_m = NULL, nexus_note = '', nexus_asked = ''",
        "held.sheet_id IN {sheets}",
    ),
    blanking("reporting_version", "text = '[purged]', gloss = '', because = ''", "held.report_id IN {sheets}"),
    blanking(
        "reporting_claim",
        "subject = '', value = '[purged]', number = NULL, place_name = '', quote = ''",
        "held.report_id IN {sheets}",
    ),
    blanking("reporting_grade", "because = ''", "held.report_id IN {sheets}"),
    blanking("reporting_nexusanswer", "note = '', asked = ''", "held.report_id IN {sheets}"),
    # One current mark of a text stands on a report: each keeps a text of its own.
    blanking("reporting_namemark", "text = '[purged] ' || held.id, reason = ''", "held.report_id IN {sheets}"),
    # A source that another report names as well stays: it is that report's content too.
    blanking(
        "reporting_source",
        "label = '[purged] ' || held.id, kind = ''",
        "held.id IN (SELECT source_id FROM public.reporting_report WHERE sheet_id IN {sheets}) AND NOT EXISTS ("
        "SELECT FROM public.reporting_report AS other JOIN public.handling_sheet AS sheet ON sheet.id = other.sheet_id "
        "WHERE other.source_id = held.id AND sheet.purged_at IS NULL AND sheet.id NOT IN {sheets})",
    ),
    blanking("reporting_received", "sender = '[purged]', label = '', text = ''", "held.sheet_id IN {sheets}"),
    blanking("reporting_request", "question = '[purged]', why = '', \"where\" = ''", "held.sheet_id IN {sheets}"),
    blanking("reporting_requeststate", "because = ''", "held.request_id IN {sheets}"),
)


class Migration(migrations.Migration):
    dependencies = [("reporting", "0003_nexus"), ("handling", "0004_purge_functions")]
    operations = [migrations.RunSQL(FUNCTIONS, DROPS)]
