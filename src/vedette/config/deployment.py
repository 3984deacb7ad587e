"""What `vedette check --deployment` can see of this installation: files, modes, addresses, the volume, the database."""

import datetime
import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from vedette.config import certificates, environment, tls
from vedette.config.postgres.account import OPEN_GROUND
from vedette.config.postgres.errors import DatabaseUnavailable
from vedette.config.postgres.running import running_database

ONLY_OWNER = ("database-passwords.json", "external-passwords.json", "secret")
SPACE = 2 * 1024**3
DEFAULT_LISTEN = "127.0.0.1"


@dataclass(frozen=True)
class Finding:
    """One thing looked at: ok, note (a person should judge) or fails, with its sentence."""

    state: str
    sentence: str


def report() -> int:
    """Print every finding; 1 when one fails."""
    found = list(findings())
    for finding in found:
        print(f"{finding.state:<6} {finding.sentence}")
    return 1 if any(finding.state == "fails" for finding in found) else 0


def findings() -> Iterator[Finding]:
    """All that is looked at, in the order of a reader's worry."""
    home, key = environment.home(), environment.key_file()
    yield _private_file(key, "the master key", needed=home.exists())
    for name in ONLY_OWNER:
        if (home / name).exists():
            yield _private_file(home / name, name, needed=False)
    yield _home_folder(home)
    yield _key_apart(key)
    yield _volume(home)
    yield _space(home)
    yield _public_address()
    yield from _certificate()
    yield _database()


def _private_file(path: Path, what: str, *, needed: bool) -> Finding:
    """A secret is a file that only its owner reads, and the owner is this account."""
    if not path.exists():
        return Finding("fails" if needed else "note", f"{what} is not at {path}")
    facts = path.stat()
    if stat.S_IMODE(facts.st_mode) & 0o077:
        return Finding("fails", f"{what} at {path} can be read by others: chmod 0600 {path}")
    if facts.st_uid not in {os.geteuid(), 0}:
        return Finding("fails", f"{what} at {path} belongs to another account than the one that runs Vedette")
    return Finding("ok", f"{what} is readable by its owner only")


def _home_folder(home: Path) -> Finding:
    """Nobody else may write into the data folder."""
    if not home.exists():
        return Finding("note", f"there is no data folder yet ({home})")
    if home.stat().st_mode & 0o022:
        return Finding("fails", f"the data folder {home} can be changed by others: chmod go-w {home}")
    return Finding("ok", f"the data folder {home} is closed to others' changes")


def _key_apart(key: Path) -> Finding:
    """The key must not lie where a backup of the database or of the stored files would take it along."""
    inside = [name for name in ("postgres", "files") if (environment.home() / name) in key.parents]
    if inside:
        return Finding("fails", f"the master key lies inside {inside[0]}, so every backup would carry it: move it")
    return Finding("ok", "the master key lies apart from the database and the stored files")


def _volume(home: Path) -> Finding:
    """Report text is searchable, so it is not encrypted in the tables: the volume must be. We see only dm-crypt."""
    place = home if home.exists() else home.parent
    while not place.exists():
        place = place.parent
    device = place.stat().st_dev
    mark = Path(f"/sys/dev/block/{os.major(device)}:{os.minor(device)}/dm/uuid")
    try:
        encrypted = mark.read_text().startswith("CRYPT-")
    except OSError:
        encrypted = False
    if encrypted:
        return Finding("ok", "the data folder is on an encrypted volume")
    return Finding("note", "no disk encryption is visible from here for the data folder: make sure the volume has it")


def _space(home: Path) -> Finding:
    """Running out of disk stops intake."""
    places = [place for place in (home, OPEN_GROUND) if place.exists()]
    least = min((shutil.disk_usage(place).free for place in places), default=None)
    if least is None:
        return Finding("note", "free space is looked at once there is a data folder")
    return Finding(
        "ok" if least > SPACE else "fails", f"{least / 1024**3:.1f} GB are free for data (2 GB or more wanted)"
    )


def _public_address() -> Finding:
    """Cookies are marked secure only when people come by https."""
    public = environment.read("VEDETTE_PUBLIC_URL") or "http://127.0.0.1:8000"
    if public.startswith("https://"):
        return Finding("ok", f"people come by {public}")
    listen = environment.read("VEDETTE_LISTEN") or DEFAULT_LISTEN
    if listen in {"127.0.0.1", "::1", "localhost"}:
        return Finding("note", f"people come by {public}: only this machine; others need https in VEDETTE_PUBLIC_URL")
    return Finding("fails", f"Vedette listens on {listen} without https: set VEDETTE_PUBLIC_URL to the https address")


def _certificate() -> Iterator[Finding]:
    """A certificate of your own is looked over as the server does at its start; of one it made, the authority's end counts."""
    cert, key = environment.read("VEDETTE_TLS_CERT"), environment.read("VEDETTE_TLS_KEY")
    if not cert and not key:
        yield from _own_certificate()
        return
    try:
        found = tls.certificate_for(environment.home(), DEFAULT_LISTEN, tls.now())
    except tls.CertificateProblem as problem:
        yield Finding("fails", str(problem))
        return
    soon = found.ends - tls.now() < tls.RENEWED_BEFORE
    yield Finding("note" if soon else "ok", f"the certificate ends on {found.ends:%d %B %Y}")
    host = urlsplit(environment.read("VEDETTE_PUBLIC_URL")).hostname or ""
    if host and not any(tls.serves(name, host) for name in found.names):
        yield Finding(
            "fails",
            f"the certificate is not for {host}, by which people come: name another, or change VEDETTE_PUBLIC_URL",
        )


def _own_certificate() -> Iterator[Finding]:
    """What signs it ends some day, and every phone must be told of the next one before."""
    found = tls.own_certificate(environment.home())
    if found is None:
        return
    left = found.authority_ends - tls.now()
    said = f"the authority of the server’s own certificate ends on {found.authority_ends:%d %B %Y}"
    if left > certificates.SERVER_LASTS:
        yield Finding("ok", said)
    else:
        way_out = tls.new_authority(environment.home() / "tls")
        yield Finding("note" if left > datetime.timedelta(0) else "fails", f"{said}: {way_out}")


def _database() -> Finding:
    """The database can be started or reached, and has what Vedette needs."""
    try:
        with running_database("real"):
            return Finding("ok", "the database answers and has the extensions that Vedette needs")
    except DatabaseUnavailable as problem:
        return Finding("fails", str(problem))
