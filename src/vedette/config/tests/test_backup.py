"""Backup and restore for real: elsewhere, equal by content, with proofs that still verify; and what is refused."""

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from vedette.agencies import keyfile
from vedette.agencies.actions import record_agency
from vedette.agencies.keys import checkpoint_now, sign
from vedette.audit.actions import record
from vedette.audit.sealing import seal
from vedette.config import archive
from vedette.config.archive import BadArchive
from vedette.config.backup import backup, restore, say_key
from vedette.config.contents import content_hashes, differences
from vedette.config.postgres.cluster import Cluster
from vedette.kit.actions import install

pytestmark = pytest.mark.fault
VERIFY = """
import django; django.setup()
from vedette.agencies.keys import checkpoint_now, log_keys
from vedette.audit.actions import record
from vedette.audit.command import verify_log
from vedette.audit.models import Entry
from vedette.audit.sealing import seal
assert verify_log(log_keys()) == 0
before = Entry.objects.filter(seq__isnull=True).count()
record(None, "sheet.opened", [])
assert seal() == before + 1, "what came unsealed is sealed once, and so is what is new"
assert list(Entry.objects.filter(seq__isnull=True).values_list("code", flat=True)) == ["log.moved"]
assert seal() == 1
seqs = list(Entry.objects.order_by("seq").values_list("seq", flat=True))
assert seqs == list(range(len(seqs)))
import datetime
assert checkpoint_now(datetime.timedelta(0)).size == len(seqs)
assert verify_log(log_keys()) == 0
"""


@pytest.fixture
def house(transactional_db, settings, tmp_path) -> Path:
    """A small installation: keys, a sealed log with a checkpoint, entries that wait, stored files, a session."""
    settings.VEDETTE_KEY_FILE = tmp_path / "vedette.key"
    home = record_agency(key="home", name="Home Department", kind="home")
    install("real", home.id)
    sign({})
    for _ in range(20):
        record(None, "sheet.opened", [uuid.uuid4()], "é to read “it”")
    seal()
    checkpoint_now()
    record(None, "sheet.opened", [uuid.uuid4()], "waits")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_session VALUES ('a session', '', now())")
    files = tmp_path / "files"
    (files / "ab" / "cd").mkdir(parents=True)
    (files / "ab" / "cd" / "abcd01").write_bytes(os.urandom(100_000))
    (files / "incoming").mkdir()
    (files / "incoming" / "half").write_bytes(b"half an upload")
    return tmp_path


def source_url() -> str:
    facts = connection.get_connection_params()
    return psycopg.conninfo.make_conninfo(
        **{name: facts[name] for name in ("dbname", "user", "password", "host", "port") if facts.get(name)}
    )


@pytest.fixture
def saved(house) -> tuple[Path, dict]:
    """A backup of the small installation."""
    target = house / "saved.vedette"
    return target, backup(source_url(), house / "files", house / "vedette.key", target)


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """An empty house on a server of its own: other program, other cluster, transaction ids from the start."""
    folder = Path(tempfile.mkdtemp(prefix="vt-", dir="/tmp"))
    folder.chmod(0o711)
    cluster = Cluster(folder / "home", throwaway=True)
    running = cluster.start()
    cluster.ensure_database("vedette")
    yield running.owner_url("vedette")
    cluster.stop()
    shutil.rmtree(folder, ignore_errors=True)


