"""Who fits a mission: the table with reasons, with what is missing, and with the best team marked."""

from dataclasses import dataclass
from typing import Any

from vedette.agencies.viewer import Viewer
from vedette.programme.actions import read_matching
from vedette.programme.matching import SKILL, Judged, Need
from vedette.programme.missions import Matching, MissionRow
from vedette.programme.models import Qualification
from vedette.web.programme.forms import Asking
from vedette.web.programme.mission_words import obstacle_words, short_need

SHOWN = 12


@dataclass(frozen=True)
class Fit:
    """One officer before a mission, in words."""

    judged: Judged
    brings: list[str]
    lacks: list[str]
    obstacles: list[str]
    said: list[Qualification]
    best: bool
    fills: str
    role: str
    on_team: bool
    form: Asking | None = None


def matching_context(
    viewer: Viewer | None, row: MissionRow, may_do: dict[str, bool], back: dict[str, Asking], *, whole: bool = False
) -> dict[str, Any]:
    """The table and the best team, where the viewer may see it and a team is still to be found."""
    if not may_do["see_matching"]:
        return {"fits": None}
    found = read_matching(viewer, row.mission)
    fits = [_fit(one, found, row, back) for one in found.judged]
    fits.sort(key=lambda one: not one.best)
    first = [one for one in fits if one.judged.fills][:SHOWN]
    kept = fits if whole else [one for one in fits if one in first or one.on_team or one.form]
    return {
        "fits": kept,
        "left_out": len(fits) - len(kept),
        "best": [one for one in fits if one.best],
        "gaps": [{"need": short_need(need), "n": count} for need, count in found.team.gaps],
        "team_days": found.team.days_abroad,
    }


def _fit(one: Judged, found: Matching, row: MissionRow, back: dict[str, Asking]) -> Fit:
    key = one.candidate.key
    fills = next((need for candidate, need in found.team.members if candidate.key == key), None)
    return Fit(
        judged=one,
        brings=[short_need(need) for need in one.fills],
        lacks=[short_need(need) for need in one.missing],
        obstacles=[obstacle_words(code) for code in one.obstacles],
        said=found.said.get(key, []),
        best=key in found.chosen,
        fills=short_need(fills) if fills else "",
        role=_role(fills or next((need for need in one.fills if need.kind == SKILL), None), row),
        on_team=any(str(member.seat_id) == key for member in row.members),
        form=back.get(f"assign-{key}"),
    )


def _role(fills: Need | None, row: MissionRow) -> str:
    """The id of the skill that he fills on the team; none when he goes for a language."""
    if fills is None:
        return ""
    return next((str(need.id) for need in row.needs if (need.kind, need.name) == (fills.kind, fills.name)), "")
