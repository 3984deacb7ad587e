"""Routes of the safety of officers."""

from django.urls import path

from vedette.web.safety import views

urlpatterns = [
    path("safety/", views.page, name="safety"),
    path("safety/alarms/", views.alarm_banner, name="safety_alarms"),
    path("safety/phones/", views.phones, name="safety_phones"),
    path("safety/ask/", views.ask, name="safety_ask"),
    path("safety/<uuid:key>/sign/", views.sign, name="safety_sign"),
    path("safety/<uuid:key>/drop/", views.drop, name="safety_drop"),
    path("safety/duress/<uuid:key>/acknowledge/", views.acknowledge, name="duress_acknowledge"),
    path("safety/duress/<uuid:key>/close/", views.close, name="duress_close"),
]
