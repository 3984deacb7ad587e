"""Purge: incidents and topics, why records were linked to them, facts that nothing else bears out."""

from django.db import migrations

from vedette.handling.purging_sql import blanking, made

FUNCTIONS, DROPS = made(
    blanking(
        "incidents_incident",
        "title = '[purged]', place_name = '', country = '', city = '', lat = NULL, lon = NULL",
        "held.sheet_id IN {sheets}",
    ),
    blanking("incidents_standing", "title = '[purged]', because = ''", "held.incident_id IN {sheets}"),
    blanking(
        "incidents_topic",
        "title = '[purged]', wanted = '', closed_because = CASE held.closed_because WHEN '' THEN '' ELSE '[purged]' END",
        "held.sheet_id IN {sheets}",
    ),
    blanking(
        "incidents_link",
        "reasons = '[]', because = ''",
        "held.report_id IN {sheets} OR held.incident_id IN {sheets} OR held.topic_id IN {sheets}",
    ),
    # A fact that another report says as well stands, without the reason typed for it; else it is closed and blanked.
    blanking(
        "incidents_fact",
        "value = CASE WHEN borne.out THEN held.value ELSE '[purged]' END, "
        "subject = CASE WHEN borne.out THEN held.subject ELSE '' END, "
        "number = CASE WHEN borne.out THEN held.number END, because = '', "
        "until = CASE WHEN borne.out THEN held.until ELSE coalesce(held.until, the_moment) END "
        "FROM (SELECT fact.id, fact.incident_id NOT IN {sheets} AND EXISTS ("
        "SELECT FROM public.incidents_basis AS basis JOIN public.reporting_claim AS claim ON claim.id = basis.claim_id "
        "JOIN public.handling_sheet AS sheet ON sheet.id = claim.report_id WHERE basis.fact_id = fact.id "
        "AND sheet.purged_at IS NULL AND sheet.id NOT IN {sheets} AND claim.value = fact.value AND claim.subject = fact.subject"
        ") AS out FROM public.incidents_fact AS fact) AS borne",
        "borne.id = held.id AND (held.incident_id IN {sheets} OR EXISTS (SELECT FROM public.incidents_basis AS basis "
        "JOIN public.reporting_claim AS claim ON claim.id = basis.claim_id "
        "WHERE basis.fact_id = held.id AND claim.report_id IN {sheets}))",
    ),
)


class Migration(migrations.Migration):
    dependencies = [("incidents", "0002_topics"), ("reporting", "0004_purge"), ("handling", "0004_purge_functions")]
    operations = [migrations.RunSQL(FUNCTIONS, DROPS)]
