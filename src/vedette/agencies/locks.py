"""Five wrong tries of a code or password in 15 minutes, for an account or from a source, lock that way until released.

Modelled on the CJIS policy 5.5.3. Passkeys and open sessions are never locked by tries. A try is written down before
it is judged, so that many at once cannot pass the count; a name nobody has is counted, locked and answered the same.
"""

import datetime
import ipaddress
import unicodedata
import uuid

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from vedette.agencies.models import Person
from vedette.agencies.rules import value_of
from vedette.agencies.signin_models import Attempt, Lock
from vedette.audit.actions import record
from vedette.kit.time import real_now
from vedette.live.actions import announce

KEPT = datetime.timedelta(hours=1)
FLOOD = 25
MARK = "flood"


def plain_name(name: str) -> str:
    """A sign-in name as it is compared: NFKC, small letters, no spaces around."""
    return unicodedata.normalize("NFKC", name or "").strip().casefold()[:150]


def account_key(name: str) -> str:
    """A keyed hash of the name that was typed: what people type is never stored."""
    return salted_hmac("vedette.agencies.locks", plain_name(name), algorithm="sha256").hexdigest()


def source_of(request: HttpRequest) -> str:
    """Where a try comes from: the address, of IPv6 the network; empty for this machine, which may be a proxy."""
    text = request.META.get("REMOTE_ADDR", "")
    if text in settings.TRUSTED_PROXIES:
        text = request.headers.get("X-Forwarded-For", "").rsplit(",", 1)[-1].strip()
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return ""
    if address.is_loopback:
        return ""
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else str(address)


def is_locked(account: str, source: str) -> bool:
    """Whether codes and passwords are shut for this account or from this source."""
    return Lock.objects.filter(_either(account, source), until__isnull=True).exists()


def is_shut(person: uuid.UUID) -> bool:
    """Whether a person's whole account was locked by hand: then passkeys do not open it either."""
    return Lock.objects.filter(person=person, whole=True, until__isnull=True).exists()


def _either(account: str, source: str) -> Q:
    return Q(account=account) | Q(source=source) if source else Q(account=account)


def begin_try(account: str, source: str) -> Attempt | None:
    """Write a try down before it is judged; None when this way is locked."""
    if is_locked(account, source):
        return None
    attempt = Attempt.objects.create(account=account, source=source, at=real_now())
    most = value_of("tries")
    over = any(_tries(Q(**{name: value})) > most for name, value in _paths(account, source))
    return None if over else attempt


def _paths(account: str, source: str) -> list[tuple[str, str]]:
    return [(name, value) for name, value in (("account", account), ("source", source)) if value]


def _window() -> datetime.timedelta:
    return datetime.timedelta(minutes=value_of("tries_minutes"))


def _tries(which: Q) -> int:
    return Attempt.objects.filter(which, at__gt=real_now() - _window()).exclude(account=MARK).count()


def try_passed(attempt: Attempt) -> None:
    """The try was right: it is forgotten, and the account's wrong ones before it with it."""
    Attempt.objects.filter(account=attempt.account).delete()


@transaction.atomic
def try_failed(attempt: Attempt, person: Person | None) -> list[Lock]:
    """The try was wrong: with the fifth the way is locked, and many from anywhere raise an alarm."""
    made = []
    for name, value in _paths(attempt.account, attempt.source):
        if _tries(Q(**{name: value})) >= value_of("tries"):
            lock = _lock_way(name, value, person if name == "account" else None)
            made += [lock] if lock else []
    Attempt.objects.filter(at__lt=real_now() - KEPT).delete()
    _watch_for_flood()
    return made


def _lock_way(name: str, value: str, person: Person | None) -> Lock | None:
    try:
        with transaction.atomic():
            lock = Lock.objects.create(**{name: value}, person=person, since=real_now(), because="wrong tries")
    except IntegrityError:
        return None  # another try locked it at the same moment
    record(None, "person.way_locked", [lock.id, person.id if person else None])
    announce("person.locked", lock.id)
    return lock


def _watch_for_flood() -> None:
    recent = Attempt.objects.filter(at__gt=real_now() - _window())
    if recent.exclude(account=MARK).count() < FLOOD or recent.filter(account=MARK).exists():
        return
    mark = Attempt.objects.create(account=MARK, at=real_now())
    record(None, "person.flood", [mark.id])
    announce("person.flood", mark.id)


def flooded() -> bool:
    """Whether a flood of wrong tries was seen in the last 15 minutes."""
    return Attempt.objects.filter(account=MARK, at__gt=real_now() - _window()).exists()


def record_lock(person: Person, *, by: uuid.UUID | None, because: str) -> Lock:
    """Part of a verb: lock a whole account by hand; one that is locked so stays as it is."""
    values = {"person": person, "since": real_now(), "by": by, "because": because}
    account = account_key(person.username)
    return Lock.objects.get_or_create(account=account, whole=True, until=None, defaults=values)[0]


def record_release(lock: Lock, *, by: list[uuid.UUID], because: str) -> Lock:
    """Part of a verb: open what was locked; its wrong tries are forgotten."""
    lock.until, lock.released_by, lock.released_because = real_now(), by, because
    lock.save(update_fields=["until", "released_by", "released_because"])
    for name, value in _paths(lock.account, lock.source):
        Attempt.objects.filter(**{name: value}).delete()
    return lock
