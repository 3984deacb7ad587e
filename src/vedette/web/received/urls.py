"""Routes of what others sent."""

from django.urls import path

from vedette.web.received import views

urlpatterns = [
    path("received/", views.page, name="received"),
    path("received/<str:key>/", views.one, name="received_one"),
]
