"""Where the index holds content, and which records repeat a purged one's words."""

from vedette.handling.purging import Place

KEPT = ("kind",)
PLACES = (
    Place(
        "search_entry", "what it is found by", "held.sheet_id",
        ("title", "body", "words", "names", "folded", "place_name"), KEPT,
    ),
)  # fmt: skip
