"""The gallery: every part in every state on one page, for those who build screens and for the accessibility check."""

import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vedette.handling.doors import PUBLIC, door
from vedette.kit.queries import installation_kind
from vedette.kit.time import now

KINDS = ("demonstration", "test")


class SampleForm(forms.Form):
    """One field of each shape, for looking at only."""

    reason = forms.CharField(
        label=gettext_lazy("Reason they will read"), help_text=gettext_lazy("One sentence. No names.")
    )
    text = forms.CharField(
        label=gettext_lazy("What happened"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of report"),
        choices=[("flash", "Flash"), ("spot", "Spot"), ("situation", "Situation")],
        widget=forms.RadioSelect,
    )
    post = forms.ChoiceField(label=gettext_lazy("Post"), choices=[("par", "Paris"), ("lon", "London")])
    told = forms.BooleanField(label=gettext_lazy("I have told those I told"), required=False)


@door(PUBLIC)
def gallery(request: HttpRequest) -> HttpResponse:
    """The page of parts; it exists in demonstration and test databases only."""
    if installation_kind() not in KINDS:
        raise Http404
    return render(request, "parts/gallery.html", specimens(now()))


def specimens(moment: datetime.datetime) -> dict[str, Any]:
    """What the gallery shows: moments around now, grades of each scheme, forms filled and refused."""

    def ago(minutes: float) -> datetime.datetime:
        return moment - datetime.timedelta(minutes=minutes)

    return {
        "two": ago(2),
        "hour": ago(72),
        "yesterday": ago(60 * 20),
        "week": ago(60 * 24 * 9),
        "left": ago(-6.8),
        "fine": ago(-260),
        "far": ago(-60 * 20),
        "late": ago(4.17),
        "very_late": ago(72),
        "grades": [(letter, str(digit)) for letter in "ABCDEF" for digit in (1, 2, 6)],
        "eu": [("A", "1"), ("B", "2"), ("C", "3"), ("X", "4")],
        "uk": [("1", "A", "P"), ("2", "C", "C"), ("3", "E", "C")],
        "labels": ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"],
        "steps": [1, 2, 3, 4, 5],
        "kinds": ["flash", "spot", "situation", "assessment", "request", "answer", "received"],
        "form": SampleForm(auto_id="plain_%s"),
        "refused": SampleForm({"text": _("Armed men have entered the hall.")}, auto_id="refused_%s"),
        "trail": trail(ago),
        "tab_entries": [
            {"label": _("Picture"), "href": "#tabs", "current": True},
            {"label": _("Reports"), "href": "#tabs", "n": 14},
            {"label": _("Who is informed"), "href": "#tabs", "n": _("1 silent"), "hot": True},
        ],
        "empty_actions": [{"label": _("Type in a phone call"), "href": "#states", "icon": "phone"}],
        "error_actions": [{"label": _("Send now"), "href": "#states", "icon": "refresh", "primary": True}],
        "posts": POSTS,
    }


POSTS = [
    ("Europe/Paris", "Paris", "hot"),
    ("Europe/London", "London", ""),
    ("America/New_York", "New York", "here"),
    ("Asia/Dubai", "Abu Dhabi", ""),
    ("Asia/Amman", "Amman", ""),
    ("Asia/Singapore", "Singapore", ""),
]


def trail(ago: Any) -> list[dict[str, Any]]:
    """A short trail of one report."""
    return [
        {"at": ago(40), "who": "LO Paris", "text": _("wrote it on a phone without network."), "hot": True},
        {"at": ago(39), "text": _("The server received it; the desk row appeared."), "done": True},
        {"at": ago(36), "who": "Watch officer 2", "text": _("opened and acknowledged it."), "done": True},
        {"at": ago(5), "text": _("A tear-line of it left in"), "reference": "R-26-0118", "href": "#trail"},
    ]
