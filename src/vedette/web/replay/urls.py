"""Routes of the demonstration's control bar."""

from django.urls import path

from vedette.web.replay import views

urlpatterns = [
    path("replay/bar/", views.bar, name="replay_bar"),
    path("replay/state/", views.state, name="replay_state"),
    path("replay/clock/", views.clock, name="replay_clock"),
    path("replay/progress/", views.progress, name="replay_progress"),
    path("replay/step/", views.step, name="replay_step"),
]
