"""Routes of the front door."""

from django.urls import path

from vedette.web.signin import invitation, proving, views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/passkey/", views.sign_in_with_passkey, name="sign_in_passkey"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("seat/", views.change_seat, name="change_seat"),
    path("go/", views.go, name="go"),
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
    path("invitation/<str:token>/passkey/", invitation.accept_with_passkey, name="invitation_passkey"),
    path("recovery-codes/", invitation.recovery_codes, name="recovery_codes"),
    path("prove/", proving.prove, name="prove"),
    path("prove/passkey/", proving.prove_with_passkey, name="prove_passkey"),
    path("locked/", proving.locked, name="locked"),
    path("lock/", proving.lock, name="lock"),
    path("still-here/", proving.still_here, name="still_here"),
]
