"""Where what is written of contacts and missions holds content."""

from vedette.handling.purging import Place, Resting

PLACES = (
    Place(
        "programme_contactcard", "what is written of contacts", "held.contact_id",
        ("role", "reach", "conditions", "because", "ended_because"), ("languages",),
    ),
    Place("programme_meeting", "meetings", "held.sheet_id", ("text",), ("how",)),
    Place("programme_promise", "promises made in meetings", "held.meeting_id", ("text", "because"), ("whose",)),
    Place(
        "programme_mission", "missions", "held.sheet_id", ("title", "city", "note"),
        ("key", "kind", "origin", "country", "zone"),
    ),
    Place("programme_missionmember", "teams of missions", "held.mission_id", ("because",)),
    Place("programme_missioncheck", "checks before travel", "held.mission_id", ("because", "case_number"), ("kind", "state")),
    Place(
        "programme_missiontask", "tasks of missions", "held.mission_id",
        ("title", "leave_because", "bureau_leave", "because"),
    ),
    Place("programme_missionsession", "sessions of missions", "held.mission_id", ("title", "because")),
    Place("programme_checkin", "signs of life", "held.mission_id", ("place", "because")),
    Place(
        "programme_safetycheck", "signs of life of officers", "held.sheet_id",
        ("place", "note", "told_place", "because"), ("zone",),
    ),
    Place(
        "programme_duress", "alarms of duress", "held.sheet_id", ("place", "done"), ("handset_label", "position_from"),
    ),
    Place(
        "programme_leg", "itineraries of missions", "held.mission_id",
        ("origin", "destination", "reference", "because"), ("means", "begins_zone", "ends_zone"),
    ),
    Place("programme_debrief", "reports after missions", "held.mission_id", ("text", "because")),
    Place("programme_observation", "observations", "held.mission_id", ("text", "suggestion", "because"), ("element",)),
    Place("programme_missionstate", "how a mission stood", "held.mission_id", ("place", "because"), ("state",)),
)  # fmt: skip
RESTING = (
    Resting("rests", "SELECT sheet_id FROM programme_meeting WHERE contact_id = ANY(%(ids)s)"),
    Resting("rests", "SELECT sheet_id FROM programme_mission WHERE basis_id = ANY(%(ids)s)"),
)
