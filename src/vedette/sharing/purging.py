"""Where releases and what came of them hold content, and which releases rest on a record."""

from vedette.handling.purging import Place, Resting

OF_RELEASE = "held.release_id"
PLACES = (
    Place(
        "sharing_release", "releases, and what was signed", "held.sheet_id",
        ("title", "handling_text", "because", "body", "jws"), ("version", "label", "codes", "digest"),
    ),
    Place("sharing_paragraph", "paragraphs of releases", OF_RELEASE, ("text",), ("topic", "origin", "state")),
    Place(
        "sharing_receipt", "what recipients answered",
        "(SELECT delivery.release_id FROM sharing_delivery AS delivery WHERE delivery.id = held.delivery_id)",
        ("text",), ("kind",),
    ),
    Place("sharing_recall", "why releases were recalled", OF_RELEASE, ("because",)),
    Place("sharing_standingdraft", "why drafts of standing rules were set aside", OF_RELEASE, ("because",), ("mark",)),
    Place("sharing_withdrawal", "why it was withdrawn", "held.report_id", ("because",)),
    Place("sharing_correctiondue", "why corrections are due", OF_RELEASE, ("because",)),
    Place("alerts_clock", "why clocks were stopped", "held.sheet_id", ("last_error", "stopped_because"), ("kind", "state")),
    Place("handling_addressee", "why deliveries were taken back", "held.sheet_id", ("recalled_because",), ("kind",)),
)  # fmt: skip
RESTING = (
    Resting(
        "rests",
        "SELECT paragraph.release_id FROM sharing_rest AS rest JOIN sharing_paragraph AS paragraph "
        "ON paragraph.id = rest.paragraph_id WHERE rest.sheet_id = ANY(%(ids)s)",
    ),
    Resting("rests", "SELECT sheet_id FROM sharing_release WHERE corrects_id = ANY(%(ids)s)"),
    Resting("about", "SELECT receipt.request_id FROM sharing_receipt AS receipt JOIN sharing_delivery AS delivery "
        "ON delivery.id = receipt.delivery_id WHERE delivery.release_id = ANY(%(ids)s)"),
)  # fmt: skip
