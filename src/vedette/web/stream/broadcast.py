"""One broadcaster a process: each happening is asked "who may see" once, rendered once, handed to those who may."""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import structlog
from asgiref.sync import sync_to_async
from django.db import close_old_connections
from django.utils import translation

from vedette.agencies.open_sessions import session_in_force
from vedette.agencies.queries import viewers_of
from vedette.agencies.sittings import living
from vedette.agencies.viewer import Viewer
from vedette.handling.actions import log_shown
from vedette.handling.judging import STRUCK, WHOLE
from vedette.handling.policy import faces_before
from vedette.handling.queries import lost_sight
from vedette.live.hub import Happening, hub
from vedette.web.stream.rows import ROWS
from vedette.web.stream.shown import Shown

log = structlog.get_logger("vedette.live")
QUEUE = 128
RELOAD = "event: reload\ndata: {}\n\n"
# After this a row may stand on a screen whose reader may not see it any more: he is told that it leaves.
NARROWING = frozenset({"sheet.changed"})
RELOAD, ENDED = "event: reload\ndata: {}\n\n", "event: ended\ndata: {}\n\n"
OF_THE_HOUSE = frozenset(
    {
        "glass.broken",
        "handset.changed",
        "person.flood",
        "person.locked",
        "purge.ordered",
        "purge.refused",
        "seat.changed",
    }
)
Message = str
NO_ROW = '"html": ""}\n\n'


class Client:
    """One open stream: its viewer, the session it was opened in, its reader's language, and a bounded queue."""

    def __init__(self, viewer: Viewer, session: str = "", language: str = "en") -> None:
        self.viewer = viewer
        self.session = session
        self.language = language
        self.queue: asyncio.Queue[Message] = asyncio.Queue(QUEUE)

    def put(self, message: Message) -> None:
        """Queue a message; a client a whole queue behind is told to reload instead."""
        try:
            self.queue.put_nowait(message)
        except asyncio.QueueFull:
            self._only(RELOAD)

    def end(self) -> None:
        """The seat or the session is not what it was: nothing that waits is written any more, and the stream closes."""
        self._only(ENDED)

    def _only(self, message: Message) -> None:
        while not self.queue.empty():
            self.queue.get_nowait()
        self.queue.put_nowait(message)

    def still_in_force(self) -> bool:
        """Whether session and seat still are what they were when the stream opened: neither ended, locked nor changed."""
        close_old_connections()
        return session_in_force(self.session) == self.viewer

    def catch_up(self, missed: list[tuple[int, str, list[str]]]) -> list[Message]:
        """The messages this viewer missed, oldest first."""
        messages = []
        with translation.override(self.language):
            for seq, kind, ids in missed:
                messages += list(messages_for((seq, kind, tuple(ids)), [self.viewer]).values())
        rows = [row_of(message) for message in messages if has_row(message)]
        if rows:
            log_shown({self.viewer: dict.fromkeys(rows)})
        return messages


class Broadcaster:
    """Listens once and serves every open stream of the process."""

    def __init__(self) -> None:
        self.clients: set[Client] = set()
        self.task: asyncio.Task[None] | None = None
        self.shown = Shown()

    @asynccontextmanager
    async def client(self, viewer: Viewer, session: str = "", language: str = "en") -> AsyncIterator[Client]:
        """A registered client for as long as its stream is open."""
        client = Client(viewer, session, language)
        self.clients.add(client)
        if self.task is None or self.task.done():
            self.task = asyncio.create_task(self._run())
        try:
            yield client
        finally:
            self.clients.discard(client)

    async def _run(self) -> None:
        async with hub().subscribe() as queue:
            while True:
                happening = await queue.get()
                try:
                    await self._hand_out(happening)
                except Exception as error:
                    # A stream must outlive one bad event or a database that went away; clients are told to reload.
                    log.error("live.event_failed", error=type(error).__name__)
                    self._reload()

    def _reload(self) -> None:
        for client in self.clients:
            client.put(RELOAD)

    async def _hand_out(self, happening: Happening | None) -> None:
        if happening is None:
            self._reload()
            return
        everyone = list(self.clients)
        for language in {client.language for client in everyone}:
            await self._hand_out_in(language, happening, [one for one in everyone if one.language == language])

    async def _hand_out_in(self, language: str, happening: Happening, clients: list[Client]) -> None:
        """Readers of one language get one rendering; each language asks the policy anew, and there are few."""
        viewers, sessions = list({client.viewer for client in clients}), {client.session for client in clients}
        current, alive = await sync_to_async(_handed_out_in, thread_sensitive=False)(
            language, happening, viewers, sessions
        )
        for client in clients:
            if client.session not in alive or client.viewer not in current:
                client.end()
            elif message := current[client.viewer]:
                client.put(message)
        if happening[1] in ROWS and happening[2]:
            later = [viewer for viewer, said in current.items() if has_row(said) and not behind_glass(viewer)]
            self.shown.note(uuid.UUID(happening[2][0]), later)


