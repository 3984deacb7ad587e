"""The forms of the money: a sum is typed as text and read once its currency is known; a refusal stands beside its field."""

import datetime
from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vedette.agencies.viewer import Viewer
from vedette.funding.items import ITEMS
from vedette.funding.models import Category, Dispute, Grant, PayerRule
from vedette.funding.money import amount_of, currency_of
from vedette.funding.queries import books, funders
from vedette.funding.reading import cost_clauses, grants, posts_of_programme, standing_agreements
from vedette.kit.errors import Refused
from vedette.kit.said import in_words, said, said_choices
from vedette.programme.missions import missions
from vedette.programme.queries import post_of_seat
from vedette.web.programme.forms import Asking, choose, reason, words
from vedette.web.programme.forms import day as plain_day

PERCENT = 100
# Beyond these years somebody mistyped, and reckoning with days ends somewhere.
FIRST_YEAR, LAST_YEAR = 1970, 2100
CATEGORIES = said_choices(Category.choices)
MONTHS = [(number, str(number)) for number in range(1, 13)]


def day_field(label: Any, *, required: bool = True, hint: Any = "") -> forms.DateField:
    """A field for a day that books can hold."""
    field = plain_day(label, required=required, hint=hint)
    field.validators = [_in_books]
    return field


def _in_books(typed: datetime.date) -> None:
    if not FIRST_YEAR <= typed.year <= LAST_YEAR:
        raise forms.ValidationError(_("No books hold such a day. Look at the year again."))


class MoneyForm(Asking):
    """A form with a sum in a currency: what is read of it goes to the verb as minor units."""

    CURRENCY: str | None = None

    def clean(self) -> dict[str, Any]:
        """The sum in minor units of its currency; what cannot be read is said beside its field."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if "amount" in given:
            given["amount"] = self._read(given, str(given["amount"]))
        return given

    def _read(self, given: dict[str, Any], typed: str) -> int | None:
        try:
            code = self.CURRENCY or currency_of(str(given.get("currency", "")))
            return amount_of(typed, code)
        except Refused as refusal:
            self.add_error(refusal.field, in_words(refusal))
            return None


def sum_field(label: Any, hint: Any = "") -> forms.CharField:
    """A box for a sum of money."""
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    return forms.CharField(label=label, help_text=hint or _("Such as 3,240.00."), widget=widget)


def currency_field() -> forms.CharField:
    """A box for a currency."""
    widget = forms.TextInput(attrs={"size": 4, "maxlength": 3, "autocapitalize": "characters", "autocomplete": "off"})
    return forms.CharField(label=_("Currency"), help_text=_("Three letters, such as USD or EUR."), widget=widget)


def _items() -> list[tuple[Any, Any]]:
    return [
        (said(label), [(key, name) for key, (category, name) in ITEMS.items() if category == value])
        for value, label in Category.choices
    ]


class WorkForm(MoneyForm):
    """A sum for one post or one mission: one list of both, of what the viewer may see."""

    WORK = True

    def __init__(self, name: str, data: Any = None, *, viewer: Viewer | None, initial: Any = None) -> None:
        super().__init__(name, data, {"currency": books().currency, **(initial or {})})
        self.works = _work_of(viewer)
        none = _("Choose the post or the mission") if self.WORK else _("The whole programme")
        choose(self, "work", [("", none), *_groups(self.works)])

    def clean(self) -> dict[str, Any]:
        """The post or the mission instead of the one list."""
        given = super().clean()
        kind, chosen = self.works.get(given.pop("work", ""), ("", None))
        return {**given, "post": chosen if kind == "post" else None, "mission": chosen if kind == "mission" else None}

    def taken(self, act: Callable[..., object]) -> bool:
        """As every form; what the verb says of the post stands beside the list."""

        def named(**values: Any) -> object:
            try:
                return act(**values)
            except Refused as refusal:
                if refusal.field in ("post", "mission"):
                    raise Refused("work", refusal.reason, refusal.way_out) from refusal
                raise

        return super().taken(named)


def _work_of(viewer: Viewer | None) -> dict[str, tuple[str, Any]]:
    """Posts and missions by what the list sends; an officer's own post alone."""
    all_posts = viewer is not None and viewer.holds("finance", "programme")
    own = post_of_seat(viewer.seat_id) if viewer and not all_posts else None
    posts = posts_of_programme() if all_posts else [own] if own else []
    found: dict[str, tuple[str, Any]] = {f"post:{post.id}": ("post", post) for post in posts}
    return found | {f"mission:{row.mission.pk}": ("mission", row.mission) for row in missions(viewer)}


def _groups(work: dict[str, tuple[str, Any]]) -> list[tuple[Any, Any]]:
    posts = [(key, row.city) for key, (kind, row) in work.items() if kind == "post"]
    teams = [(key, f"{row.sheet.reference} {row.title}") for key, (kind, row) in work.items() if kind == "mission"]
    return [(name, rows) for name, rows in ((_("Posts"), posts), (_("Missions"), teams)) if rows]


