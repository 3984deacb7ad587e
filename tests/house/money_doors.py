"""Readers that tell of expenses through a claim on them: its page, and the pack that the funder gets."""

import datetime
import hashlib
import io
import uuid
import zipfile
from typing import TYPE_CHECKING

from django.db.backends.postgresql.psycopg_any import DateRange

from tests.house.facts import World
from tests.house.screens import named_on
from vedette.funding.actions import record_funder, record_grant, record_payer_rule
from vedette.funding.models import Allocation, Claim, ClaimItem, Commitment, CommitmentPart, Grant, PayerRule
from vedette.kit.time import now

if TYPE_CHECKING:
    from tests.house.readers import Asker

Ids = set[uuid.UUID]


def claimed(asker: "Asker", world: World) -> Ids:
    """The expenses that the page of the claim on them names."""
    found = set()
    claims = claims_on(world)
    for sheet in world.sheets:
        text = asker.client.get(f"/funding/claims/{claims[sheet.id]}/").content.decode()
        named = str(sheet.id) in text
        assert named == (sheet.reference in text), "a claim tells an expense that it does not name"
        assert sheet.id.hex not in text, "a claim tells the words of an expense"
        found |= {sheet.id} if named else set()
    return found


def packed(asker: "Asker", world: World) -> Ids:
    """The expenses whose claim goes out as a pack."""
    found = set()
    claims = claims_on(world)
    for sheet in world.sheets:
        answer = asker.client.get(f"/funding/claims/{claims[sheet.id]}/pack/")
        if answer.status_code != 200 or not answer.streaming:
            assert sheet.reference not in answer.content.decode()
            continue
        with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as pack:
            book = zipfile.ZipFile(io.BytesIO(pack.read("claim.xlsx")))
            if sheet.reference in book.read("xl/sharedStrings.xml").decode():
                found.add(sheet.id)
    return found


def committed(asker: "Asker", world: World) -> Ids:
    """The missions that the list of commitments names; the others stand there as sums."""
    known = set(Commitment.objects.as_house("a test").filter(mission__in=world.ids).values_list("mission", flat=True))
    fresh = [sheet.id for sheet in world.sheets if sheet.id not in known]
    if fresh:
        _commit(fresh)
    return named_on("/funding/commitments/")(asker, world)


def _commit(ids: list[uuid.UUID]) -> None:
    """A commitment of a day for each mission."""
    grant, rule = payer()
    day = grant.days.lower
    held = Commitment.objects.bulk_create(
        Commitment(
            mission_id=key, category="lodging", days=DateRange(day, day + datetime.timedelta(days=1)), amount=1,
            currency="USD", rate=1, rate_day=day, base_amount=1, since=now(),
        )
        for key in ids
    )  # fmt: skip
    CommitmentPart.objects.bulk_create(CommitmentPart(commitment=one, grant=grant, rule=rule, amount=1) for one in held)


def claims_on(world: World) -> dict[uuid.UUID, uuid.UUID]:
    """A claim on each expense of the world, made once."""
    named = {sheet.id: f"CL-{hashlib.sha256(sheet.id.bytes).hexdigest()[:30]}" for sheet in world.sheets}
    known = dict(Claim.objects.filter(reference__in=named.values()).values_list("reference", "id"))
    fresh = [key for key, reference in named.items() if reference not in known]
    if fresh:
        known |= _claim(fresh, named)
    return {key: known[reference] for key, reference in named.items()}


def _claim(ids: list[uuid.UUID], named: dict[uuid.UUID, str]) -> dict[str, uuid.UUID]:
    grant, rule = payer()
    days = (grant.days.lower, grant.days.upper)
    claims = Claim.objects.bulk_create(
        Claim(reference=named[key], grant=grant, days=DateRange(*days), total=1, sent_at=now()) for key in ids
    )
    parts = Allocation.objects.bulk_create(
        Allocation(expense_id=key, grant=grant, rule=rule, category="lodging", amount=1, at=now()) for key in ids
    )
    ClaimItem.objects.bulk_create(
        ClaimItem(claim=claim, allocation=part) for claim, part in zip(claims, parts, strict=True)
    )
    return {claim.reference: claim.id for claim in claims}


def payer() -> tuple[Grant, PayerRule]:
    """A grant and a rule that bear anything of these days; made once a world."""
    today = now().date()
    known = PayerRule.objects.filter(number=99, title="Pays all", since=datetime.date(2000, 1, 1)).first()
    held = Grant.objects.filter(key="payer").first()
    if known and held:
        return held, known
    funder = record_funder("payer", "Payer")
    days = (today - datetime.timedelta(days=9), today)
    grant = record_grant(key="payer", funder=funder, title="Money", begins=days[0], ends=days[1], agreement=None)
    rule = record_payer_rule(
        shares={funder: 10_000}, number=99, title="Pays all", work="all", categories=["lodging"],
        since=datetime.date(2000, 1, 1), until=today + datetime.timedelta(days=1),
    )  # fmt: skip
    grant.refresh_from_db()
    return grant, rule
