"""How a mission is found: one entry of the index under its sheet, renewed whenever its words change."""

from vedette.kit.dated import in_force
from vedette.programme.models import Debrief, Mission, MissionNeed, Observation
from vedette.search.actions import index

WHY = "the index holds all that stands under the mission's sheet, and is asked only through it"


def index_mission(mission: Mission, place: str = "") -> None:
    """Part of a verb: what a mission is found by is its title, its places, its needs, its report and what it taught."""
    needs = MissionNeed.objects.as_house(WHY).filter(mission=mission)
    reports = Debrief.objects.as_house(WHY).filter(in_force(), mission=mission)
    taught = Observation.objects.as_house(WHY).filter(in_force(), mission=mission)
    texts = [
        mission.note,
        ", ".join(needs.order_by("kind", "name").values_list("name", flat=True)),
        *reports.values_list("text", flat=True),
        *(f"{seen}\n{advice}" for seen, advice in taught.order_by("since").values_list("text", "suggestion")),
    ]
    where = ", ".join(dict.fromkeys(filter(None, (place, mission.city, mission.country))))
    index(
        mission.sheet,
        title=mission.title,
        texts=[("en", "\n".join(filter(None, texts)))],
        at=mission.sheet.filed_at,
        place_name=where,
    )
