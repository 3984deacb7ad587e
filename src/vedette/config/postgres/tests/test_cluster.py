"""The embedded server for real: started, shared, killed, moved, refused."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import psycopg
import pytest

from vedette.config.postgres import launching, roles
from vedette.config.postgres.account import can_reach, server_account
from vedette.config.postgres.binaries import OLDEST
from vedette.config.postgres.cluster import Cluster, Running, account_for, stop_server
from vedette.config.postgres.errors import DatabaseUnavailable
from vedette.config.postgres.files import lay_out, server_process

pytestmark = pytest.mark.fault

SOURCE = Path(__file__).resolve().parents[4]
DEBIAN_15 = Path("/usr/lib/postgresql/15/bin")
AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the server to another account")


def one(url: str, statement: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(statement).fetchone()
        return row[0] if row else None


def wait_until(true, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def runs_for(home: Path) -> tuple[int, str] | None:
    return server_process(lay_out(home, account_for(home)))


def another_process(home: Path, body: str, *, python: str = sys.executable, **arguments) -> subprocess.Popen:
    """A second program that uses the same home; it prints a line for each step and waits for a line on its input."""
    script = f"""
        import sys
        from pathlib import Path
        sys.path[:0] = {[str(SOURCE), *[p for p in sys.path if p.endswith("site-packages")]]!r}
        from vedette.config.postgres.cluster import Cluster
        cluster = Cluster(Path({str(home)!r}), throwaway=True)
    """
    return subprocess.Popen(
        [python, "-c", textwrap.dedent(script) + textwrap.dedent(body)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        **arguments,
    )


HOLD = """
running = cluster.start()
print(running.pid, flush=True)
sys.stdin.readline()
cluster.stop()
print("stopped", flush=True)
"""


def test_each_role_may_do_its_own_part_only(home):
    with contextlib.closing(Closing(home)) as started:
        running = started.running
        with psycopg.connect(running.owner_url("vedette"), autocommit=True) as owner:
            owner.execute("CREATE TABLE thing (id serial PRIMARY KEY, word text)")
        with psycopg.connect(running.app_url("vedette"), autocommit=True) as app:
            app.execute("INSERT INTO thing (word) VALUES ('a')")
            app.execute("UPDATE thing SET word = 'b'")
            for refused in ("DELETE FROM thing", "TRUNCATE thing", "CREATE TABLE other (id int)", "DROP TABLE thing"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    app.execute(refused)
        assert one(running.owner_url("vedette"), "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
        assert one(running.owner_url("vedette"), "SHOW data_checksums") == "on"
        wanted = set(roles.NEEDED_EXTENSIONS)
        with psycopg.connect(running.owner_url("vedette")) as owner:
            assert wanted <= {row[0] for row in owner.execute("SELECT extname FROM pg_extension")}


def test_a_wrong_password_is_refused_and_no_network_port_is_open(home):
    with Cluster(home, throwaway=True) as running:
        wrong = running.app_url("postgres").replace(running.passwords["vedette_app"], "guess")
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(wrong)
        assert one(running.superuser_url(), "SHOW listen_addresses") == ""
        assert (home / "database-passwords.json").stat().st_mode & 0o777 == 0o600


def test_a_second_user_shares_and_the_last_one_out_stops(home):
    first = Cluster(home, throwaway=True)
    pid = first.start().pid
    other = another_process(home, HOLD)
    assert int(other.stdout.readline()) == pid
    first.stop()
    assert runs_for(home), "the other still uses it"
    other.communicate("\n", timeout=30)
    assert runs_for(home) is None


def test_the_folder_that_another_first_start_has_just_made_changes_no_place(home):
    home.mkdir(mode=0o755, exist_ok=True)
    (home / "postgres").mkdir(mode=0o700)
    assert lay_out(home, account_for(home)).place == home / "postgres"


def test_two_first_starts_side_by_side_make_one_server(home):
    both = [another_process(home, HOLD) for _ in range(2)]
    pids = {int(process.stdout.readline()) for process in both}
    assert len(pids) == 1
    for process in both:
        assert "stopped" in process.communicate("\n", timeout=60)[0]
        assert process.returncode == 0
    assert runs_for(home) is None


def test_the_server_ends_when_its_only_user_is_killed(home):
    user = another_process(home, HOLD)
    user.stdout.readline()
    user.kill()
    user.communicate()
    wait_until(lambda: runs_for(home) is None)


def test_a_killed_server_comes_back_by_itself_with_every_acknowledged_row(home):
    with Cluster(home) as running:
        url = running.superuser_url()
        run_statement(url, "CREATE TABLE kept (id int)")
        for number in range(20):
            run_statement(url, f"INSERT INTO kept VALUES ({number})")
        os.kill(running.pid, signal.SIGKILL)
        wait_until(lambda: (found := runs_for(home)) is not None and found[0] != running.pid)
        wait_until(lambda: answers(url))
        assert one(url, "SELECT count(*) FROM kept") == 20


def test_after_kill_9_of_everything_the_next_start_heals(home):
    user = another_process(home, HOLD)
    pid = int(user.stdout.readline())
    keeper = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    for process in (keeper, user.pid, pid):
        os.kill(process, signal.SIGKILL)
    user.communicate()
    with Cluster(home, throwaway=True) as running:
        assert running.pid != pid
        assert one(running.superuser_url(), "SELECT 1") == 1


def test_an_orphaned_server_is_adopted_and_stopped(home):
    user = another_process(home, HOLD)
    pid = int(user.stdout.readline())
    keeper = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    for process in (keeper, user.pid):
        os.kill(process, signal.SIGKILL)
    user.communicate()
    with Cluster(home, throwaway=True) as running:
        assert running.pid == pid
    assert runs_for(home) is None


def test_a_left_over_record_of_a_reused_process_id_does_not_stop_a_start(home):
    with Cluster(home, throwaway=True):
        pass
    layout = lay_out(home, account_for(home))
    (layout.data / "postmaster.pid").write_text(f"{os.getpid()}\n{layout.data}\n0\n5432\n/nowhere\n\n\nready\n")
    with Cluster(home, throwaway=True) as running:
        assert one(running.superuser_url(), "SELECT 1") == 1


def test_a_first_start_that_was_cut_off_is_made_anew(home):
    layout = lay_out(home, account_for(home))
    (layout.place / "data.new").mkdir()
    (layout.place / "data.new" / "half").write_text("half")
    with Cluster(home, throwaway=True) as running:
        assert one(running.superuser_url(), "SELECT 1") == 1


def test_a_long_path_gets_a_short_socket_and_cleans_it_up(home):
    long = home / ("a" * 60) / ("b" * 60)
    with Cluster(long, throwaway=True) as running:
        assert len(running.socket) < 100
        assert one(running.superuser_url(), "SELECT 1") == 1
    assert not Path(running.socket).exists()
    shutil.rmtree(lay_out(long, account_for(long)).place)


def test_data_of_another_major_version_is_refused_with_the_way_out(home):
    with Cluster(home, throwaway=True):
        pass
    (lay_out(home, account_for(home)).data / "PG_VERSION").write_text("14\n")
    with pytest.raises(DatabaseUnavailable, match=r"made by PostgreSQL 14.*VEDETTE_POSTGRES_BIN"):
        Cluster(home).start()


def test_lost_passwords_are_said_in_one_sentence(home):
    with Cluster(home, throwaway=True):
        pass
    (home / "database-passwords.json").unlink()
    with pytest.raises(DatabaseUnavailable, match="does not fit the database"):
        Cluster(home, throwaway=True).start()
    wait_until(lambda: runs_for(home) is None)


def test_a_home_that_cannot_be_made_is_said_in_one_sentence(home):
    home.write_text("a file, not a folder")
    try:
        with pytest.raises(DatabaseUnavailable, match="name another in VEDETTE_HOME"):
            Cluster(home).start()
    finally:
        home.unlink()


def test_a_full_disk_is_said_before_anything_is_made(home, monkeypatch):
    monkeypatch.setattr(launching, "SPACE_NEEDED", 1 << 60)
    with pytest.raises(DatabaseUnavailable, match="is full"):
        Cluster(home).start()


def test_programs_that_are_missing_or_too_old_are_refused(home, monkeypatch, tmp_path):
    monkeypatch.setenv("VEDETTE_POSTGRES_BIN", str(home.parent / "nowhere"))
    with pytest.raises(DatabaseUnavailable, match="does not hold postgres and initdb"):
        Cluster(home).start()
    old = home.parent / "old"
    old.mkdir()
    for name in ("postgres", "initdb"):
        (old / name).write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 14.2'\n")
        (old / name).chmod(0o755)
    old.chmod(0o755)
    monkeypatch.setenv("VEDETTE_POSTGRES_BIN", str(old))
    with pytest.raises(DatabaseUnavailable, match=f"version 14; Vedette needs {OLDEST}"):
        Cluster(home).start()


@pytest.mark.skipif(not (DEBIAN_15 / "postgres").exists(), reason="Debian's PostgreSQL 15 is not installed")
def test_debians_postgresql_15_serves_as_well(home, monkeypatch):
    monkeypatch.setenv("VEDETTE_POSTGRES_BIN", str(DEBIAN_15))
    with contextlib.closing(Closing(home)) as started:
        assert str(one(started.running.owner_url("vedette"), "SHOW server_version")).startswith("15")
        order = "SELECT string_agg(w, '' ORDER BY w) FROM unnest(ARRAY['b','A','a','B']) AS w"
        assert one(started.running.owner_url("vedette"), order) == "ABab"


@AS_ROOT
def test_root_hands_the_server_to_an_unprivileged_account(home):
    with Cluster(home, throwaway=True) as running:
        account = server_account()
        assert Path(f"/proc/{running.pid}").stat().st_uid == account.uid != 0
        groups = next(
            line for line in Path(f"/proc/{running.pid}/status").read_text().splitlines() if line.startswith("Groups")
        )
        assert groups.split() == ["Groups:"]


@AS_ROOT
def test_a_home_closed_to_the_account_keeps_its_data_on_open_ground(home):
    home.mkdir(mode=0o700)
    with Cluster(home, throwaway=True) as running:
        place = lay_out(home, account_for(home)).place
        assert home not in place.parents
        assert one(running.superuser_url(), "SELECT 1") == 1


@AS_ROOT
def test_an_ordinary_user_starts_it_and_root_shares_it_afterwards(home):
    account = server_account()
    python = next(
        (path for path in (sys.executable, f"/usr/bin/python3.{sys.version_info[1]}") if runnable(account, path)), ""
    )
    if not python:
        pytest.skip("no Python of this version is within an ordinary user's reach")
    home.mkdir()
    os.chown(home, account.uid, account.gid)
    user = another_process(home, HOLD, python=python, cwd="/", **account.process_arguments())
    pid = int(user.stdout.readline())
    assert Path(f"/proc/{pid}").stat().st_uid == account.uid
    with Cluster(home, throwaway=True) as running:
        assert running.pid == pid
    assert "stopped" in user.communicate("\n", timeout=30)[0]
    assert runs_for(home) is None


@AS_ROOT
def test_an_ordinary_user_is_told_that_the_folder_is_roots(home):
    account = server_account()
    python = next(
        (path for path in (sys.executable, f"/usr/bin/python3.{sys.version_info[1]}") if runnable(account, path)), ""
    )
    if not python:
        pytest.skip("no Python of this version is within an ordinary user's reach")
    with Cluster(home, throwaway=True):
        pass
    refused = another_process(home, HOLD, python=python, cwd="/", stderr=subprocess.PIPE, **account.process_arguments())
    assert "DatabaseUnavailable: The data folder" in refused.communicate("\n", timeout=30)[1]


def runnable(account, path: str) -> bool:
    return Path(path).exists() and can_reach(account, Path(path)) and can_reach(account, SOURCE)


def run_statement(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


class Closing:
    """A server with the database `vedette` in it."""

    def __init__(self, home: Path) -> None:
        self.cluster = Cluster(home, throwaway=True)
        self.running: Running = self.cluster.start()
        self.cluster.ensure_database("vedette")

    def close(self) -> None:
        self.cluster.stop()


def test_stopping_what_does_not_run_says_so(home):
    assert stop_server(lay_out(home, account_for(home))) is False