def handed_out(
    happening: Happening, viewers: list[Viewer], sessions: set[str]
) -> tuple[dict[Viewer, Message], set[str]]:
    """The message (or nothing) for each whose seat still is what it was when his stream opened; and the sessions that live."""
    close_old_connections()
    current = viewers_of([viewer.seat_id for viewer in viewers])
    same = [viewer for viewer in viewers if current.get(viewer.seat_id) == viewer]
    found = {**dict.fromkeys(same, ""), **_messages(happening, same)}
    behind = {viewer: [row_of(said)] for viewer, said in found.items() if has_row(said) and behind_glass(viewer)}
    if behind:
        log_shown(behind)
    return found, living(sessions)


def _handed_out_in(
    language: str, happening: Happening, viewers: list[Viewer], sessions: set[str]
) -> tuple[dict[Viewer, Message], set[str]]:
    with translation.override(language):
        return handed_out(happening, viewers, sessions)


def messages_now(happening: Happening, viewers: list[Viewer]) -> dict[Viewer, Message]:
    """The messages for those whose seat still is what it was when the stream opened; a busy stream is never pinged."""
    found, _alive = handed_out(happening, viewers, set())
    return {viewer: message for viewer, message in found.items() if message}


def messages_for(happening: Happening, viewers: list[Viewer]) -> dict[Viewer, Message]:
    """For each viewer who may see the happening's sheet, its message; a row is rendered once, for all who may read it.

    Those to whom only a stub is left are told that something happened, without the row.
    """
    close_old_connections()
    return _messages(happening, viewers)


def _messages(happening: Happening, viewers: list[Viewer]) -> dict[Viewer, Message]:
    seq, kind, ids = happening
    if kind == "sheet.purged":
        # It says nothing of which record: whatever a page still shows of it goes when the page is loaded anew.
        return dict.fromkeys(viewers, RELOAD)
    render: Callable[[Viewer, uuid.UUID], str] | None = ROWS.get(kind)
    if kind in OF_THE_HOUSE:
        # What concerns seats and accounts is no record: it goes to those who keep the house, with the kind alone.
        keepers = [viewer for viewer in viewers if viewer.is_home and viewer.holds("watch", "administrator")]
        return {viewer: _message(seq, kind, "", "") for viewer in keepers}
    if not ids:
        return {viewer: _message(seq, kind, "", "") for viewer in viewers}
    subject = uuid.UUID(ids[0])
    faces = faces_before([subject], viewers)[subject]
    reader = next((viewer for viewer, face in faces.items() if face == WHOLE), None)
    html = render(reader, subject) if render and reader else ""
    said = {WHOLE: _message(seq, kind, str(subject), html), STRUCK: _message(seq, kind, str(subject), "")}
    found = {viewer: said[face] for viewer, face in faces.items() if face in said}
    if kind in NARROWING:
        unseeing = [viewer for viewer in viewers if viewer not in found]
        found |= dict.fromkeys(lost_sight(subject, unseeing), _message(seq, "sheet.gone", str(subject), ""))
    return found


def _message(seq: int, kind: str, subject: str, html: str) -> Message:
    data = json.dumps({"seq": seq, "kind": kind, "id": subject, "html": html})
    return f"id: {seq}\ndata: {data}\n\n"


def has_row(message: Message) -> bool:
    """Whether a message brings a row to the screen."""
    return bool(message) and not message.endswith(NO_ROW)


def row_of(message: Message) -> uuid.UUID:
    """The record whose row a message brings."""
    return uuid.UUID(json.loads(message.split("data: ", 1)[1])["id"])


def behind_glass(viewer: Viewer) -> bool:
    """Whether what he is shown is written down before it goes out and its originators hear at once; of others it is gathered."""
    return viewer.broken_glass_until is not None


_the_one = Broadcaster()


def broadcaster() -> Broadcaster:
    """The process's broadcaster."""
    return _the_one
