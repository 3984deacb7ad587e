"""Routes of sign-in."""

from django.urls import path

from vedette.web.signin import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("seat/", views.change_seat, name="change_seat"),
]
