"""A reader that tells of reports through what came of them."""

import datetime
import uuid
from typing import TYPE_CHECKING

from tests.house.facts import SheetFacts, World
from vedette.account.chains import chains
from vedette.agencies.models import Seat
from vedette.agencies.queries import viewers_of
from vedette.agencies.viewer import Viewer
from vedette.handling.actions import new_sheet
from vedette.handling.policy import may
from vedette.kit.time import now
from vedette.sharing.models import Paragraph, Release, Rest

if TYPE_CHECKING:
    from tests.house.readers import Asker

Ids = set[uuid.UUID]
LONG = datetime.timedelta(days=365 * 30)


def told(asker: "Asker", world: World) -> Ids:
    """The reports whose chain is told, once a release rests on every one."""
    rest_on(world)
    found: Ids = set()
    page = chains(asker.viewer, now() - LONG, now() + LONG)
    for number in range(1, page.pages + 1):
        found |= {row.report.pk for row in chains(asker.viewer, now() - LONG, now() + LONG, number).rows}
    return found


def shown(asker: "Asker", world: World) -> Ids:
    """The reports that the page of the chains names; it holds no word of any."""
    rest_on(world)
    text, number = "", 1
    while number == 1 or f"page={number}" in text:
        answer = asker.client.get(f"/funding/value/chains/?page={number}")
        if answer.status_code != 200:
            break
        text += answer.content.decode()
        number += 1
    assert not any(sheet.id.hex in text for sheet in world.sheets), "a chain tells the words of a report"
    return {sheet.id for sheet in world.sheets if sheet.reference in text}


def standing(viewer: Viewer | None, sheet: SheetFacts) -> bool:
    """A withdrawn report counts for nothing."""
    return sheet.withdrawn is None


def standing_to_bookkeepers(viewer: Viewer | None, sheet: SheetFacts) -> bool:
    """The page is open to who may see the value."""
    return may(viewer, "see_value").allowed and standing(viewer, sheet)


def rest_on(world: World) -> None:
    """One signed release rests on every report of the world; once."""
    watch = Seat.objects.get(label="watch", until__isnull=True)
    rested = set(
        Rest.objects.as_house("what a world wrote").filter(sheet__in=world.ids).values_list("sheet", flat=True)
    )
    fresh = sorted(world.ids - rested)
    if not fresh:
        return
    sheet = new_sheet(viewers_of([watch.id])[watch.id], kind="release", prefix="REL")
    release = Release.objects.create(
        sheet=sheet, version="police", title="T", label="AMBER", drafted_by=watch, drafted_at=now(), facts_at=now(),
        expires_at=now() + LONG,
    )  # fmt: skip
    paragraph = Paragraph.objects.create(release=release, position=1, text="T")
    Rest.objects.bulk_create(Rest(paragraph=paragraph, sheet_id=key) for key in fresh)
    house = Release.objects.as_house("a world is signed at once").filter(pk=release.pk)
    house.update(signed_at=now(), signed_by=watch, body=b"{}", digest=b"0" * 32)
