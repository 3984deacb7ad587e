"""Routes of the programme."""

from django.urls import path

from vedette.web.programme import agreement_changes, post_changes, views

POST = "programme/posts/<slug:key>/"
AGREEMENT = "programme/agreements/<slug:key>/"

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
]
