"""The address of the gallery of parts."""

from django.urls import path

from vedette.web.parts.views import gallery

urlpatterns = [path("gallery/", gallery, name="gallery")]
