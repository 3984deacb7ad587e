"""The command line, without any database."""

import importlib.util
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from vedette import cli
from vedette.config import deployment, frontend, serve, testing
from vedette.config.processes import Child, Supervisor

ROOT = Path(__file__).resolve().parents[4]


def test_help_lists_exactly_the_commands_whose_module_is_there(capsys):
    assert cli.main(["help"]) == 0
    listed = [line.split()[0] for line in capsys.readouterr().out.splitlines() if line.startswith("  ")]
    there = [name for name, command in cli.COMMANDS.items() if cli._exists(command.module)]
    assert listed == there
    assert {"serve", "test", "check", "db"} <= set(listed)


def test_each_listed_command_has_its_function():
    for command in cli.available().values():
        assert callable(getattr(importlib.import_module(command.module), command.function))


def test_an_unknown_command_is_answered_with_the_list(capsys):
    assert cli.main(["serv"]) == 2
    assert "There is no command 'serv'" in capsys.readouterr().err


def test_the_launcher_is_stdlib_only_and_parses_on_an_old_python():
    import ast

    tree = ast.parse((ROOT / "vedette").read_text(), feature_version=(3, 7))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert imported <= set(sys.stdlib_module_names)
    assert (ROOT / "vedette").stat().st_mode & stat.S_IXUSR


def test_a_taken_port_is_refused_with_a_free_one():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(serve.ServeRefused, match=rf"Port {port} on 127.0.0.1 is taken .* --port \d+\.$"):
            serve.check_free("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(serve.ServeRefused, match=r"has no address 192\.0\.2\.1"):
        serve.check_free("192.0.2.1", 8000)


def test_the_servers_process_is_never_told_the_owners_address(monkeypatch):
    monkeypatch.setenv("VEDETTE_DATABASE_URL", "postgresql://owner:secret@host/vedette")
    settings = {"VEDETTE_DB": "postgresql://app@/x", "VEDETTE_DB_OWNER": "postgresql://owner:secret@/x"}
    for_app = serve.child_environment(settings)
    assert "secret" not in " ".join(value for name, value in for_app.items() if name.startswith("VEDETTE_"))
    assert serve.child_environment(settings, owner=True)["VEDETTE_AS_OWNER"] == "1"


def test_the_counts_come_from_pytests_report(tmp_path):
    report = tmp_path / "r.xml"
    report.write_text('<testsuites><testsuite tests="9" failures="1" errors="2" skipped="3"/></testsuites>')
    assert str(testing.read_report(report)) == "3 passed, 3 failed, 3 skipped"
    assert str(testing.read_report(tmp_path / "none.xml")) == "0 passed, 0 failed, 0 skipped"


def test_every_test_is_in_exactly_one_tier():
    from itertools import chain, combinations

    marks = ("browser", "phone", "look", "fault", "peer", "whole", "page")
    for chosen in chain.from_iterable(combinations(marks, size) for size in range(len(marks) + 1)):
        names = {mark: mark in chosen for mark in marks}
        tiers = [name for name, tier in testing.TIERS.items() if eval(tier.marks, {}, names)]
        assert len(tiers) == 1, (chosen, tiers)


def test_an_icon_becomes_a_symbol_without_its_frame():
    frame = '<svg width="24"\n viewBox="0 0 24 24">\n  <path stroke="none" d="M0 0h24v24H0z" fill="none" />\n'
    svg = frame + '  <path d="M1 1" />\n</svg>'
    assert frontend.symbol("dot", svg) == '<symbol id="i-dot" viewBox="0 0 24 24"><path d="M1 1" /></symbol>'


def test_the_icon_list_is_sorted_and_without_doubles():
    names = frontend.ICONS.read_text().split()
    assert names == sorted(set(names))


def test_no_committed_file_names_a_package_registry():
    lock = (ROOT / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert "://" not in (ROOT / "requirements.lock").read_text() + (ROOT / "requirements-dev.lock").read_text()


def test_a_secret_that_others_can_read_fails_the_look(tmp_path):
    key = tmp_path / "key"
    key.write_text("x")
    key.chmod(0o644)
    assert deployment._private_file(key, "the key", needed=True).state == "fails"
    key.chmod(0o600)
    assert deployment._private_file(key, "the key", needed=True).state == "ok"


@pytest.mark.fault
def test_a_failing_child_is_started_again_and_given_up_after_three_quick_failures(tmp_path, capfd):
    note = tmp_path / "starts"
    body = f"open({str(note)!r}, 'a').write('x'); raise SystemExit(4)"
    supervisor = Supervisor([Child("the child", [sys.executable, "-c", body], {})])
    before = time.monotonic()
    assert supervisor.run() == 1
    assert note.read_text() == "xxx"
    assert 3 <= time.monotonic() - before < 20
    assert "the child ended with code 4; starting it again in 1 s" in capfd.readouterr().err


@pytest.mark.fault
def test_a_supervisor_that_is_asked_ends_all_it_started(tmp_path):
    body = f"""
import sys
sys.path.insert(0, {str(ROOT / "src")!r})
from vedette.config.processes import Child, Supervisor
sleeper = [sys.executable, "-c", "import os, time; print(os.getpid(), flush=True); time.sleep(60)"]
sys.exit(Supervisor([Child("a", sleeper, {{}}), Child("b", sleeper, {{}})]).run())
"""
    parent = subprocess.Popen([sys.executable, "-c", body], stdout=subprocess.PIPE, text=True)
    children = [int(parent.stdout.readline()) for _ in range(2)]
    parent.send_signal(signal.SIGTERM)
    assert parent.wait(20) == 0
    assert not any(Path(f"/proc/{child}").exists() for child in children)
    parent.stdout.close()


@pytest.mark.fault
def test_children_end_with_a_supervisor_that_is_killed(tmp_path):
    body = f"""
import sys
sys.path.insert(0, {str(ROOT / "src")!r})
from vedette.config.processes import Child, Supervisor
sleeper = [sys.executable, "-c", "import os, time; print(os.getpid(), flush=True); time.sleep(60)"]
Supervisor([Child("a", sleeper, {{}})]).run()
"""
    parent = subprocess.Popen([sys.executable, "-c", body], stdout=subprocess.PIPE, text=True)
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 10
    while Path(f"/proc/{child}/cmdline").exists() and Path(f"/proc/{child}/cmdline").read_bytes():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    parent.stdout.close()
