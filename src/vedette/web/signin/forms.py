"""What is typed at the door; a refusal of the house is shown beside its field."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vedette.kit.errors import Refused


class Asking(forms.Form):
    """A form that hands what was typed to a verb and shows a refusal where it belongs."""

    def taken(self, act: Callable[..., object]) -> bool:
        """Whether the verb took what was typed; its refusal stands beside the field, or above when none is named."""
        if not self.is_valid():
            return False
        try:
            act(**self.cleaned_data)
        except Refused as refusal:
            named = refusal.field if refusal.field in self.fields else None
            self.add_error(named, " ".join(filter(None, (refusal.reason, refusal.way_out))))
            return False
        return True


def code_field(label: Any) -> forms.CharField:
    """A code of the app: digits on a phone's keyboard, offered by the password manager."""
    typed = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"})
    return forms.CharField(label=label, max_length=40, widget=typed)


def recovery_or_code(label: Any) -> forms.CharField:
    """A code of the app or a recovery code, which has letters."""
    typed = forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false", "autocapitalize": "none"})
    return forms.CharField(label=label, max_length=40, widget=typed)


def password_field(label: Any, autocomplete: str, hint: Any = "") -> forms.CharField:
    """A password; never sent back to the page."""
    typed = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=400, strip=False, widget=typed, help_text=hint)


class SignInForm(Asking):
    """Name, password and code."""

    name = forms.CharField(
        label=_("Sign-in name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = password_field(_("Password"), "current-password")
    code = recovery_or_code(_("Code of your app, or a recovery code"))


class ProofForm(Asking):
    """A code alone: the session says whose."""

    code = recovery_or_code(_("Code of your app, or a recovery code"))


class PasswordForm(Asking):
    """A new password."""

    password = password_field(
        _("New password"), "new-password", _("At least 12 characters; three or four words do well.")
    )


class AppForm(Asking):
    """The first code of a new app."""

    code = code_field(_("The code your app shows now"))


class AcceptForm(PasswordForm):
    """A password for the day no passkey is at hand, and the first code of an app."""

    code = code_field(_("The code your app shows now"))
