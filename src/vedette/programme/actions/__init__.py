"""What may be done with posts, postings, contacts and agreements; one file a noun."""

from vedette.programme.actions.agreements import (
    change_agreement,
    end_agreement,
    record_agreement,
    record_review,
    review_agreement,
    sign_agreement,
)
from vedette.programme.actions.clauses import end_clause, record_clause, set_clause
from vedette.programme.actions.contacts import end_contact, log_meeting, set_contact
from vedette.programme.actions.debriefs import close_mission, file_debrief, note_observation
from vedette.programme.actions.going import decide_go, depart_mission, return_mission, set_check
from vedette.programme.actions.itineraries import LegDraft, drop_leg, plan_leg
from vedette.programme.actions.journeys import (
    check_in,
    drop_check_in,
    drop_session,
    drop_task,
    plan_check_in,
    plan_session,
    plan_task,
)
from vedette.programme.actions.missions import (
    MissionDraft,
    NeedDraft,
    accept_mission,
    ask_mission,
    decline_mission,
    match_mission,
    name_agreement,
    offer_mission,
)
from vedette.programme.actions.papers import end_paper, set_cover, set_paper
from vedette.programme.actions.people import (
    confer_honour,
    confirm_qualification,
    end_away,
    end_honour,
    end_qualification,
    set_away,
    state_qualification,
)
from vedette.programme.actions.postings import end_posting, post_officer, record_posting
from vedette.programme.actions.posts import (
    close_post,
    end_host_caveat,
    record_caveat,
    record_post,
    set_host_caveat,
    set_post,
)
from vedette.programme.actions.promises import note_promise, settle_promise
from vedette.programme.actions.seeing import (
    read_contacts,
    read_forecast,
    read_handover,
    read_matching,
    read_missions,
    read_officer,
    see_programme,
)
from vedette.programme.actions.teams import assign_member, release_member

__all__ = [
    "LegDraft",
    "MissionDraft",
    "NeedDraft",
    "accept_mission",
    "ask_mission",
    "assign_member",
    "change_agreement",
    "check_in",
    "close_mission",
    "close_post",
    "confer_honour",
    "confirm_qualification",
    "decide_go",
    "decline_mission",
    "depart_mission",
    "drop_check_in",
    "drop_leg",
    "drop_session",
    "drop_task",
    "end_agreement",
    "end_away",
    "end_clause",
    "end_contact",
    "end_honour",
    "end_host_caveat",
    "end_paper",
    "end_posting",
    "end_qualification",
    "file_debrief",
    "log_meeting",
    "match_mission",
    "name_agreement",
    "note_observation",
    "note_promise",
    "offer_mission",
    "plan_check_in",
    "plan_leg",
    "plan_session",
    "plan_task",
    "post_officer",
    "read_contacts",
    "read_forecast",
    "read_handover",
    "read_matching",
    "read_missions",
    "read_officer",
    "record_agreement",
    "record_caveat",
    "record_clause",
    "record_post",
    "record_posting",
    "record_review",
    "release_member",
    "return_mission",
    "review_agreement",
    "see_programme",
    "set_away",
    "set_check",
    "set_clause",
    "set_contact",
    "set_cover",
    "set_host_caveat",
    "set_paper",
    "set_post",
    "settle_promise",
    "sign_agreement",
    "state_qualification",
]
