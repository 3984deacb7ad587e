"""Opening, changing and closing a post, and the rules its host attaches to what is reported from there."""

import datetime
import uuid
import zoneinfo
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
from vedette.programme.models import HostCaveat, Post, PostChange, Posting

WRITTEN = ("city", "country", "lat", "lon", "zone", "host_kind", "languages", "status", "opened", "note")


def record_post(*, key: str, prefix: str, **values: Any) -> Post:
    """Make a post or bring the one with this key up to date."""
    return Post.objects.update_or_create(key=key, defaults={"prefix": prefix.upper()[:6], **values})[0]


def record_caveat(post: Post, *, code: str, text: str, by: uuid.UUID | None = None, because: str = "") -> HostCaveat:
    """A host's rule that attaches itself to every report from the post from now on."""
    return HostCaveat.objects.create(post=post, code=code, text=text, since=now(), by=by, because=because)


@transaction.atomic
def set_post(
    by: Viewer | None,
    *,
    post: Post | None = None,
    prefix: str,
    city: str,
    country: str,
    lat: float,
    lon: float,
    zone: str,
    host: Agency | None,
    host_kind: str,
    languages: list[str],
    status: str = Post.Status.STANDING,
    opened: str = "",
    note: str = "",
    because: str = "",
) -> Post:
    """Open a post, or change one with a reason; what was written before is kept."""
    viewer = require(by, "set_post")
    reason = clean_line("because", because, limit=300, required=post is not None)
    values = check_post(
        prefix=prefix, city=city, country=country, lat=lat, lon=lon, zone=zone, host_kind=host_kind,
        languages=languages, status=status, opened=opened, note=note,
    )  # fmt: skip
    values["host"] = host
    if post is None:
        post = Post.objects.create(key=_free_key(values["city"]), **values)
    else:
        _keep_first(post)
        for name, value in values.items():
            setattr(post, name, value)
        post.save()
    _write_change(post, viewer.seat_id, reason)
    record(viewer, "post.set", [post.id], reason)
    announce("post.set", post.id)
    return post


def check_post(**given: Any) -> dict[str, Any]:
    """The columns of a post as they are stored; Refused names the field."""
    prefix = clean_line("prefix", given["prefix"], limit=6, required=True).upper()
    if not (prefix.isascii() and prefix.isalnum()):
        raise Refused("prefix", "References must be easy to say.", "Use two to six plain letters, such as PAR.")
    country = clean_line("country", given["country"], limit=2, required=True).upper()
    if len(country) != 2 or not country.isalpha():
        raise Refused("country", f"“{country}” is not a country code.", "Give the two letters of ISO 3166, such as FR.")
    if not -90 <= given["lat"] <= 90:
        raise Refused("lat", "A latitude lies between -90 and 90.", "Swap latitude and longitude if they are mixed up.")
    if not -180 <= given["lon"] <= 180:
        raise Refused("lon", "A longitude lies between -180 and 180.", "Give degrees east as positive.")
    zone = clean_line("zone", given["zone"], limit=60, required=True)
    if zone not in zoneinfo.available_timezones():
        raise Refused("zone", f"“{zone}” is not a time zone.", "Give its IANA name, such as Europe/Paris.")
    if given["status"] not in Post.Status.values or given["status"] == Post.Status.CLOSED:
        raise Refused("status", "A post is not set to that here.", "Close a post by its own button, with a reason.")
    return {
        "prefix": prefix,
        "city": clean_line("city", given["city"], limit=120, required=True),
        "country": country,
        "lat": given["lat"],
        "lon": given["lon"],
        "zone": zone,
        "host_kind": clean_line("host_kind", given["host_kind"], limit=120, required=True),
        "languages": [clean_line("languages", word, limit=40) for word in given["languages"] if word.strip()],
        "status": given["status"],
        "opened": clean_line("opened", given["opened"], limit=60),
        "note": clean_text("note", given["note"], limit=2000),
    }


def _free_key(city: str) -> str:
    stem = slugify(city)[:34] or "post"
    taken = set(Post.objects.filter(key__startswith=stem).values_list("key", flat=True))
    return next(key for number in range(1, 10_000) if (key := stem if number == 1 else f"{stem}-{number}") not in taken)


def _keep_first(post: Post) -> None:
    """A post that came with the set-up has no change yet: what it was at first is written before it changes."""
    if not post.changes.exists():
        _write_change(post, None, "set-up")


def _write_change(post: Post, by: uuid.UUID | None, because: str) -> None:
    moment = now()
    attributes = {name: getattr(post, name) for name in WRITTEN} | {"host": post.host.name if post.host else ""}
    PostChange.objects.filter(post=post, until__isnull=True).update(until=moment)
    PostChange.objects.create(post=post, attributes=attributes, since=moment, by=by, because=because)


@transaction.atomic
def close_post(by: Viewer | None, *, post: Post, because: str) -> Post:
    """Close a post for a reason; Refused while someone is posted there. Its contacts, reports and history stay."""
    viewer = require(by, "close_post")
    reason = clean_line("because", because, limit=300, required=True)
    today = now().date()
    staffed = Posting.objects.filter(post=post, days__endswith__isnull=True) | Posting.objects.filter(
        post=post, days__endswith__gt=today
    )
    posting = staffed.select_related("seat").first()
    if posting:
        raise Refused(
            "because", f"{posting.seat.label} is posted there.", "End that posting first; then close the post."
        )
    _keep_first(post)
    post.status = Post.Status.CLOSED
    post.save(update_fields=["status"])
    _write_change(post, viewer.seat_id, reason)
    record(viewer, "post.closed", [post.id], reason)
    announce("post.closed", post.id)
    return post


@transaction.atomic
def set_host_caveat(by: Viewer | None, *, post: Post, code: str, text: str, because: str) -> HostCaveat:
    """Write down a rule of the host; it attaches itself to every report from the post filed from now on."""
    viewer = require(by, "set_host_caveat")
    values = {
        "code": clean_line("code", code, limit=20).upper(),
        "text": clean_line("text", text, limit=300, required=True),
        "because": clean_line("because", because, limit=300, required=True),
    }
    if HostCaveat.objects.filter(post=post, text__iexact=values["text"], until__isnull=True).exists():
        raise Refused(
            "text", "This rule is in force at the post already.", "Change its words, or leave it as it stands."
        )
    caveat = record_caveat(post, by=viewer.seat_id, **values)
    record(viewer, "caveat.set", [caveat.id, post.id], values["because"])
    announce("post.set", post.id)
    return caveat


@transaction.atomic
def end_host_caveat(by: Viewer | None, *, caveat: HostCaveat, because: str) -> HostCaveat:
    """End a rule of the host from now on; reports filed while it stood keep it."""
    viewer = require(by, "end_host_caveat")
    reason = clean_line("because", because, limit=300, required=True)
    if caveat.until is not None:
        raise Refused("because", "This rule was ended before.", "Nothing needs doing.")
    caveat.until, caveat.ended_by, caveat.ended_because = _after(caveat.since), viewer.seat_id, reason
    caveat.save(update_fields=["until", "ended_by", "ended_because"])
    record(viewer, "caveat.ended", [caveat.id, caveat.post_id], reason)
    announce("post.set", caveat.post_id)
    return caveat


def _after(since: datetime.datetime) -> datetime.datetime:
    """Now, but never before the row began: a demonstration's clock may be set back."""
    return max(now(), since)
