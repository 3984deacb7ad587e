"""The screens as one Django application: they have templates and tags, and no tables."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Every screen of the house."""

    name = "vedette.web"
    label = "web"
