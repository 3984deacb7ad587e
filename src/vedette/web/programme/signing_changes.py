"""Signing an agreement and adding versions of its paper: each view is one verb."""

import uuid
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vedette.agencies.viewer import Viewer
from vedette.handling.doors import door, viewer_of_request
from vedette.kit.errors import Missing
from vedette.programme.actions import add_document, end_signature, sign_for
from vedette.programme.models import Agreement
from vedette.programme.signing import signature_by_id
from vedette.web.programme.agreement_changes import answer
from vedette.web.programme.forms import BecauseForm
from vedette.web.programme.signing_forms import DocumentForm, SignatureForm
from vedette.web.programme.views import holding_or_missing


@door("sign_for", serves="agreement documents")
@require_POST
def signature(request: HttpRequest, key: str) -> HttpResponse:
    """Write down who signed."""
    one = holding_or_missing(key)
    act = partial(sign_for, viewer_of_request(request), agreement=one.agreement)
    return answer(request, one, SignatureForm("signature", request.POST), act, _("The signature is written down."))


@door("end_signature", serves="agreement documents")
@require_POST
def signature_end(request: HttpRequest, key: str, row: uuid.UUID) -> HttpResponse:
    """Take a signature back."""
    one = holding_or_missing(key)
    found = signature_by_id(one.agreement, row)
    if found is None:
        raise Missing
    act = partial(end_signature, viewer_of_request(request), signature=found)
    return answer(
        request, one, BecauseForm(f"end-signature-{row}", request.POST), act, _("The signature is taken back.")
    )


@door("add_document", serves="agreement documents")
@require_POST
def document(request: HttpRequest, key: str) -> HttpResponse:
    """Add a version of the paper."""
    one = holding_or_missing(key)
    form = DocumentForm("document", request.POST, files=request.FILES)
    act = partial(_store, viewer_of_request(request), one.agreement)
    return answer(request, one, form, act, _("The paper is stored, cleaned and encrypted."))


def _store(viewer: Viewer | None, agreement: Agreement, *, file: Any, sensitivity: int) -> None:
    add_document(viewer, agreement=agreement, stream=file, name=file.name, sensitivity=sensitivity)
