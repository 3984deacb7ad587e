"""`vedette serve`: the database, the server and the jobs of a real installation, until SIGTERM or Ctrl-C."""

import argparse
import http.client
import importlib.util
import os
import socket
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping

from vedette.config import environment
from vedette.config.postgres.errors import DatabaseUnavailable
from vedette.config.postgres.running import running_database
from vedette.config.processes import Child, Supervisor
from vedette.config.secured import Secured, secured, server_options
from vedette.config.tls import CertificateProblem

DEFAULT_ADDRESS = "127.0.0.1"
DEFAULT_PORT = 8000
# One open desk keeps one request open for its event stream, so the limit on open requests is that of desks.
OPEN_REQUESTS = 4096


class ServeRefused(Exception):
    """The server cannot start; the message is one sentence with the way out."""


def run(argv: list[str]) -> int:
    """Serve this installation; the options win over VEDETTE_LISTEN and VEDETTE_PORT."""
    parser = argparse.ArgumentParser(prog="vedette serve", description="Serve this installation.")
    add_address_options(parser, environment.read("VEDETTE_LISTEN") or DEFAULT_ADDRESS)
    options = parser.parse_args(argv)
    try:
        check_free(options.listen, options.port)
        door = secured(environment.home(), options.listen, asked=options.tls)
        with running_database("real") as settings:
            prepare(settings, "real")
            return run_server(settings, options.listen, options.port, on_ready=print_address, door=door)
    except (DatabaseUnavailable, ServeRefused, CertificateProblem) as refusal:
        print(refusal, file=sys.stderr)
        return 1


def add_address_options(parser: argparse.ArgumentParser, listen: str = DEFAULT_ADDRESS) -> None:
    """`--listen`, `--port` and `--tls`; only the real server takes its default address from the environment."""
    port = environment.read("VEDETTE_PORT")
    parser.add_argument("--listen", default=listen, metavar="ADDRESS")
    parser.add_argument("--port", type=int, default=int(port) if port.isdigit() else DEFAULT_PORT)
    parser.add_argument("--tls", action="store_true", help="answer by https, with a certificate made on first use")


def print_address(address: str) -> None:
    """Say where the product answers."""
    print(f"Vedette answers at {address}", flush=True)


def check_free(listen: str, port: int) -> None:
    """Raise `ServeRefused` when the address or port cannot be had."""
    problem = _bind_problem(listen, port)
    if problem is None:
        return
    if isinstance(problem, PermissionError):
        raise ServeRefused(f"Port {port} is kept for the system's administrator: choose one above 1023 with --port.")
    free = next((other for other in range(port + 1, port + 50) if _bind_problem(listen, other) is None), None)
    if free is None:
        raise ServeRefused(f"This machine has no address {listen} to listen on ({problem.strerror}).")
    raise ServeRefused(
        f"Port {port} on {listen} is taken by another program: end it, or choose another with --port {free}."
    )


def _bind_problem(listen: str, port: int) -> OSError | None:
    """Why this address cannot be listened on; None when it can."""
    try:
        with socket.create_server((listen, port), family=socket.AF_INET6 if ":" in listen else socket.AF_INET):
            return None
    except OSError as problem:
        return problem


def child_environment(settings: Mapping[str, str], *, owner: bool = False) -> dict[str, str]:
    """The environment of a process of ours: the application's role sees no owner's address."""
    given = {**os.environ, **settings, "DJANGO_SETTINGS_MODULE": "vedette.config.settings"}
    # Numeric libraries would start a thread a core each; one is faster for our short sentences.
    given.setdefault("OPENBLAS_NUM_THREADS", "1")
    given.pop("VEDETTE_AS_OWNER", None)
    if owner:
        given["VEDETTE_AS_OWNER"] = "1"
    else:
        for name in ("VEDETTE_DB_OWNER", "VEDETTE_DATABASE_URL"):
            given.pop(name, None)
    return given


def prepare(settings: Mapping[str, str], kind: str) -> None:
    """Check the kind of the database and migrate it as the owner; `ServeRefused` with the sentence otherwise."""
    command = [sys.executable, "-m", "vedette.config.prepare", kind]
    done = subprocess.run(  # noqa: S603
        command, env=child_environment(settings, owner=True), stderr=subprocess.PIPE, text=True, check=False
    )
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines() or ["it gave no reason"]
        if done.returncode == 3:
            raise ServeRefused(lines[-1])
        raise ServeRefused(f"The database could not be brought up to date: {lines[-1]}")


def server_command(listen: str, port: int, door: Secured | None = None) -> list[str]:
    """granian with one worker: live streams and the shown clock are kept once a process."""
    options = ["--interface", "asginl", "--workers", "1", "--no-ws", "--loop", "asyncio", "--log-level", "warning"]
    options += ["--backlog", str(OPEN_REQUESTS), "--backpressure", str(OPEN_REQUESTS)]
    options += ["--respawn-failed-workers", "--workers-kill-timeout", "5"]
    options += server_options(door)
    program = [sys.executable, "-m", "granian", "--host", listen, "--port", str(port)]
    return [*program, *options, "vedette.config.worker:application"]


def run_server(
    settings: Mapping[str, str],
    listen: str,
    port: int,
    on_ready: Callable[[str], None] | None = None,
    door: Secured | None = None,
) -> int:
    """Run the server, and the jobs if any, until asked to end; `on_ready` gets the address once it answers. `door`: by TLS."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(listen, listen)  # noqa: S104 - compared, not bound
    # A passkey is bound to a name, never to a number, so people are sent to localhost.
    name = "localhost" if host in ("127.0.0.1", "::1") else f"[{host}]" if ":" in host else host
    address = f"{'https' if door else 'http'}://{name}:{port}"
    given = child_environment(settings)
    given["VEDETTE_PUBLIC_URL"] = environment.read("VEDETTE_PUBLIC_URL") or address
    if door:
        door.tell(given)
    server = Child("the server", server_command(listen, port, door), given)
    children = [server]
    if importlib.util.find_spec("vedette.jobs.__main__") is not None:
        children.append(Child("the jobs", [sys.executable, "-m", "vedette.jobs"], given))
    waiting = [on_ready] if on_ready is not None else []

    def look_after() -> None:
        if waiting and answers(address):
            waiting.pop()(address)
            if door:
                print(door.words(port), flush=True)
        if door and door.changed():
            door.tell(given)
            server.end()

    code = Supervisor(children).run(look_after)
    if code != 0:
        print("The server did not stay up; what it said stands above.", file=sys.stderr)
    return code


def answers(address: str) -> bool:
    """True when an HTTP server answers at this address, whatever it says."""
    # Whether it answers is asked of our own process here; whom it is, nobody doubts.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with urllib.request.urlopen(address, timeout=2, context=context):  # noqa: S310 - our own address
            return True
    except urllib.error.HTTPError:
        return True
    except (OSError, http.client.HTTPException):
        return False
