"""How the minutes ahead of another channel, or behind it, are said."""

from django.utils.translation import gettext as _


def lead_words(channel: str, minutes: int) -> str:
    """`press: 45 min sooner`, or `federal channel: 5 min later`."""
    words = {"channel": channel, "n": abs(minutes)}
    return (_("%(channel)s: %(n)s min sooner") if minutes >= 0 else _("%(channel)s: %(n)s min later")) % words
