"""B13: memory of every process of `./vedette demo` after the Paris replay with 10 desks open: sum of PSS."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1] / "src")]

import psutil  # noqa: E402
from _house import ROOT, Line, option, wait_until_answers  # noqa: E402
from _lines import Figure, show  # noqa: E402

BAR_MB, DESKS = 600.0, 10
Usage = dict[str, float]


def pss(root: int) -> tuple[float, Usage]:
    """Megabytes of PSS of a process and all below it, and by program."""
    by: Usage = {}
    for process in [psutil.Process(root), *psutil.Process(root).children(recursive=True)]:
        try:
            words = " ".join(process.cmdline())[:400]
            name = next((word for word in ("granian", "vedette.jobs", "postgres", "demo") if word in words), "other")
            by[name] = by.get(name, 0.0) + process.memory_full_info().pss / 1e6
        except psutil.NoSuchProcess:
            continue
    return sum(by.values()), by


async def watch(port: int, cookies: list[str], stop: asyncio.Event) -> None:
    """Ten desks: each loads the page and holds its stream until told."""
    lines = [await Line(port, cookie).open() for cookie in cookies]
    for line in lines:
        await line.ask("GET", "/")
        line.send("GET", "/live/events")

    async def drain(line: Line) -> None:
        while await line.reader.read(65536):
            pass

    tasks = [asyncio.create_task(drain(line)) for line in lines]
    await stop.wait()
    for task in tasks:
        task.cancel()


def cookies_of(base: str) -> list[str]:
    """Ten sessions of the desk's people, signed in with one click each."""
    from vedette.demo.client import Person

    labels = ["Watch officer 1", "Watch officer 2", "Analyst 1", "Commander on duty", "Releasing officer"]
    found = []
    for place in range(DESKS):
        jar = Person(base, labels[place % len(labels)]).http.cookies
        found.append("; ".join(f"{name}={value}" for name, value in jar.items()))
    return found


async def replayed(base: str, port: int, seconds: float) -> int:
    """Open the desks, let the replay run to its end (or the time out); how many messages were played."""
    from vedette.demo.client import Person

    person = await asyncio.to_thread(Person, base, "Watch officer 1")
    stop = asyncio.Event()
    desks = asyncio.create_task(watch(port, await asyncio.to_thread(cookies_of, base), stop))
    ends, sent = time.monotonic() + seconds, 0
    while time.monotonic() < ends:
        await asyncio.sleep(2)
        state = await asyncio.to_thread(person.get, "/replay/state/")
        sent = int(state.get("sent") or 0)
        if state.get("total") and sent >= int(state["total"]):
            break
    print(f"   {sent} messages played, {DESKS} desks open", flush=True)
    measured.append(pss(servers[0]))
    stop.set()
    await desks
    return sent


measured: list[tuple[float, Usage]] = []
servers: list[int] = []


def main() -> int:
    """Replay, measure, print; 0 when the sum reached its bar."""
    seconds, speed = option("seconds", 110), option("speed", 2000)
    folder = Path(tempfile.mkdtemp(prefix="vedette-bench-", dir="/tmp"))
    folder.chmod(0o711)
    home = folder / "home"
    home.mkdir(mode=0o711)
    given = {name: value for name, value in os.environ.items() if not name.startswith(("VEDETTE_", "DJANGO_"))}
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    command = [sys.executable, str(ROOT / "vedette"), "demo", "--port", str(port), "--speed", str(speed)]
    process = subprocess.Popen(  # noqa: S603
        command, cwd=ROOT, env={**given, "VEDETTE_HOME": str(home), "PYTHONPATH": ""}, stdout=subprocess.DEVNULL
    )
    servers.append(process.pid)
    try:
        wait_until_answers(port, process, 150)
        asyncio.run(replayed(f"http://127.0.0.1:{port}", port, seconds))
        total, by = measured[0]
        print("   " + ", ".join(f"{name} {value:.0f} MB" for name, value in sorted(by.items())), flush=True)
        return show([Figure("B13 PSS of all processes (bar: MB)", total, 0, total, BAR_MB, unit=" MB")])
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
