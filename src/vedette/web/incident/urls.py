"""Routes of incidents."""

from django.urls import path

from vedette.web.incident import views

urlpatterns = [
    path("incidents/", views.incidents, name="incidents"),
    path("incidents/open/", views.open_on, name="incident_open"),
    path("incidents/then/", views.report_then, name="report_then"),
    path("incidents/<str:key>/", views.incident, name="incident"),
    path("incidents/<str:key>/link/", views.link, name="incident_link"),
    path("incidents/<str:key>/unlink/", views.unlink, name="incident_unlink"),
    path("incidents/<str:key>/merge/", views.merge_into, name="incident_merge"),
    path("incidents/<str:key>/split/", views.split_off, name="incident_split"),
    path("incidents/<str:key>/fact/", views.carry, name="incident_fact"),
    path("incidents/<str:key>/change/", views.change, name="incident_change"),
]
