"""The deployment settings: read from the environment only, declared in one table (docs/settings.md is held against it)."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Setting:
    """One environment variable with its default and what it does."""

    name: str
    default: str
    meaning: str


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "VEDETTE_HOME",
        "the user's data folder",
        "where the database, files and keys live; the demonstration has its own folder in it",
    ),
    Setting("VEDETTE_VENV", ".venv in the checkout", "another folder for the Python environment"),
    Setting(
        "VEDETTE_DATABASE_URL",
        "",
        "a PostgreSQL server of your own (15 or later), as the owner; empty: the embedded one",
    ),
    Setting(
        "VEDETTE_APP_DATABASE_URL",
        "",
        "the application's own login at that server, when the owner may not create roles",
    ),
    Setting("VEDETTE_POSTGRES_BIN", "", "other PostgreSQL binaries for the embedded database"),
    Setting("VEDETTE_POSTGRES_USER", "nobody", "the account that runs the embedded database when started as root"),
    Setting("VEDETTE_DB", "", "set by the launcher: the address of the database for this process"),
    Setting("VEDETTE_DB_OWNER", "", "set by the launcher: the same as the owner, for migrations"),
    Setting("VEDETTE_DISK", "", "set by the launcher: the folder of the embedded database, whose disk is watched"),
    Setting("VEDETTE_AS_OWNER", "", "set by the launcher: 1 while migrations run"),
    Setting("VEDETTE_KEY_FILE", "vedette.key in VEDETTE_HOME", "the master key: 32 bytes in base64, mode 0600"),
    Setting("VEDETTE_FILES", "files in VEDETTE_HOME", "the folder of stored files (ciphertext only)"),
    Setting("VEDETTE_SECRET", "made at first start", "the secret that signs cookies and cursors"),
    Setting(
        "VEDETTE_PUBLIC_URL",
        "http(s)://localhost and the port",
        "the address under which others reach this installation",
    ),
    Setting("VEDETTE_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]", "host names that are answered, separated by commas"),
    Setting("VEDETTE_LISTEN", "127.0.0.1", "the address the server listens on"),
    Setting("VEDETTE_PORT", "8000", "the port the server listens on"),
    Setting("VEDETTE_TLS_CERT", "", "a certificate of your own for TLS: the file of the whole chain, PEM"),
    Setting("VEDETTE_TLS_KEY", "", "its key: PKCS#8 in PEM, without a password, mode 0600"),
    Setting(
        "VEDETTE_TLS_AUTHORITY",
        "",
        "set by the launcher: the authority made on first use, which phones are told to trust",
    ),
    Setting(
        "VEDETTE_HSTS", "", "set by the launcher: 1 with a certificate of your own; browsers then come by https only"
    ),
    Setting(
        "VEDETTE_TRUSTED_PROXIES",
        "",
        "addresses of reverse proxies whose word about the asker is taken, separated by commas",
    ),
    Setting("VEDETTE_LOG", "info", "debug, info, warning or error"),
)


def read(name: str) -> str:
    """The value of a declared setting as text; an undeclared name is a programming error (KeyError)."""
    declared = {setting.name: setting for setting in SETTINGS}[name]
    return os.environ.get(declared.name, "")


def home() -> Path:
    """The data folder: VEDETTE_HOME, or the user's data folder."""
    named = read("VEDETTE_HOME")
    if named:
        return Path(named).expanduser().absolute()
    base = os.environ.get("XDG_DATA_HOME") or (os.environ.get("HOME", "") and str(Path.home() / ".local" / "share"))
    return Path(base) / "vedette" if base else Path("/var/lib/vedette")


def key_file() -> Path:
    """The master key file, beside (never inside) what a backup of the database holds."""
    named = read("VEDETTE_KEY_FILE")
    return Path(named).expanduser().absolute() if named else home() / "vedette.key"
