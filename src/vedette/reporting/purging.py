"""Where reports, what was received and questions hold content, and what is tied to them."""

from vedette.handling.purging import Place, Resting

OF_REPORT = "held.report_id"
PLACES = (
    Place(
        "reporting_report", "where it was, and who was asked of a link to the city", "held.sheet_id",
        ("place_name", "nexus_note", "nexus_asked"),
        ("kind", "client_digest", "happened_precision", "nexus", "observed_zone"),
    ),
    Place("reporting_version", "wordings and translations", OF_REPORT, ("text", "gloss", "because"), ("language",)),
    Place(
        "reporting_claim", "statements", OF_REPORT, ("subject", "value", "place_name", "quote"), ("kind", "qualifier")
    ),
    Place(
        "reporting_grade", "why it was graded so", OF_REPORT, ("because",), ("scheme", "reliability", "credibility")
    ),
    Place("reporting_nexusanswer", "answers on a link to the city", OF_REPORT, ("note", "asked"), ("status",)),
    Place(
        "reporting_placing", "where it was, before and since, and what photos offer", OF_REPORT,
        ("place_name", "because"), ("how",),
    ),
    Place("reporting_namemark", "marked names", OF_REPORT, ("text", "reason"), ("state",)),
    Place(
        "reporting_source", "sources that no other record names",
        "(SELECT report.sheet_id FROM reporting_report AS report WHERE report.source_id = held.id LIMIT 1)",
        ("label", "kind"),
    ),
    Place("reporting_received", "what another agency sent", "held.sheet_id", ("sender", "label", "text"), ("channel",)),
    Place("reporting_request", "questions", "held.sheet_id", ("question", "why", "where"), ("urgency",)),
    Place(
        "reporting_requeststate", "what was said to a question", "held.request_id", ("because",),
        ("state", "reason_code"),
    ),
    Place("reporting_teamquestion", "what a team is to find out", "held.mission_id", ("text", "because")),
    Place(
        "reporting_teamanswer", "why a team's question has no answer",
        "(SELECT question.mission_id FROM reporting_teamquestion AS question WHERE question.id = held.question_id)",
        ("none_because",),
    ),
)  # fmt: skip
RESTING = (
    Resting(
        "rests",
        "SELECT question.mission_id FROM reporting_teamanswer AS held JOIN reporting_teamquestion AS question"
        " ON question.id = held.question_id WHERE held.report_id = ANY(%(ids)s)",
    ),
    Resting("answered", "SELECT sheet_id FROM reporting_request WHERE answer_id = ANY(%(ids)s)"),
    Resting("rests", "SELECT answer_id FROM reporting_request WHERE sheet_id = ANY(%(ids)s)"),
    Resting("about", "SELECT sheet_id FROM reporting_received WHERE about_id = ANY(%(ids)s)"),
)