def test_restored_elsewhere_every_table_is_equal_and_the_proofs_still_verify(house, saved, elsewhere):
    target, manifest = saved
    restore(elsewhere, house / "restored", target, archive.read_manifest(target))
    with psycopg.connect(elsewhere) as there, psycopg.connect(source_url()) as here:
        assert differences(content_hashes(here), content_hashes(there)) == []
        assert there.execute("SELECT count(*) FROM django_session").fetchone() == (0,)
    assert manifest["tables"]["audit_entry"]["rows"] == 21
    name = Path("ab/cd/abcd01")
    assert (house / "restored" / name).read_bytes() == (house / "files" / name).read_bytes()
    assert not (house / "restored" / "incoming").exists()
    given = {
        "PYTHONPATH": ":".join(sys.path),
        "DJANGO_SETTINGS_MODULE": "vedette.config.settings",
        "VEDETTE_DB": elsewhere,
    }
    given |= {"VEDETTE_KEY_FILE": str(house / "vedette.key"), "VEDETTE_SECRET": "x", "VEDETTE_HOME": str(house)}
    done = subprocess.run([sys.executable, "-c", VERIFY], env=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_master_key_is_not_in_the_backup_and_its_loss_is_said(house, saved, elsewhere):
    target, manifest = saved
    key = keyfile.read_key(house / "vedette.key")
    raw = target.read_bytes()
    assert key not in raw
    assert (house / "vedette.key").read_bytes().strip() not in raw
    assert target.stat().st_mode & 0o777 == 0o600
    restore(elsewhere, house / "restored", target, manifest)
    assert (
        say_key(elsewhere, house / "vedette.key", manifest)
        == "The master key is the backup's: open are 2 signing keys."
    )
    missing = say_key(elsewhere, house / "gone.key", manifest)
    assert "vedette key import" in missing
    assert "stay closed: 2 signing keys" in missing
    keyfile.make_key(house / "other.key")
    assert "another one than the backup's" in say_key(elsewhere, house / "other.key", manifest)


def test_a_backup_is_restored_only_into_an_empty_house(house, saved, elsewhere):
    target, manifest = saved
    with pytest.raises(BadArchive, match="is not empty"):
        restore(source_url(), house / "restored", target, manifest)
    with pytest.raises(BadArchive, match="stored files"):
        restore(elsewhere, house / "files", target, manifest)
    with pytest.raises(BadArchive, match="later one"):
        restore(elsewhere, house / "restored", target, {**manifest, "server_major": 99})


def test_an_existing_file_is_never_written_over(house, saved):
    with pytest.raises(BadArchive, match="already"):
        backup(source_url(), house / "files", house / "vedette.key", saved[0])


def test_a_key_among_the_stored_files_stops_the_backup(house):
    keyfile.make_key(house / "files" / "vedette.key")
    with pytest.raises(BadArchive, match="never holds it"):
        backup(source_url(), house / "files", house / "files" / "vedette.key", house / "b")
    assert sorted(path.name for path in house.iterdir()) == ["files", "vedette.key"]


def test_a_damaged_backup_is_refused_and_leaves_the_house_empty(house, saved, elsewhere):
    target, manifest = saved
    raw = bytearray(target.read_bytes())
    raw[len(raw) // 2] ^= 1
    (house / "flipped").write_bytes(raw)
    (house / "cut").write_bytes(target.read_bytes()[: len(raw) // 2])
    for name in ("flipped", "cut"):
        with pytest.raises(BadArchive):
            restore(elsewhere, house / "restored", house / name, manifest)
        assert not (house / "restored").exists()
        with psycopg.connect(elsewhere) as there:
            assert content_hashes(there) == {}


def hostile(path: Path, name: str, kind: bytes = tarfile.REGTYPE) -> dict:
    """An archive whose manifest names a path that leads out of the house."""
    manifest = {"form": archive.FORM, "database": "", "files": {name.removeprefix("files/"): ""}}
    with tarfile.open(path, "w") as tar:
        for member_name, body in ((archive.MANIFEST, json.dumps(manifest).encode()), (name, b"x")):
            member = tarfile.TarInfo(member_name)
            member.size = len(body)
            if member_name == name and kind != tarfile.REGTYPE:
                member.type, member.linkname, member.size = kind, "/etc/passwd", 0
            tar.addfile(member, io.BytesIO(body) if member.size else None)
    return archive.read_manifest(path)


@pytest.mark.parametrize("name", ["files/../../out", "/etc/out", "files//out", "files/a/../../../out", "files/.hidden"])
def test_a_path_that_leads_out_of_the_folder_is_refused(tmp_path, name):
    manifest = hostile(tmp_path / "bad", name)
    into = tmp_path / "into"
    with pytest.raises(BadArchive):
        archive.unpack(tmp_path / "bad", manifest, into)
    assert not list(tmp_path.rglob("out"))


def test_a_link_in_a_backup_is_refused(tmp_path):
    manifest = hostile(tmp_path / "bad", "files/a", tarfile.SYMTYPE)
    with pytest.raises(BadArchive):
        archive.unpack(tmp_path / "bad", manifest, tmp_path / "into")


@pytest.mark.parametrize("raw", [b"", b"nonsense" * 1000, b"\x1f\x8b" + b"0" * 500])
def test_a_file_that_is_no_backup_is_refused(tmp_path, raw):
    (tmp_path / "bad").write_bytes(raw)
    with pytest.raises(BadArchive):
        archive.read_manifest(tmp_path / "bad")
