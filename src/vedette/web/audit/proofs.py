"""Proofs: how far the log is sealed and signed, verifying its newest part step by step, bundles for outsiders."""

import json
import time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from vedette.account.proofs import NEWEST, Progress, begin
from vedette.account.queries import (
    checkpoint_note,
    checkpoints,
    proof_of,
    public_keys,
    sealed_size,
    unsealed,
    verify_step,
)
from vedette.handling.doors import door, viewer_of_request
from vedette.handling.policy import may
from vedette.kit.cursors import read_cursor, write_cursor
from vedette.kit.errors import Refused
from vedette.kit.ids import parse_id
from vedette.web.audit import frame


@door("see_proofs")
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """The sealed size, the newest checkpoints with their fingerprints, the public keys, and verifying."""
    context = {
        "size": sealed_size(),
        "waiting": unsealed(),
        "checkpoints": checkpoints(),
        "keys": public_keys(),
        "newest": f"{NEWEST:,}",
        "may_verify": may(viewer_of_request(request), "verify_log").allowed,
    }
    return frame.page(request, "proofs", "audit_proofs", context)


@door("verify_log")
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Begin to verify the newest entries, or look at the next ones (POST mark); the part asks for itself until done."""
    viewer = viewer_of_request(request)
    mark = read_cursor(request.POST.get("mark", ""))
    progress = _progress(mark) if mark else begin(viewer, time.time())
    if mark or progress.ended:
        progress = verify_step(viewer, progress)
    return render(request, "audit/verifying.html", _drawn(progress))


def _progress(mark: dict[str, Any]) -> Progress:
    try:
        return Progress(**mark)
    except TypeError as error:
        raise Refused("mark", "This mark belongs to another page.", "Begin to verify anew.") from error


def _drawn(progress: Progress) -> dict[str, Any]:
    looked, whole = progress.done - progress.first, max(1, progress.size - progress.first)
    seconds = max(0.001, time.time() - progress.began)
    rate = looked / seconds
    left = (whole - looked) / rate if rate and not progress.ended else 0
    mark = "" if progress.ended else write_cursor(vars(progress))
    return {"progress": progress, "looked": looked, "whole": whole, "rate": rate, "left": left, "mark": mark}


@door("see_proofs")
@require_GET
def checkpoint(request: HttpRequest, size: int) -> HttpResponse:
    """A checkpoint as a file, to be kept outside and held against the log later."""
    note = checkpoint_note(viewer_of_request(request), size)
    response = HttpResponse(note, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="checkpoint-{size}.txt"'
    return response


@door("take_proof", serves="audit.proof")
@require_GET
def bundle(request: HttpRequest, entry: str) -> HttpResponse:
    """The proof of one entry as a file; `vedette verify FILE` checks it anywhere, without our server."""
    made = proof_of(viewer_of_request(request), parse_id(entry))
    response = HttpResponse(json.dumps(made, indent=1), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="proof-{made["items"][0]["index"]}.json"'
    return response
