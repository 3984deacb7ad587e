"""Routes of search."""

from django.urls import path

from vedette.web.search import views

urlpatterns = [
    path("search/", views.page, name="search"),
    path("search/palette", views.palette, name="palette"),
]
