"""Routes of the programme."""

from django.urls import path

from vedette.web.programme import (
    agreement_changes,
    mission_changes,
    mission_journey,
    mission_views,
    post_changes,
    views,
)

POST = "programme/posts/<slug:key>/"
AGREEMENT = "programme/agreements/<slug:key>/"
MISSION = "programme/missions/<uuid:key>/"

urlpatterns = [
    path("programme/", views.posts, name="programme"),
    path("programme/rota/", views.rota, name="programme_rota"),
    path("programme/contacts/", views.contacts, name="programme_contacts"),
    path("programme/agreements/", views.agreements, name="programme_agreements"),
    path("programme/new-post/", post_changes.new_post, name="programme_new_post"),
    path("programme/new-agreement/", agreement_changes.new_agreement, name="programme_new_agreement"),
    path(POST, views.post, name="programme_post"),
    path(f"{POST}change/", post_changes.change, name="programme_post_change"),
    path(f"{POST}close/", post_changes.close, name="programme_post_close"),
    path(f"{POST}postings/", post_changes.post_officer_here, name="programme_posting"),
    path(f"{POST}postings/<uuid:row>/end/", post_changes.end_posting_here, name="programme_posting_end"),
    path(f"{POST}caveats/", post_changes.caveat, name="programme_caveat"),
    path(f"{POST}caveats/<uuid:row>/end/", post_changes.caveat_end, name="programme_caveat_end"),
    path(f"{POST}contacts/", post_changes.contact, name="programme_contact"),
    path(f"{POST}contacts/<uuid:row>/", post_changes.contact_change, name="programme_contact_change"),
    path(f"{POST}contacts/<uuid:row>/end/", post_changes.contact_end, name="programme_contact_end"),
    path(f"{POST}contacts/<uuid:row>/meetings/", post_changes.meeting, name="programme_meeting"),
    path(AGREEMENT, views.agreement, name="programme_agreement"),
    path(f"{AGREEMENT}change/", agreement_changes.change, name="programme_agreement_change"),
    path(f"{AGREEMENT}end/", agreement_changes.end, name="programme_agreement_end"),
    path(f"{AGREEMENT}reviews/", agreement_changes.review, name="programme_review"),
    path(f"{AGREEMENT}clauses/", agreement_changes.clause, name="programme_clause"),
    path(f"{AGREEMENT}clauses/<uuid:row>/", agreement_changes.clause_change, name="programme_clause_change"),
    path(f"{AGREEMENT}clauses/<uuid:row>/end/", agreement_changes.clause_end, name="programme_clause_end"),
    path("programme/missions/", mission_views.board, name="missions"),
    path("programme/new-mission/", mission_views.ask, name="new_mission"),
    path("programme/offer-mission/", mission_views.offer, name="offer_mission"),
    path(MISSION, mission_views.mission, name="mission"),
    path(f"{MISSION}match/", mission_changes.match, name="mission_match"),
    path(f"{MISSION}accept/", mission_changes.accept, name="mission_accept"),
    path(f"{MISSION}decline/", mission_changes.decline, name="mission_decline"),
    path(f"{MISSION}team/", mission_changes.assign, name="mission_assign"),
    path(f"{MISSION}team/<uuid:member>/release/", mission_changes.release, name="mission_release"),
    path(f"{MISSION}checks/<slug:kind>/", mission_changes.check, name="mission_check"),
    path(f"{MISSION}go/", mission_changes.go, name="mission_go"),
    path(f"{MISSION}no-go/", mission_changes.no_go, name="mission_no_go"),
    path(f"{MISSION}depart/", mission_changes.depart, name="mission_depart"),
    path(f"{MISSION}return/", mission_changes.come_back, name="mission_return"),
    path(f"{MISSION}debrief/", mission_changes.debrief, name="mission_debrief"),
    path(f"{MISSION}observations/", mission_changes.observe, name="mission_observe"),
    path(f"{MISSION}close/", mission_changes.close, name="mission_close"),
    path(f"{MISSION}tasks/", mission_journey.task, name="mission_task"),
    path(f"{MISSION}outside/", mission_journey.outside, name="mission_outside"),
    path(f"{MISSION}tasks/<uuid:one>/drop/", mission_journey.task_drop, name="mission_task_drop"),
    path(f"{MISSION}sessions/", mission_journey.session, name="mission_session"),
    path(f"{MISSION}sessions/<uuid:one>/drop/", mission_journey.session_drop, name="mission_session_drop"),
    path(f"{MISSION}signs/", mission_journey.due, name="mission_due"),
    path(f"{MISSION}signs/<uuid:one>/", mission_journey.sign, name="mission_sign"),
    path(f"{MISSION}signs/<uuid:one>/drop/", mission_journey.sign_drop, name="mission_sign_drop"),
]
