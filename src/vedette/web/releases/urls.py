"""Routes of the release desk."""

from django.urls import path

from vedette.web.releases import changes, rule_views, views

urlpatterns = [
    path("releases/", views.releases, name="releases"),
    path("releases/draft/", views.draft, name="release_draft"),
    path("releases/silent/", views.silent_bar, name="releases_silent"),
    path("releases/standing/", rule_views.listed, name="standing_rules"),
    path("releases/standing/new/", rule_views.new, name="standing_rule_new"),
    path("releases/standing/<uuid:key>/end/", rule_views.end, name="standing_rule_end"),
    path("releases/<str:key>/", views.release, name="release"),
    path("releases/<str:key>/release.pdf", views.pdf, name="release_pdf"),
    path("releases/<str:key>/change/", changes.change, name="release_change"),
    path("releases/<str:key>/terms/", changes.terms, name="release_terms"),
    path("releases/<str:key>/aside/", rule_views.aside, name="release_aside"),
    path("releases/<str:key>/sign/", changes.sign, name="release_sign"),
    path("releases/<str:key>/recall/", changes.recall, name="release_recall"),
    path("releases/<str:key>/correct/", changes.correct, name="release_correct"),
]
