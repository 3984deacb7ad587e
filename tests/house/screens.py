"""Readers that are screens, read as a browser reads them: which ids a page names, whether it shows a record's words."""

import re
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.house.facts import World

if TYPE_CHECKING:
    from tests.house.readers import Asker

Ids = set[uuid.UUID]
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def named_on(address: str) -> Callable[["Asker", World], Ids]:
    """A list: the ids of the world that its page names."""

    def ask(asker: "Asker", world: World) -> Ids:
        answer = asker.client.get(address)
        named = {uuid.UUID(key) for key in ID.findall(answer.content.decode())} & world.ids
        told = {sheet.id for sheet in world.sheets if sheet.id.hex in answer.content.decode()}
        assert told <= named, f"{address} tells words of a record that it does not name"
        return named

    return ask


def opened_by(address: str, *, words: bool = True) -> Callable[["Asker", World], Ids]:
    """A page of one record: those for which it answers, with the record's words in it."""

    def ask(asker: "Asker", world: World) -> Ids:
        found = set()
        for sheet in world.sheets:
            answer = asker.client.get(address.format(sheet.id))
            shown = sheet.id.hex in answer.content.decode()
            assert answer.status_code == 200 or not shown, f"{address} refuses and tells all the same"
            if answer.status_code == 200 and (shown or not words):
                found.add(sheet.id)
        return found

    return ask
