"""B12: `./vedette demo` in a warm environment until the desk answers; a bare PostgreSQL start printed beside it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1] / "src")]

from _house import ROOT, option, wait_until_answers  # noqa: E402
from _lines import Figure, show  # noqa: E402

BAR_SECONDS = 10.0


def environment(home: Path) -> dict[str, str]:
    """A house of its own, without what the bench was given."""
    given = {name: value for name, value in os.environ.items() if not name.startswith(("VEDETTE_", "DJANGO_"))}
    return {**given, "VEDETTE_HOME": str(home), "PYTHONPATH": ""}


def demo_start(home: Path) -> float:
    """Seconds from the command to the first whole desk page."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, str(ROOT / "vedette"), "demo", "--port", str(port)]
    began = time.monotonic()
    process = subprocess.Popen(  # noqa: S603
        command, cwd=ROOT, env=environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_until_answers(port, process, 150)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as page:
            page.read()
        return time.monotonic() - began
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()


def postgres_start(home: Path) -> float:
    """Seconds of a bare PostgreSQL: started on the demonstration's own cluster until it takes connections."""
    from vedette.config.postgres.cluster import Cluster

    cluster = Cluster(home)
    began = time.monotonic()
    try:
        cluster.start()
        return time.monotonic() - began
    finally:
        cluster.stop()


def main() -> int:
    """Start once to warm up, then some times; 0 when the middle one reached the bar."""
    times = int(option("times", 3))
    folder = Path(tempfile.mkdtemp(prefix="vedette-bench-", dir="/tmp"))
    folder.chmod(0o711)
    home = folder / "home"
    home.mkdir(mode=0o711)
    try:
        print(f"   first start, with an empty house: {demo_start(home):.1f} s", flush=True)
        starts = sorted(demo_start(home) for _ in range(times))
        clusters = [path.parent for path in home.rglob("PG_VERSION") if (path.parent / "postgresql.conf").exists()]
        print(f"   starts: {', '.join(f'{one:.1f}' for one in starts)} s; cluster in {len(clusters)} place", flush=True)
        bare = sorted(postgres_start(home) for _ in range(times))
        value, peer = starts[len(starts) // 2], bare[len(bare) // 2]
        print(f"   ratio to a bare PostgreSQL start: {value / peer:.1f}", flush=True)
        return show([Figure("B12 demo until the desk answers (bar: s)", value, peer, value, BAR_SECONDS, unit=" s")])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
