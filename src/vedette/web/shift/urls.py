"""Routes of the shift: its log, the roster, the handover."""

from django.urls import path

from vedette.web.shift import views

urlpatterns = [
    path("shift/", views.shift, name="shift"),
    path("shift/write/", views.write, name="shift_write"),
    path("shift/duty/", views.duty, name="shift_duty"),
    path("shift/handover/", views.handover, name="shift_handover"),
    path("shift/hand-over/", views.give_over, name="shift_hand_over"),
]
