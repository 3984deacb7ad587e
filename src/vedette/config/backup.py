"""`vedette backup FILE` and `vedette restore FILE`: the database and the stored files in one file, never the key."""

import argparse
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from vedette.agencies import keyfile
from vedette.config import archive, dumping, environment
from vedette.config.archive import BadArchive
from vedette.config.contents import content_hashes, differences, tables
from vedette.config.postgres.errors import DatabaseUnavailable
from vedette.config.postgres.running import KINDS, home_for, running_database

FITTING = {"real": {"real", "exercise"}, "demo": {"demonstration"}}
PROBLEMS = (BadArchive, DatabaseUnavailable, dumping.DumpFailed)


def run(argv: list[str]) -> int:
    """Write a backup of the installation while it goes on working."""
    options = _options("backup", "Write one file that holds the database and the stored files.", argv)
    try:
        with running_database(options.kind) as settings:
            made = backup(settings["VEDETTE_DB_OWNER"], *places(options.kind), options.file)
    except PROBLEMS as problem:
        print(problem, file=sys.stderr)
        return 1
    rows = sum(int(table["rows"]) for table in made["tables"].values())
    size = options.file.stat().st_size / 1024**2
    print(f"{options.file}: {len(made['tables'])} tables, {rows:,} rows, {len(made['files']):,} files, {size:,.1f} MB.")
    print("It holds every report in plain text: keep it on an encrypted volume.")
    print("It does not hold the master key: keep `vedette key export` in a safe of its own.")
    return 0


def run_restore(argv: list[str]) -> int:
    """Bring a backup back into an empty installation, and bring it up to date."""
    options = _options("restore", "Bring a backup back into an empty installation.", argv)
    files, key = places(options.kind)
    try:
        manifest = archive.read_manifest(options.file)
        _check_kind(manifest, options.kind)
        with running_database(options.kind) as settings:
            restore(settings["VEDETTE_DB_OWNER"], files, options.file, manifest)
            _bring_up_to_date(settings, options.kind)
            print(f"{options.file} is back: every table and every file equals the backup of {manifest['made_at']}.")
            print(say_key(settings["VEDETTE_DB_OWNER"], key, manifest))
    except PROBLEMS as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def _options(name: str, meaning: str, argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=f"vedette {name}", description=meaning)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--kind", choices=KINDS, default="real", help="the installation (real) or the demonstration")
    return parser.parse_args(argv)


def places(kind: str) -> tuple[Path, Path]:
    """The folder of stored files and the master key file of this kind; the demonstration has its own."""
    if kind != "real":
        return home_for(kind) / "files", home_for(kind) / "vedette.key"
    named = environment.read("VEDETTE_FILES")
    return (Path(named).expanduser().absolute() if named else environment.home() / "files"), environment.key_file()


def backup(owner_url: str, files: Path, key: Path, target: Path) -> dict[str, Any]:
    """Write the backup; database and hashes are of one moment, the files of that moment or later (they only grow)."""
    if target.exists():
        raise BadArchive(f"There is a file {target} already: name another.")
    if not target.absolute().parent.is_dir():
        raise BadArchive(f"There is no folder {target.absolute().parent}.")
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.absolute().parent) as folder:
        dump = Path(folder) / archive.DATABASE
        with psycopg.connect(owner_url) as connection:
            manifest = _facts(connection)
            manifest["tables"] = content_hashes(connection)
            dumping.dump(connection, owner_url, dump)
        found = archive.stored_files(files, key)
        manifest["database"] = archive.digest_of(dump)
        manifest["files"] = {name: archive.digest_of(path) for name, path in found.items()}
        manifest["key_mark"] = keyfile.mark(keyfile.read_key(key)) if key.exists() else ""
        archive.write(target, manifest, dump, found)
    return manifest


