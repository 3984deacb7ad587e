"""Where incidents, topics, links and facts hold content, and what records were linked to."""

from vedette.handling.purging import Place, Resting

FIRST_BASIS = (
    "(SELECT claim.report_id FROM incidents_basis AS basis JOIN reporting_claim AS claim ON claim.id = basis.claim_id "
    "WHERE basis.fact_id = held.id LIMIT 1)"
)
PLACES = (
    Place(
        "incidents_incident", "an incident’s title and place", "held.sheet_id",
        ("title", "place_name", "country", "city"), ("zone",),
    ),
    Place("incidents_standing", "earlier titles, and why it stood so", "held.incident_id", ("title", "because"), ("state",)),
    Place("incidents_topic", "standing questions", "held.sheet_id", ("title", "wanted", "closed_because")),
    Place("incidents_link", "why it was linked", "held.report_id", ("reasons", "because")),
    Place(
        "incidents_fact", "facts that nothing else bears out", FIRST_BASIS, ("subject", "value", "because"),
        ("kind", "sure"),
    ),
)  # fmt: skip
# An incident or topic that no other record belongs to has its title from this one.
ONLY_THESE = (
    "SELECT coalesce(link.incident_id, link.topic_id) FROM incidents_link AS link WHERE link.report_id = ANY(%(ids)s) "
    "AND NOT EXISTS (SELECT FROM incidents_link AS other WHERE NOT other.report_id = ANY(%(ids)s) "
    "AND coalesce(other.incident_id, other.topic_id) = coalesce(link.incident_id, link.topic_id))"
)
RESTING = (
    Resting("rests", ONLY_THESE),
    Resting("linked", "SELECT coalesce(incident_id, topic_id) FROM incidents_link WHERE report_id = ANY(%(ids)s)"),
)
