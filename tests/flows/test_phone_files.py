"""A phone's report and its file of twenty pieces reach the desk once, by https, whatever is killed in between."""

import base64
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.flows.conftest import House, wait_until
from vedette.config import secured
from vedette.config.serve import answers, child_environment, server_command
from vedette.demo.client import Person
from vedette.handsets.tests.phone import Phone, file_said
from vedette.handsets.tests.sealed import seal

pytestmark = pytest.mark.fault
TUS = {"Tus-Resumable": "1.0.0"}
PIECE = 64 * 1024
NOTE = b"A long note from the street. " * 44_000


class ByTls(House):
    """A house that answers by https with a certificate of its own."""

    door: Any = None

    @property
    def address(self) -> str:
        return f"https://localhost:{self.port}"

    def start(self) -> None:
        self.door = self.door or secured.secured(Path(self.settings["VEDETTE_HOME"]), "127.0.0.1", asked=True)
        os.environ["SSL_CERT_FILE"] = str(self.door.certificate.authority)
        given = {**child_environment(self.settings), "VEDETTE_PUBLIC_URL": self.address}
        self.door.tell(given)
        command = server_command("127.0.0.1", self.port, self.door)
        self.server = subprocess.Popen(command, env=given, start_new_session=True)
        wait_until(lambda: answers(self.address), 40)

    @contextmanager
    def jobs(self) -> Iterator[None]:
        process = subprocess.Popen([sys.executable, "-m", "vedette.jobs"], env=child_environment(self.settings))
        try:
            yield
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture
def secure(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[ByTls]:
    monkeypatch.setenv("SSL_CERT_FILE", "")
    house.kill_server()
    made = ByTls(house.settings, house.port, house.chronology)
    made.start()
    yield made
    for cast in made.casts:
        cast.close()
    made.kill_server()


class Sender:
    """The phone of the Paris post as a program: it asks how things stand and goes on from there, as the app does."""

    def __init__(self, house: ByTls) -> None:
        self.house, self.who = house, house.cast().officer("par")
        made = self.who.post("/api/v1/handsets", {"label": "a phone"})
        self.phone = Phone(made["id"], made["token"], made["sealing"], None)

    def said(self, **more: str) -> dict[str, str]:
        return {"X-CSRFToken": self.who.http.cookies["vedette_csrf"], "Referer": f"{self.house.address}/", **more}

    def packet(self, packet: dict[str, Any]) -> httpx.Response:
        headers = self.said(**{"X-Device-Time": str(self.phone.clock()), "X-Handset": self.phone.id})
        headers["Content-Type"] = "application/jose"
        return self.who.http.post("/api/v1/packets", content=self.phone.seal(packet), headers=headers)

    def begin(self, packet: dict[str, Any], file: dict[str, Any]) -> None:
        pairs = (("file", file["id"]), ("packet", packet["client_id"]))
        meta = ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in pairs)
        headers = self.said(**TUS, **{"Upload-Length": str(file["sealed_size"]), "Upload-Metadata": meta})
        assert self.who.http.post("/api/v1/uploads", headers=headers).status_code == 201

    def come(self, file: str) -> int:
        return int(self.who.http.head(f"/api/v1/uploads/{file}", headers=TUS).headers["Upload-Offset"])

    def piece(self, file: str, offset: int, piece: bytes) -> int:
        kind = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset)}
        return self.who.http.patch(
            f"/api/v1/uploads/{file}", content=piece, headers=self.said(**TUS, **kind)
        ).status_code


def killing(house: ByTls, after: float) -> threading.Thread:
    """kill -9 of the server so many seconds on, in the middle of whatever it does."""

    def kill() -> None:
        time.sleep(after)
        house.kill_server()

    thread = threading.Thread(target=kill)
    thread.start()
    return thread


def tried(act: Any, *args: Any) -> Any:
    try:
        return act(*args)
    except httpx.HTTPError:
        return None


def test_nothing_is_lost_or_doubled_when_the_server_is_killed_in_the_packet_in_pieces_and_at_the_end(secure):
    sender, key = Sender(secure), os.urandom(32)
    sealed = seal(NOTE, key)
    file = file_said(NOTE, key, "note.txt")
    packet = sender.phone.packet(files=[file])
    thread = killing(secure, 0.005)
    first = tried(sender.packet, packet)
    thread.join()
    secure.start()
    answer = sender.packet(packet)
    assert answer.status_code == 200 and (first is None or first.json() == answer.json())
    sender.begin(packet, file)
    deaths = {0: 0.003, 7: 0.001, 13: 0.006, len(sealed) // PIECE: 0.05}
    while (offset := sender.come(file["id"])) < len(sealed):
        thread = killing(secure, deaths.pop(offset // PIECE)) if offset // PIECE in deaths else None
        tried(sender.piece, file["id"], offset, sealed[offset : offset + PIECE])
        if thread:
            thread.join()
            secure.start()
    assert deaths == {}
    with secure.jobs():
        wait_until(lambda: sender.who.get(f"/api/v1/uploads/{file['id']}")["state"] == "attached", 40)
    watch: Person = secure.cast().watch
    report = answer.json()["id"]
    page = watch.http.get(f"/reports/{report}/pane/", headers={"Accept": "text/html"}).text
    assert page.count(">note.txt<") == 1
    assert watch.http.get("/", headers={"Accept": "text/html"}).text.count(f'id="row-{report}"') == 1