def _facts(connection: dumping.Connection) -> dict[str, Any]:
    """What the backup is of; the transaction sees one moment from here on."""
    connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
    if "kit_installation" not in tables(connection):
        raise BadArchive("There is nothing to back up yet: this installation has not been set up.")
    row = connection.execute("SELECT kind, id::text FROM kit_installation").fetchone()
    return {
        "form": archive.FORM,
        "made_at": datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC"),
        "server_major": connection.info.server_version // 10000,
        "kind": row[0] if row else "",
        "installation": row[1] if row else "",
    }


def _check_kind(manifest: dict[str, Any], kind: str) -> None:
    if manifest["kind"] and manifest["kind"] not in FITTING[kind]:
        raise BadArchive(f"This is the backup of a {manifest['kind']} database: it never becomes a {kind} one.")


def restore(owner_url: str, files: Path, source: Path, manifest: dict[str, Any]) -> None:
    """Bring back database and files, all or nothing, and hold every table against the backup."""
    _check_empty(owner_url, files, manifest)
    files.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=files.parent) as folder:
        archive.unpack(source, manifest, Path(folder))
        dumping.restore(owner_url, Path(folder) / archive.DATABASE)
        with psycopg.connect(owner_url) as connection:
            wrong = differences(manifest["tables"], content_hashes(connection))
        if wrong:
            raise BadArchive(f"The restored database differs from the backup in {', '.join(wrong)}: do not use it.")
        unpacked = Path(folder) / archive.FILES
        if unpacked.exists():
            if files.exists():
                files.rmdir()
            unpacked.rename(files)


def _check_empty(owner_url: str, files: Path, manifest: dict[str, Any]) -> None:
    if files.exists() and any(files.iterdir()):
        raise BadArchive(
            f"The folder of stored files {files} is not empty: a backup is restored into an empty house only."
        )
    with psycopg.connect(owner_url) as connection:
        if tables(connection):
            raise BadArchive(
                f"The database {connection.info.dbname} is not empty: a backup is restored into an empty one only."
            )
        major = connection.info.server_version // 10000
    if major < manifest["server_major"]:
        raise BadArchive(
            f"The backup is of PostgreSQL {manifest['server_major']}, this server is {major}: use the same or a later one."
        )


def say_key(owner_url: str, path: Path, manifest: dict[str, Any]) -> str:
    """Whether the master key of the backup is here; what is lost without it."""
    marked = manifest.get("key_mark", "")
    lost = _behind_the_key(owner_url)
    if not lost:
        return "Nothing in it waits for a master key."
    try:
        key = keyfile.read_key(path)
    except keyfile.KeyProblem as problem:
        return f"{problem} Until then these stay closed: {lost}. Reports, trails and everything already signed stand."
    if marked and keyfile.mark(key) != marked:
        return f"The master key at {path} is another one than the backup's ({marked}). These stay closed: {lost}."
    return f"The master key is the backup's: open are {lost}."


def _behind_the_key(owner_url: str) -> str:
    """What only the master key opens, counted."""
    counted = (
        ("agencies_agencykey", "count(*) FILTER (WHERE length(wrapped) > 0)", "signing keys"),
        ("files_storedfile", "count(*) FILTER (WHERE length(wrapped_key) > 0)", "stored files"),
        ("agencies_codesecret", "count(*) FILTER (WHERE until IS NULL)", "second factors"),
    )
    with psycopg.connect(owner_url) as connection:
        there = set(tables(connection))
        found = [
            (row[0], words)
            for table, what, words in counted
            if table in there and (row := connection.execute(f"SELECT {what} FROM {table}").fetchone())  # noqa: S608
        ]
    return ", ".join(f"{number} {words}" for number, words in found if number)


def _bring_up_to_date(settings: dict[str, str], kind: str) -> None:
    """An older version's tables become today's: upgrade by dump."""
    from vedette.config.serve import ServeRefused, prepare

    try:
        prepare(settings, kind)
    except ServeRefused as refusal:
        raise BadArchive(f"The data is back, but: {refusal}") from refusal
