"""A phone for tests: set up by the real door, it seals packets as the app does and sends them."""

import base64
import hashlib
import json
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from joserfc import jwe
from joserfc.jwk import ECKey

from tests.cast import Cast
from vedette.handsets.opened import sealed_size
from vedette.kit.ids import new_id
from vedette.kit.time import real_now

HEADER = {"alg": "ECDH-ES", "enc": "A256GCM", "zip": "DEF"}
HOUR_MS = 3_600_000


def ms(moment: Any = None) -> int:
    """A moment (now) as a phone's clock gives it."""
    return int((moment or real_now()).timestamp() * 1000)


@dataclass
class Phone:
    """One phone; `ahead_ms`: how far its clock is off."""

    id: str
    token: str
    jwk: dict[str, Any]
    browser: Any
    ahead_ms: int = 0
    known_ms: int | None = None
    said: dict[str, Any] = field(default_factory=dict)

    def clock(self) -> int:
        """What its clock shows."""
        return ms() + self.ahead_ms

    def packet(self, kind: str = "report", body: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
        """A packet in the clear."""
        plain = {"v": 1, "client_id": str(new_id()), "kind": kind, "written_at": self.clock(), "files": []}
        return {**plain, "clock_said": self.known_ms, "body": flash() if body is None else body, **more}

    def seal(self, packet: Any, **header: Any) -> bytes:
        """A packet as it goes over the air."""
        key = ECKey.import_key({name: self.jwk[name] for name in ("kty", "crv", "x", "y")})
        text = packet if isinstance(packet, bytes) else json.dumps(packet).encode()
        whole = {**HEADER, "kid": self.id, **header}
        return jwe.encrypt_compact(whole, text, key, algorithms=["ECDH-ES", "A256GCM", "DEF"]).encode()

    def send(self, packet: Any, browser: Client | None = None, **headers: str) -> Any:
        """Seal a packet and send it."""
        sealed = packet if isinstance(packet, bytes) else self.seal(packet)
        said = {"X-Device-Time": str(self.clock()), "X-Handset": self.id, **headers}
        asker = browser or self.browser
        return asker.post("/api/v1/packets", sealed, content_type="application/jose", headers=said)

    def alarm(self, packet: Any, token: str = "") -> Any:
        """Seal a packet and send it by the phone's token, nobody signed in."""
        said = {"X-Device-Time": str(self.clock()), "Authorization": f"Handset {self.id}.{token or self.token}"}
        return Client().post("/api/v1/handsets/alarm", self.seal(packet), content_type="application/jose", headers=said)

    def held(self, browser: Client | None = None, tag: str = "", **headers: str) -> Any:
        """Fetch what it may hold; `tag`: what it holds already."""
        said = {"X-Handset": self.id, **({"If-None-Match": tag} if tag else {}), **headers}
        return (browser or self.browser).get("/api/v1/phone", headers=said)

    def contact(self, browser: Client | None = None, token: str = "", **said: Any) -> Any:
        """Ask how it stands."""
        body = {"device_time": self.clock(), **said}
        return post(browser or Client(), "/api/v1/handsets/contact", body, self.id, token or self.token)


def post(browser: Client, path: str, body: dict[str, Any], handset: str, token: str) -> Any:
    """A word of a phone, by its token."""
    headers = {"Authorization": f"Handset {handset}.{token}"}
    return browser.post(path, json.dumps(body), content_type="application/json", headers=headers)


def phone_of(cast: Cast, seat: str = "officer_a", ahead_ms: int = 0) -> Phone:
    """A phone of this seat."""
    browser = cast.signed_in(seat)
    made = browser.post("/api/v1/handsets", json.dumps({"label": "my phone"}), content_type="application/json").json()
    return Phone(made["id"], made["token"], made["sealing"], browser, ahead_ms)


def flash(**values: Any) -> dict[str, Any]:
    """What a flash says."""
    return {"kind": "flash", "text": "Shots at the north gate.", "place": {"name": "north gate"}, **values}


def file_said(text: bytes, key: bytes, name: str = "photo.jpg") -> dict[str, Any]:
    """A file as a packet announces it."""
    return {
        "id": str(uuid.uuid4()), "name": name, "type": "image/jpeg", "size": len(text),
        "sha256": hashlib.sha256(text).hexdigest(), "sealed_size": sealed_size(len(text)),
        "key": base64.urlsafe_b64encode(key).decode().rstrip("="),
    }  # fmt: skip
