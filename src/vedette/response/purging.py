"""Where orders, decisions and the watch's log hold content, and what was ordered on a record's basis."""

from vedette.handling.purging import Place, Resting

PLACES = (
    Place("response_run", "why a response ended", "held.sheet_id", ("ended_because",)),
    Place(
        "response_task", "tasks", "held.sheet_id", ("title", "why", "evidence_wanted"),
        ("key", "horizon", "kind", "owner_kind"),
    ),
    Place("response_deployment", "deployments", "held.sheet_id", ("place", "strength", "order")),
    Place(
        "response_orderstate", "what was answered to orders", "held.order_id", ("because", "outcome", "evidence"),
        ("state",),
    ),
    Place("response_decision", "decisions", "held.sheet_id", ("what", "options", "chosen", "because")),
    Place("response_shiftentry", "lines of the watch’s log", "held.sheet_id", ("text",)),
    Place("response_handover", "handovers", "held.sheet_id", ("note",), ("duty", "open_items")),
)  # fmt: skip
RESTING = tuple(
    Resting("rests", f"SELECT sheet_id FROM {table} WHERE basis_id = ANY(%(ids)s)")  # noqa: S608
    for table in ("response_run", "response_task", "response_deployment", "response_decision")
)
