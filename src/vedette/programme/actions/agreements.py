"""Entering, changing, reading again and ending an agreement between agencies."""

import datetime
import uuid
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from vedette.agencies.models import Agency
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.policy import require
from vedette.kit.errors import Refused
from vedette.kit.text import clean_line, clean_text
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.programme.gate import REVIEW_EVERY_YEARS, years_after
from vedette.programme.models import Agreement, AgreementChange, AgreementReview
from vedette.programme.rota import day_words


def record_agreement(
    *,
    key: str,
    partner: Agency,
    title: str,
    kind: str,
    signed: datetime.date,
    expires: datetime.date | None,
    **rest: Any,
) -> Agreement:
    """Make an agreement or bring the one with this key up to date."""
    values = {"partner": partner, "title": title, "kind": kind, "signed": signed, "expires": expires, **rest}
    return Agreement.objects.update_or_create(key=key, defaults=values)[0]


def record_review(agreement: Agreement, due: datetime.date) -> AgreementReview:
    """A reading taken over from papers, made on the day it was planned for; it counts only from that day on."""
    return AgreementReview.objects.get_or_create(agreement=agreement, due=due, defaults={"done": due})[0]


@transaction.atomic
def sign_agreement(
    by: Viewer | None,
    *,
    partner: Agency,
    title: str,
    kind: str,
    signed: datetime.date,
    expires: datetime.date | None = None,
    basis: str = "",
    note: str = "",
) -> Agreement:
    """Enter an agreement; without clauses it lets nothing happen. A reading is planned three years after."""
    viewer = require(by, "sign_agreement")
    values = check_agreement(title=title, kind=kind, signed=signed, expires=expires, basis=basis, note=note)
    if partner.kind == Agency.Kind.HOME:
        raise Refused("partner", "That is our own agency.", "Choose the other side.")
    agreement = Agreement.objects.create(key=free_key(title), partner=partner, **values)
    AgreementReview.objects.create(agreement=agreement, due=years_after(signed, REVIEW_EVERY_YEARS))
    write_change(agreement, viewer.seat_id, "")
    record(viewer, "agreement.signed", [agreement.id, partner.id])
    announce("agreement.set", agreement.id)
    return agreement


def check_agreement(**given: Any) -> dict[str, Any]:
    """The columns of an agreement as they are stored; Refused names the field."""
    if given["kind"] not in Agreement.Kind.values:
        raise Refused("kind", "Say what it is about.", "Choose one of the kinds.")
    if None not in (given["expires"], given["signed"]) and given["expires"] <= given["signed"]:
        raise Refused("expires", "It would expire before it is signed.", "Give a later day, or leave it open.")
    return {
        "title": clean_line("title", given["title"], limit=300, required=True),
        "kind": given["kind"],
        "signed": given["signed"],
        "expires": given["expires"],
        "basis": clean_line("basis", given["basis"], limit=300),
        "note": clean_text("note", given["note"], limit=2000),
    }


@transaction.atomic
def change_agreement(
    by: Viewer | None,
    *,
    agreement: Agreement,
    title: str,
    kind: str,
    signed: datetime.date | None,
    expires: datetime.date | None,
    because: str,
    basis: str = "",
    note: str = "",
) -> Agreement:
    """Correct or prolong an agreement with a reason; what was written before is kept. Refused once it is ended."""
    viewer = require(by, "change_agreement")
    reason = clean_line("because", because, limit=300, required=True)
    standing(agreement)
    if (signed is None) != (agreement.signed is None):
        way = (
            "Write down who signed it; the day follows from that." if signed else "Give the day on which it was signed."
        )
        raise Refused("signed", "A draft is signed by its parties, and what is signed stays so.", way)
    if not agreement.changes.exists():
        write_change(agreement, None, "set-up")
    values = check_agreement(title=title, kind=kind, signed=signed, expires=expires, basis=basis, note=note)
    for name, value in values.items():
        setattr(agreement, name, value)
    agreement.save(update_fields=list(values))
    write_change(agreement, viewer.seat_id, reason)
    record(viewer, "agreement.changed", [agreement.id], reason)
    announce("agreement.set", agreement.id)
    return agreement


