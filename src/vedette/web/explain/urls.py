"""The routes of the explain page."""

from django.urls import path

from vedette.web.explain import views

urlpatterns = [
    path("explain/<str:reference>/", views.page, name="explain"),
    path("explain/<str:reference>/who/", views.who, name="explain_who"),
]
