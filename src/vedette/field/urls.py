"""Routes of the field app: the shell, its service worker, its manifest."""

from django.urls import path

from vedette.field import views

urlpatterns = [
    path("field", views.shell, name="field"),
    path("field/", views.with_a_stroke, name="field_with_a_stroke"),
    path("field/sw.js", views.service_worker, name="field_worker"),
    path("field/manifest.webmanifest", views.manifest, name="field_manifest"),
]
