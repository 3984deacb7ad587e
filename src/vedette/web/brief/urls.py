"""Routes of the brief."""

from django.urls import path

from vedette.web.brief import views

urlpatterns = [
    path("brief/", views.briefs, name="brief"),
    path("brief/<str:key>.pdf", views.pdf, name="brief_pdf"),
    path("brief/<str:key>/", views.brief, name="brief_incident"),
]
