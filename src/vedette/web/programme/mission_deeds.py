"""What a viewer may do with one mission as it stands now; what is not open to him is not offered."""

from vedette.agencies.viewer import Viewer
from vedette.handling.policy import may
from vedette.programme.actions.debriefs import AFTER
from vedette.programme.actions.journeys import PLANNED
from vedette.programme.actions.missions import NOT_LEFT, WAYS
from vedette.programme.missions import OVER, MissionRow
from vedette.programme.models import MissionState

State = MissionState.State
ON_HAND = tuple(state for state in State if state not in OVER)
# In which states each verb has something to do.
STANDS: dict[str, tuple[str, ...]] = {
    "match_mission": tuple(WAYS[State.MATCHING]),
    "accept_mission": tuple(WAYS[State.ACCEPTED]),
    "decline_mission": tuple(WAYS[State.DECLINED]),
    "see_matching": (State.ASKED, State.MATCHING, State.ACCEPTED),
    "assign_member": (State.ACCEPTED,),
    "release_member": (State.ACCEPTED, State.GO),
    "set_check": tuple(state for state in ON_HAND if state != State.BACK),
    "decide_go": (State.ACCEPTED, State.GO),
    "depart_mission": (State.GO,),
    "return_mission": (State.ABROAD,),
    "plan_task": PLANNED,
    "drop_task": ON_HAND,
    "plan_session": PLANNED,
    "drop_session": ON_HAND,
    "plan_leg": PLANNED,
    "drop_leg": ON_HAND,
    "name_agreement": NOT_LEFT,
    "plan_check_in": PLANNED,
    "check_in": ON_HAND,
    "drop_check_in": ON_HAND,
    "file_debrief": (State.BACK,),
    "note_observation": AFTER,
    "close_mission": (State.BACK,),
}
# What the team writes itself; the programme manager may for it.
BY_TEAM = frozenset(
    {
        "depart_mission", "return_mission", "plan_session", "drop_session", "check_in", "file_debrief",
        "note_observation", "plan_leg", "drop_leg",
    }
)  # fmt: skip


def deeds(viewer: Viewer | None, row: MissionRow) -> dict[str, bool]:
    """Which verbs are open to the viewer on this mission now."""
    if viewer is None:
        return dict.fromkeys(STANDS, False)
    of_team = viewer.holds("programme") or any(one.seat_id == viewer.seat_id for one in row.members)
    found = {}
    for verb, states in STANDS.items():
        # The decision asks for a fresh proof when it is taken; the form is shown to the chief before it.
        allowed = viewer.holds("commander") if verb == "decide_go" else may(viewer, verb).allowed
        found[verb] = allowed and row.state.state in states and (of_team or verb not in BY_TEAM)
    # A team stands for the days it was chosen for: other days are chosen once it is released.
    found["accept_mission"] = found["accept_mission"] and not row.members
    return found
