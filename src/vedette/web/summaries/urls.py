"""Routes of the summaries."""

from django.urls import path

from vedette.web.summaries import views

urlpatterns = [
    path("summaries/", views.summaries, name="summaries"),
    path("summaries/<slug:post>/", views.week, name="summary_week"),
]