@transaction.atomic
def review_agreement(
    by: Viewer | None,
    *,
    agreement: Agreement,
    done: datetime.date,
    note: str,
    next_due: datetime.date | None = None,
) -> AgreementReview:
    """Write down that an agreement was read again, what was found, and plan the next reading within three years."""
    viewer = require(by, "review_agreement")
    finding = clean_line("note", note, limit=300, required=True)
    latest = years_after(done, REVIEW_EVERY_YEARS)
    if done > now().date():
        raise Refused("done", "This day is still to come.", "Write a reading down when it has taken place.")
    agreement.refresh_from_db(from_queryset=Agreement.objects.select_for_update())
    if agreement.signed is None:
        raise Refused("done", "It is a draft: not both have signed.", "Write the readings down once it is signed.")
    if done < agreement.signed:
        raise Refused("done", "It was signed later than that.", "Give the day of the reading.")
    if next_due is not None and not done < next_due <= latest:
        raise Refused("next_due", "Read again at least every three years.", f"Choose a day up to {day_words(latest)}.")
    waiting = agreement.reviews.filter(done__isnull=True).order_by("due").first()
    review = waiting or AgreementReview(agreement=agreement, due=done)
    review.done, review.by, review.note = done, viewer.seat_id, finding
    review.save()
    agreement.reviews.filter(done__isnull=True).update(due=next_due or latest)
    if not agreement.reviews.filter(done__isnull=True).exists():
        AgreementReview.objects.create(agreement=agreement, due=next_due or latest)
    record(viewer, "agreement.reviewed", [agreement.id], finding)
    announce("agreement.set", agreement.id)
    return review


@transaction.atomic
def end_agreement(by: Viewer | None, *, agreement: Agreement, ended: datetime.date, because: str) -> Agreement:
    """End an agreement on a day for a reason; from that day on nothing rests on it. It is never deleted."""
    viewer = require(by, "end_agreement")
    reason = clean_line("because", because, limit=300, required=True)
    standing(agreement)
    if agreement.signed and ended < agreement.signed:
        raise Refused("ended", "It was signed later than that.", "Give the day from which it no longer holds.")
    if not agreement.changes.exists():
        write_change(agreement, None, "set-up")
    agreement.ended, agreement.ended_because = ended, reason
    agreement.save(update_fields=["ended", "ended_because"])
    write_change(agreement, viewer.seat_id, reason)
    record(viewer, "agreement.ended", [agreement.id], reason)
    announce("agreement.set", agreement.id)
    return agreement


def standing(agreement: Agreement) -> None:
    """Part of a verb: as it stands now, whoever else writes of it waits; Refused once it is ended."""
    agreement.refresh_from_db(from_queryset=Agreement.objects.select_for_update())
    if agreement.ended is not None:
        raise Refused("because", f"It was ended on {day_words(agreement.ended)}.", "Enter a new agreement instead.")


def free_key(title: str) -> str:
    """Part of a verb: a key that no agreement has; who enters another one at once waits, and finds this one's key taken."""
    list(Agency.objects.select_for_update(no_key=True).filter(kind=Agency.Kind.HOME).values_list("pk"))
    stem = slugify(title)[:34] or "agreement"
    taken = set(Agreement.objects.filter(key__startswith=stem).values_list("key", flat=True))
    return next(key for number in range(1, 10_000) if (key := stem if number == 1 else f"{stem}-{number}") not in taken)


def write_change(agreement: Agreement, by: uuid.UUID | None, because: str) -> None:
    moment = now()
    attributes = {
        "title": agreement.title,
        "kind": agreement.kind,
        "signed": agreement.signed.isoformat() if agreement.signed else None,
        "expires": agreement.expires.isoformat() if agreement.expires else None,
        "ended": agreement.ended.isoformat() if agreement.ended else None,
        "basis": agreement.basis,
        "note": agreement.note,
    }
    AgreementChange.objects.filter(agreement=agreement, until__isnull=True).update(until=moment)
    AgreementChange.objects.create(agreement=agreement, attributes=attributes, since=moment, by=by, because=because)
