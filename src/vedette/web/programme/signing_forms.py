"""The forms of signing: who signed, and a version of the paper."""

from django import forms
from django.utils.translation import gettext_lazy as _

from vedette.kit.said import said_choices
from vedette.programme.models import AgreementSignature
from vedette.web.programme.forms import Asking, day, who_may_read, words


class SignatureForm(Asking):
    """An office that signed for a party on a day."""

    side = forms.ChoiceField(label=_("Who signed"), choices=said_choices(AgreementSignature.Side.choices))
    office = words(_("By which office"), hint=_("The office held, never a name."))
    signed = day(_("Signed on"))


class DocumentForm(Asking):
    """A version of the paper."""

    file = forms.FileField(label=_("File"), help_text=_("A PDF or a photo, of at most 25 MB."))
    sensitivity = who_may_read()
