"""The route by which a reader chooses his language."""

from django.urls import path

from vedette.web.language import views

urlpatterns = [path("language/", views.choose, name="language")]
