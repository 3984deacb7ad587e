"""Expenses: the list, one, a new one, and what is done with it; each change is one verb."""

from collections.abc import Callable
from functools import partial

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vedette.funding.actions import (
    approve_expense,
    attach_receipt,
    enter_expense,
    open_expense,
    refuse_expense,
    reverse_expense,
    set_order_number,
)
from vedette.funding.models import Expense
from vedette.handling.doors import door, viewer_of_request
from vedette.kit.errors import Refused
from vedette.kit.ids import parse_id
from vedette.kit.said import in_words
from vedette.web.funding.expense_pages import expense_context
from vedette.web.funding.forms import ExpenseForm, OrderForm, ReceiptForm
from vedette.web.funding.pages import expenses_context, frame
from vedette.web.programme.forms import Asking, BecauseForm

CHANGED = 422


@door("see_expenses", serves="expenses.page")
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """The expenses the viewer may see, the newest first; `?state=` narrows them."""
    return render(request, "funding/expenses.html", expenses_context(viewer_of_request(request), request.GET))


@door("see_expenses", serves="expense")
@require_GET
def expense(request: HttpRequest, key: str) -> HttpResponse:
    """One expense: what it cost, who may pay and why, what was done with it, its receipts."""
    viewer = viewer_of_request(request)
    return render(request, "funding/expense.html", expense_context(viewer, open_expense(viewer, parse_id(key))))


@door("enter_expense")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Enter an expense."""
    viewer = viewer_of_request(request)
    form = ExpenseForm("new", request.POST or None, viewer=viewer)
    if request.method == "POST":
        made: list[Expense] = []
        if form.taken(lambda **values: made.append(enter_expense(viewer, **values))):
            messages.success(request, _("%(reference)s is entered.") % {"reference": made[0].sheet.reference})
            return HttpResponseRedirect(reverse("expense", args=[made[0].pk]))
    context = {**frame(viewer, "expenses"), "form": form}
    return render(request, "funding/new_expense.html", context, status=CHANGED if form.errors else 200)


def _answer(request: HttpRequest, key: str, form: Asking, act: Callable[..., object], done: str) -> HttpResponse:
    """Do it and go back to the expense; or the page again, with the form and why it was not taken."""
    viewer = viewer_of_request(request)
    found = open_expense(viewer, parse_id(key))
    if form.taken(partial(act, viewer, expense=found)):
        messages.success(request, done)
        return HttpResponseRedirect(reverse("expense", args=[found.pk]))
    return render(request, "funding/expense.html", expense_context(viewer, found, form), status=CHANGED)


@door("approve_expense", serves="expense")
@require_POST
def approve(request: HttpRequest, key: str) -> HttpResponse:
    """Approve it: whoever lawfully pays bears it."""
    return _answer(request, key, Asking("approve", request.POST), approve_expense, _("Approved: it is in the books."))


@door("refuse_expense", serves="expense")
@require_POST
def refuse(request: HttpRequest, key: str) -> HttpResponse:
    """Refuse it, with a reason."""
    return _answer(request, key, BecauseForm("refuse", request.POST), refuse_expense, _("Refused, with your reason."))


@door("reverse_expense", serves="expense")
@require_POST
def reverse_it(request: HttpRequest, key: str) -> HttpResponse:
    """Take it back, with a reason."""
    form = BecauseForm("reverse", request.POST)
    return _answer(request, key, form, reverse_expense, _("Reversed: a second entry undoes the first."))


@door("set_order_number", serves="expense")
@require_POST
def order(request: HttpRequest, key: str) -> HttpResponse:
    """Give it its order number, with a reason."""
    form = OrderForm("order", request.POST)
    return _answer(request, key, form, set_order_number, _("The number stands; who pays was asked again."))


@door("store_file", serves="expense")
@require_POST
def receipt(request: HttpRequest, key: str) -> HttpResponse:
    """Attach a receipt to it."""
    viewer = viewer_of_request(request)
    found = open_expense(viewer, parse_id(key))
    form = ReceiptForm(request.POST, request.FILES, auto_id="receipt_%s")
    if _attached(form, partial(attach_receipt, viewer, expense=found)):
        messages.success(request, _("The receipt is stored, cleaned and encrypted."))
        return HttpResponseRedirect(reverse("expense", args=[found.pk]))
    return render(request, "funding/expense.html", expense_context(viewer, found, form), status=CHANGED)


def _attached(form: forms.Form, act: Callable[..., object]) -> bool:
    if not form.is_valid():
        return False
    sent = form.cleaned_data["file"]
    try:
        act(stream=sent, name=sent.name)
    except Refused as refusal:
        form.add_error("file", in_words(refusal))
        return False
    return True
