"""Where what is written of contacts holds content."""

from vedette.handling.purging import Place, Resting

PLACES = (
    Place(
        "programme_contactcard", "what is written of contacts", "held.contact_id",
        ("role", "reach", "conditions", "because", "ended_because"), ("languages",),
    ),
    Place("programme_meeting", "meetings", "held.sheet_id", ("text",), ("how",)),
)  # fmt: skip
RESTING = (Resting("rests", "SELECT sheet_id FROM programme_meeting WHERE contact_id = ANY(%(ids)s)"),)
