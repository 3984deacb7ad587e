"""The handover as the PDF writer wants it: words and days, for one reader."""

from typing import Any
from zoneinfo import ZoneInfo

from vedette.agencies.viewer import Viewer
from vedette.formats.pdf.handover import HandoverPaper
from vedette.kit.queries import installation_kind
from vedette.kit.time import now
from vedette.programme.rota import day_words
from vedette.web.shell.context import kind_words


def paper_of(viewer: Viewer | None, context: dict[str, Any]) -> HandoverPaper:
    """The paper of a handover; the watermark names who reads it."""
    post, pack = context["post"], context["pack"]
    zone, one = ZoneInfo(post.zone), pack.cover.handover
    who = ""
    if one:
        names = f"{one.leaver.seat.label} hands over to {one.comer.seat.label}"
        who = f"{names}; together for {one.days} of {one.wanted} days."
    return HandoverPaper(
        # What is said at a post stays inside the agency.
        label="TLP:AMBER+STRICT",
        title=f"Handover, {post.city}",
        reference=post.prefix,
        as_of=day_words(now().astimezone(zone).date()),
        who=who,
        contacts=[_contact(entry, zone) for entry in context["contacts"]],
        promises=[
            {
                "whose": str(entry["row"].get_whose_display()),
                "what": entry["row"].text,
                "due": day_words(entry["row"].due) if entry["row"].due else "",
                "whom": entry["role"],
            }
            for entry in context["promises"]
        ],
        questions=[
            {
                "reference": row.request.sheet.reference,
                "question": row.request.question,
                "due": day_words(row.request.due_at.astimezone(zone).date()),
            }
            for row in context["questions"]
        ],
        rules=[f"{row.code} {row.text}".strip() for row in pack.rules],
        papers=[
            {
                "what": str(row.paper.get_kind_display()).capitalize(),
                "whose": row.paper.seat.label if row.paper.seat else "",
                "last": day_words(row.paper.expires),
                "soon": "1" if row.warning is not None else "",
                "note": row.paper.note,
            }
            for row in pack.papers
        ],
        topics=[topic.title for topic in context["topics"]],
        recipient=f"{viewer.agency_name}, {viewer.seat_label}" if viewer else "",
        notice=kind_words(installation_kind()),
    )


def _contact(entry: dict[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    row = entry["row"]
    return {
        "role": row.card.role,
        "reference": row.contact.sheet.reference,
        "reach": row.card.reach,
        "languages": ", ".join(row.card.languages),
        "conditions": row.card.conditions,
        "said": [
            {
                "day": day_words(said.met_at.astimezone(zone).date()),
                "text": said.text,
                "caveats": " · ".join([*said.sheet.codes, *said.sheet.caveats]),
                "reference": said.sheet.reference,
            }
            for said in entry["said"]
        ],
    }
