"""What the benches share: a database with a home side, sessions without a browser, the product's server, small clients."""

import asyncio
import contextlib
import json
import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
BENCH = ROOT / "bench"
TOKEN = SECRET = "b" * 32

if TYPE_CHECKING:
    from vedette.agencies.viewer import Viewer


def option(name: str, default: float) -> float:
    """A size: `--name=5` on the command line, or BENCH_NAME in the environment; what is not the default is printed."""
    given = [word.split("=", 1)[1] for word in sys.argv[1:] if word.startswith(f"--{name}=")]
    text = given[-1] if given else os.environ.get(f"BENCH_{name.upper()}", "")
    value = float(text.replace("_", "")) if text else default
    print(f"   {name} = {value:,.0f}{'' if text else ' (the default; --' + name + '=N for another)'}", flush=True)
    return value


def ready() -> None:
    """Django, in this process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vedette.config.settings")
    # The sessions made here are read by the server that is measured.
    os.environ["VEDETTE_SECRET"] = SECRET
    import django

    django.setup()


@contextlib.contextmanager
def database() -> Iterator[None]:
    """The database that `vedette bench` gives; started alone, a throwaway one that keeps its commits durable."""
    if os.environ.get("VEDETTE_DB_OWNER"):
        yield
        return
    from vedette.config.testing import throwaway_database

    with throwaway_database(lasting=True) as settings:
        os.environ.update({**settings, "VEDETTE_AS_OWNER": "1"})
        yield


def set_up() -> None:
    """Tables, and the demonstration's home side in a database of kind test."""
    ready()
    from django.core.management import call_command

    import vedette.demo
    from vedette.agencies.models import Agency
    from vedette.config.prepare import load_reference_data
    from vedette.demo.home import load_home

    call_command("migrate", interactive=False, verbosity=0)
    if not Agency.objects.exists():
        load_reference_data()
        home = json.loads((Path(vedette.demo.__file__).parent / "data" / "home-nyc.json").read_text(encoding="utf-8"))
        load_home(home, "test")


def seats(*roles: str, home: bool = True, limit: int = 100) -> "list[Viewer]":
    """The Viewers of seats in force that hold one of the roles (any when none is named), by label."""
    from vedette.agencies.queries import seats_in_force, viewers_of

    rows = [seat for seat in seats_in_force() if (seat.agency.kind == "home") == home]
    rows = [seat for seat in rows if not roles or set(seat.roles) & set(roles)][:limit]
    known = viewers_of(seat.id for seat in rows)
    return [known[seat.id] for seat in rows if seat.id in known]


def cookie_of(viewer: "Viewer") -> str:
    """A session in which this viewer sits, as the Cookie header of a client; the forgery guard's token is in it."""
    from django.http import HttpRequest

    from vedette.agencies.session_store import SessionStore
    from vedette.agencies.signin import prove, sit_down

    request = HttpRequest()
    request.session = SessionStore()
    sit_down(request, viewer)
    prove(request)
    request.session.save()
    return f"vedette_session={request.session.session_key}; vedette_csrf={TOKEN}"


@contextlib.contextmanager
def server(application: str = "vedette.config.worker:application") -> Iterator[int]:
    """A granian as the product starts it, with one worker, on a free port; ended afterwards."""
    from vedette.config.serve import child_environment, server_command

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    command = [*server_command("127.0.0.1", port)[:-1], application]
    given = child_environment(os.environ)
    paths = [str(BENCH), str(ROOT), str(ROOT / "src")]
    given |= {
        "PYTHONPATH": os.pathsep.join(paths),
        "VEDETTE_SECRET": SECRET,
        "VEDETTE_PUBLIC_URL": f"http://127.0.0.1:{port}",
    }
    process = subprocess.Popen(command, cwd=ROOT, env=given)  # noqa: S603
    try:
        wait_until_answers(port, process)
        yield port
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(15)
        if process.poll() is None:
            process.kill()


def wait_until_answers(port: int, process: "subprocess.Popen[Any]", seconds: float = 90) -> None:
    """Wait until something answers HTTP at the port."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/", timeout=5):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"The server at port {port} does not answer (exit code {process.poll()}).")


class Line:
    """One kept HTTP connection, bare: the client must cost less than what it measures."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self.port, self.cookie = port, cookie

    async def open(self) -> "Line":
        """Connect."""
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        return self

    def send(self, method: str, path: str, body: bytes = b"") -> None:
        """Write a request."""
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {self.cookie}\r\nX-CSRFToken: {TOKEN}\r\n"
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        self.writer.write(head.encode() + body)

    async def ask(self, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
        """One request and its whole answer."""
        self.send(method, path, body)
        head = (await self.reader.readuntil(b"\r\n\r\n")).lower()
        status = int(head.split(b" ", 2)[1])
        if b"content-length:" in head:
            size = int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
            return status, await self.reader.readexactly(size)
        parts = []
        while size := int(await self.reader.readline(), 16):
            parts.append(await self.reader.readexactly(size))
            await self.reader.readexactly(2)
        await self.reader.readexactly(2)
        return status, b"".join(parts)

    def close(self) -> None:
        """Hang up."""
        self.writer.close()


async def throughput(lines: Sequence[Line], seconds: float, make: Any) -> float:
    """Requests a second over these connections; `make(place)` gives (method, path, body). Any refusal ends the bench."""
    ends, done = time.monotonic() + seconds, 0

    async def one(place: int, line: Line) -> None:
        nonlocal done
        while time.monotonic() < ends:
            status, said = await line.ask(*make(place))
            if status >= 300:
                raise SystemExit(f"The server answered {status}: {said[:300]!r}")
            done += 1

    began = time.monotonic()
    await asyncio.gather(*(one(place, line) for place, line in enumerate(lines)))
    return done / (time.monotonic() - began)


def median_ms(samples: Sequence[float]) -> float:
    """The middle of some seconds, in milliseconds."""
    return 1000 * statistics.median(samples)


def quantile_ms(samples: Sequence[float], share: float) -> float:
    """The value below which this share of some seconds lies, in milliseconds."""
    ordered = sorted(samples)
    return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def flash(number: int) -> Any:
    """A small flash, filed now."""
    import datetime

    from vedette.reporting.drafts import ReportDraft

    moment = datetime.datetime.now(datetime.UTC)
    text = f"Flash {number}: two explosions at the north gate of the stadium within a minute; the exits are closed."
    return ReportDraft(uuid.uuid4(), "flash", text, moment, source_label="host")
