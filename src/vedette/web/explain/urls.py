"""The route of the explain page."""

from django.urls import path

from vedette.web.explain import views

urlpatterns = [path("explain/<str:reference>/", views.page, name="explain")]
