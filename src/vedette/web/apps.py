"""The screens as one Django application: they have templates and tags, and no tables."""

from django.apps import AppConfig
from django.forms import ChoiceField, Field
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    """Every screen of the house."""

    name = "vedette.web"
    label = "web"

    def ready(self) -> None:
        """Django's "This field is required" in the words of the house, on every form."""
        Field.default_error_messages["required"] = _("It is empty. Fill it in.")
        ChoiceField.default_error_messages["required"] = _("Nothing is chosen. Choose one.")
