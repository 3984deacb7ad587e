"""Making posts, postings, host caveats and agreements."""

import datetime
import uuid
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from vedette.agencies.models import Agency, Seat
from vedette.kit.time import now
from vedette.programme.models import Agreement, AgreementReview, Clause, HostCaveat, Post, Posting


def record_post(*, key: str, prefix: str, **values: Any) -> Post:
    """Make a post or bring the one with this key up to date."""
    return Post.objects.update_or_create(key=key, defaults={"prefix": prefix.upper()[:6], **values})[0]


def record_posting(seat: Seat, post: Post, begins: datetime.date, ends: datetime.date | None = None) -> Posting:
    """Post a seat somewhere from a day to a day (exclusive); an overlap is refused by the database."""
    return Posting.objects.create(seat=seat, post=post, days=DateRange(begins, ends))


def record_caveat(post: Post, *, code: str, text: str, by: uuid.UUID | None = None, because: str = "") -> HostCaveat:
    """A host's rule that attaches itself to every report from the post from now on."""
    return HostCaveat.objects.create(post=post, code=code, text=text, since=now(), by=by, because=because)


def record_agreement(
    *, key: str, partner: Agency, title: str, kind: str, signed: datetime.date, expires: datetime.date | None, **rest: Any
) -> Agreement:
    """Make an agreement or bring the one with this key up to date."""
    values = {"partner": partner, "title": title, "kind": kind, "signed": signed, "expires": expires, **rest}
    return Agreement.objects.update_or_create(key=key, defaults=values)[0]


def record_clause(agreement: Agreement, *, number: int, text: str, gate: str, effect: str, up_to: str = "") -> Clause:
    """One clause of an agreement, in force since it was signed."""
    since = datetime.datetime.combine(agreement.signed, datetime.time(), datetime.UTC)
    return Clause.objects.create(
        agreement=agreement, number=number, text=text, gate=gate, effect=effect, up_to=up_to, since=since
    )


def record_review(agreement: Agreement, due: datetime.date) -> AgreementReview:
    """A planned reading of an agreement."""
    return AgreementReview.objects.get_or_create(agreement=agreement, due=due)[0]
