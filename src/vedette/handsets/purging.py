"""Where phones' packets leave content: the name of a file that is still coming, and the key that opens it."""

from vedette.handling.purging import Place
from vedette.handsets.actions.finishing import sweep

PLACES = (
    Place(
        "handsets_upload", "files that phones announced", "held.sheet_id", ("name", "wrapped_key", "reason"),
        ("media", "sha256", "state"),
    ),
)  # fmt: skip


def drop_purged() -> int:
    """Remove the pieces of files whose record was purged while they were on their way; how many files."""
    return sweep()
