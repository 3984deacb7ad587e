"""The forms of the ask screen: a lead, a routing, a refusal, thanks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vedette.kit.said import said_choices
from vedette.reporting.actions import QuestionDraft
from vedette.reporting.actions.requests import REFUSALS
from vedette.reporting.requests import posts_to_ask

URGENCY = [("7d", _("within 7 days")), ("3d", _("urgent: 3 days")), ("8h", _("urgent, at hand: 8 hours"))]


def _post_choices(first: Any) -> list[tuple[str, Any]]:
    return [("", first), *((post.key, f"{post.city}, {post.country}") for post in posts_to_ask())]


class AskForm(forms.Form):
    """A lead in two minutes: what, where, why, by when."""

    question = forms.CharField(
        label=_("What do you want to know?"),
        widget=forms.Textarea(
            attrs={"rows": 3, "hx-post": "/ask/similar/", "hx-trigger": "change", "hx-target": "#similar"}
        ),
        help_text=_("One question. No training needed: write it as you would say it on the phone."),
    )
    where = forms.CharField(
        label=_("Where?"),
        max_length=200,
        required=False,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "hx-get": "/ask/posts/",
                "hx-trigger": "input changed delay:350ms",
                "hx-target": "#suggested",
            }
        ),
    )
    post = forms.ChoiceField(label=_("Which post?"), required=False)
    why = forms.CharField(
        label=_("Why do you need it?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The case or the danger, so that the host can decide to help."),
    )
    urgency = forms.ChoiceField(label=_("By when?"), choices=URGENCY, widget=forms.RadioSelect, initial="7d")
    names_person = forms.BooleanField(label=_("It names a private person"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = _post_choices(_("The desk finds the right one"))
        self.fields["post"] = forms.ChoiceField(label=_("Which post?"), choices=choices, required=False)
        self.order_fields(["question", "where", "post", "why", "urgency", "names_person"])

    def draft(self) -> QuestionDraft:
        """The typed draft."""
        said = self.cleaned_data
        return QuestionDraft(
            question=said["question"],
            why=said["why"],
            where=said["where"],
            urgency=said["urgency"],
            post_key=said["post"],
            names_person=said["names_person"],
        )


class RouteForm(forms.Form):
    """Which post it goes to."""

    post = forms.ChoiceField(label=_("Pass it to"))
    because = forms.CharField(label=_("Because"), max_length=300, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["post"] = forms.ChoiceField(label=_("Pass it to"), choices=_post_choices("—"))
        self.order_fields(["post", "because"])


class RefuseForm(forms.Form):
    """Why it is refused: a reason of the list, and a sentence the asker reads."""

    reason_code = forms.ChoiceField(label=_("Reason"), choices=[("", "—"), *said_choices(REFUSALS.items())])
    text = forms.CharField(label=_("What the asker reads"), widget=forms.Textarea(attrs={"rows": 2}), max_length=500)


class ThankForm(forms.Form):
    """Thanks, and what came of it."""

    text = forms.CharField(
        label=_("What came of it"),
        max_length=500,
        required=False,
        help_text=_("The officer and the host see that it was worth it."),
    )
