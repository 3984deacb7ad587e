"""Where phones' packets leave content: the name of a file that is still coming, and the key that opens it."""

from vedette.handling.purging import Place

PLACES = (
    Place(
        "handsets_upload", "files that phones announced", "held.sheet_id", ("name", "wrapped_key", "reason"),
        ("media", "sha256", "state"),
    ),
)  # fmt: skip
