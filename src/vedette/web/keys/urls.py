"""Routes of the published keys."""

from django.urls import path

from vedette.web.keys import views

urlpatterns = [path(".well-known/jwks.json", views.published_keys, name="published_keys")]