class ExpenseForm(WorkForm):
    """One cost of one post or one mission."""

    work = forms.ChoiceField(label=pgettext_lazy("what a cost is for", "For"))
    item = forms.ChoiceField(label=_("What it is"))
    day = day_field(_("Day it was paid"))
    amount = sum_field(_("Amount"))
    currency = currency_field()
    order_number = words(
        _("Order number"), required=False, hint=_("Of the bureau, where it asked for the mission.")
    )  # fmt: skip
    note = words(_("Note"), required=False, rows=2, hint=_("It stays in the house: no claim holds it."))

    def __init__(self, name: str, data: Any = None, *, viewer: Viewer | None, initial: Any = None) -> None:
        super().__init__(name, data, viewer=viewer, initial=initial)
        choose(self, "item", [("", _("Choose what was paid")), *_items()])


class OrderForm(Asking):
    """An order number that came after the cost was entered."""

    number = words(_("Order number"))
    because = reason()


class ReceiptForm(forms.Form):
    """A receipt, as a photo or a file."""

    file = forms.FileField(label=_("Receipt"), help_text=_("A photo or a PDF, of at most 25 MB."))


class ClaimForm(Asking):
    """What is asked back: which grant, for which days."""

    grant = forms.ChoiceField(label=_("Grant"))
    begins = day_field(_("First day"))
    ends = day_field(_("Last day"))

    def __init__(self, name: str, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(name, data, initial)
        self.grants = {str(row.grant.id): row.grant for row in grants() if _claimable(row.grant)}
        choose(self, "grant", [("", _("Choose the grant")), *_grant_names(self.grants)])

    def clean_grant(self) -> Any:
        """The grant that was chosen."""
        return self.grants[self.cleaned_data["grant"]]


def _claimable(grant: Grant) -> bool:
    agency = grant.funder.agency
    return agency is not None and agency.kind != agency.Kind.HOME


def _grant_names(found: dict[str, Grant]) -> list[tuple[str, Any]]:
    return [(key, f"{grant.funder.name}: {grant.title}") for key, grant in found.items()]


class PaymentForm(MoneyForm):
    """What a funder paid on a claim, in the currency of the books."""

    amount = sum_field(_("Amount"))
    day = day_field(_("Day it came in"))
    note = words(_("Note"), required=False)

    def __init__(self, name: str, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(name, data, initial)
        self.CURRENCY = books().currency


class DisputeForm(MoneyForm):
    """What a funder does not pay of one line, and why."""

    amount = sum_field(_("What the funder does not pay"))
    because = words(_("Reason"), hint=_("As the funder says it."))

    def __init__(self, name: str, data: Any = None, *, currency: str) -> None:
        super().__init__(name, data)
        self.CURRENCY = currency


class SettleForm(Asking):
    """What came of it."""

    outcome = forms.ChoiceField(label=_("What came of it"), choices=said_choices(Dispute.Outcome.choices))
    because = reason()


class RuleForm(Asking):
    """Who pays, for which work, of which categories, in which parts, under which clause."""

    number = forms.IntegerField(
        label=_("Number"),
        min_value=1,
        max_value=999,
        help_text=_("Of two that are alike, the lower one is asked first."),
    )
    title = words(_("Title"), hint=_("Such as: the foundation pays for posts."))
    work = forms.ChoiceField(label=_("For which work"), choices=said_choices(PayerRule.Work.choices))
    post = forms.ChoiceField(label=_("Of one post only"), required=False)
    clause = forms.ChoiceField(label=_("Clause that says so"), required=False)
    categories = forms.MultipleChoiceField(
        label=_("Of which categories"), choices=CATEGORIES, widget=forms.CheckboxSelectMultiple
    )
    needs_order = forms.BooleanField(label=_("Only with an order number"), required=False)
    text = words(_("What it says"), required=False, rows=2)
    since = day_field(
        _("Holds from"), required=False, hint=_("Today when empty; earlier only for a number that never stood before.")
    )
    because = reason()

    def __init__(self, name: str, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(name, data, initial)
        self.posts = {str(post.id): post for post in posts_of_programme()}
        self.clauses = {str(row.id): row for row in cost_clauses()}
        self.funders = {f"share_{row.id.hex}": row for row in funders()}
        choose(self, "post", [("", _("All of them")), *((key, row.city) for key, row in self.posts.items())])
        choose(self, "clause", [("", _("None: our own money")), *_clause_names(self.clauses)])
        for key, row in self.funders.items():
            label = _("Part of %(who)s, in per cent") % {"who": row.name}
            self.add(key, forms.DecimalField(label=label, required=False, min_value=0, max_value=100, decimal_places=2))
        self.order_fields(["number", "title", "work", "post", "clause", "categories", *self.funders])

    def clean(self) -> dict[str, Any]:
        """The shares in ten-thousandths; the post and the clause as rows."""
        given = super().clean() or self.cleaned_data
        typed = {funder: given.pop(key, None) for key, funder in self.funders.items()}
        shares = {funder: int(part * PERCENT) for funder, part in typed.items() if part}
        chosen = {"post": self.posts.get(given.get("post", "")), "clause": self.clauses.get(given.get("clause", ""))}
        return {**given, **chosen, "shares": shares}


def _clause_names(found: dict[str, Any]) -> list[tuple[str, Any]]:
    return [
        (key, f"{row.agreement.partner.name}, {row.agreement.title}: {row.number}. {row.text[:60]}")
        for key, row in found.items()
    ]


class ShareForm(Asking):
    """A post that another department shares with us."""

    post = forms.ChoiceField(label=_("Post"))
    clause = forms.ChoiceField(
        label=_("Clause that says so"), help_text=_("Of the agreement with the department that shares the post.")
    )
    part = forms.DecimalField(label=_("Its part, in per cent"), min_value=0, max_value=100, decimal_places=2)
    categories = forms.MultipleChoiceField(
        label=_("Of which categories"), choices=CATEGORIES, widget=forms.CheckboxSelectMultiple
    )
    because = reason()

    def __init__(self, name: str, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(name, data, initial)
        self.posts = {str(post.id): post for post in posts_of_programme()}
        self.clauses = {str(row.id): row for row in cost_clauses()}
        choose(self, "post", [("", _("Choose the post")), *((key, row.city) for key, row in self.posts.items())])
        choose(self, "clause", [("", _("Choose the clause")), *_clause_names(self.clauses)])

    def clean_post(self) -> Any:
        """The post that was chosen."""
        return self.posts[self.cleaned_data["post"]]

    def clean_clause(self) -> Any:
        """The clause that was chosen."""
        return self.clauses[self.cleaned_data["clause"]]

    def clean_part(self) -> int:
        """Its part in ten-thousandths."""
        return int(self.cleaned_data["part"] * PERCENT)


class GrantForm(Asking):
    """Money promised from one day to another."""

    funder = forms.ChoiceField(label=_("Funder"))
    title = words(_("Title"))
    begins = day_field(_("First day"))
    ends = day_field(_("Last day"))
    agreement = forms.ChoiceField(
        label=_("Agreement"), required=False, help_text=_("Another agency's money rests on an agreement with it.")
    )

    def __init__(self, name: str, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(name, data, initial)
        self.funders = {str(row.id): row for row in funders()}
        self.agreements = {str(row.id): row for row in standing_agreements()}
        choose(self, "funder", [("", _("Choose the funder")), *((key, row.name) for key, row in self.funders.items())])
        names = [(key, f"{row.partner.name}: {row.title}") for key, row in self.agreements.items()]
        choose(self, "agreement", [("", _("None: our own money")), *names])

    def clean_funder(self) -> Any:
        """The funder that was chosen."""
        return self.funders[self.cleaned_data["funder"]]

    def clean_agreement(self) -> Any:
        """The agreement that was chosen."""
        return self.agreements.get(self.cleaned_data["agreement"])


class CeilingForm(MoneyForm):
    """The most a grant pays for a category; nothing is a ceiling too."""

    category = forms.ChoiceField(label=_("Category"), choices=CATEGORIES)
    amount = sum_field(_("The most it pays"), _("Such as 120,000.00; 0 when it pays nothing."))
    because = reason()

    def __init__(self, name: str, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(name, data, initial)
        self.CURRENCY = books().currency

    def _read(self, given: dict[str, Any], typed: str) -> int | None:
        return 0 if typed.strip() in ("0", "0.00") else super()._read(given, typed)


class GiftForm(WorkForm):
    """Something given instead of money, at its value."""

    WORK = False
    grant = forms.ChoiceField(label=_("Grant it is counted under"))
    donor = words(_("Donor"))
    what = words(_("What was given"))
    category = forms.ChoiceField(label=_("Category"), choices=CATEGORIES)
    work = forms.ChoiceField(label=pgettext_lazy("what a cost is for", "For"), required=False)
    day = day_field(_("Day it was used"))
    amount = sum_field(_("Value"))
    currency = currency_field()
    foreign_government = forms.BooleanField(label=_("A foreign government gives it"), required=False)
    disclosed = day_field(
        _("Disclosed to counsel on"), required=False, hint=_("Before it is used, where a foreign government gives it.")
    )

    def __init__(self, name: str, data: Any = None, *, viewer: Viewer | None, initial: Any = None) -> None:
        super().__init__(name, data, viewer=viewer, initial=initial)
        self.grants = {str(row.grant.id): row.grant for row in grants()}
        choose(self, "grant", [("", _("Choose the grant")), *_grant_names(self.grants)])

    def clean_grant(self) -> Any:
        """The grant that was chosen."""
        return self.grants[self.cleaned_data["grant"]]


class RateForm(Asking):
    """What one unit of a currency cost on a day, and who says so."""

    currency = currency_field()
    day = day_field(_("Day"))
    rate = words(_("Rate"), hint=_("What one unit costs in the currency of the books, such as 1.0760."))
    source = words(_("Source"), hint=_("Who says so, such as the central bank."))


class BooksForm(Asking):
    """The currency of the books, and when their year begins."""

    currency = currency_field()
    year_begins = forms.TypedChoiceField(label=_("Month in which the year begins"), choices=MONTHS, coerce=int)
