"""Django settings: everything that differs between installations comes from `config.environment`."""

import atexit
import os
import secrets
import shutil
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from vedette.config import environment

SOURCE = Path(__file__).resolve().parent.parent
WEB = SOURCE / "web"
FIELD = SOURCE / "field"
BUILT = SOURCE.parent.parent / "build" / "static"
TESTING = bool(os.environ.get("PYTEST_VERSION"))


def _secret() -> str:
    """The signing secret: from the environment, else made once and kept (mode 0600) in the data folder."""
    named = environment.read("VEDETTE_SECRET")
    if named:
        return named
    if TESTING:
        return "a fixed secret for tests only, never for a real installation"
    file = environment.home() / "secret"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "w") as handle:
            handle.write(secrets.token_urlsafe(48))
    return file.read_text()


def _database(url: str) -> dict[str, Any]:
    """A Django database entry from a PostgreSQL address; query parameters become connection options."""
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    # Short questions with many parts: compiling one cost 0.7 s where answering it took 0.4 ms (PostgreSQL 15).
    options["options"] = f"-c jit=off {options.get('options', '')}".strip()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "vedette",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or options.pop("port", "")),
        "OPTIONS": options,
        # A fixed set of threads answers requests (config/threads.py), and each keeps its connection.
        "CONN_MAX_AGE": 0 if TESTING else None,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }


_owner = environment.read("VEDETTE_AS_OWNER") == "1"
DATABASES = {
    "default": _database(environment.read("VEDETTE_DB_OWNER" if _owner else "VEDETTE_DB") or "postgresql:///vedette")
}

# Ciphertext only; never below a folder that is served.
VEDETTE_DISK = environment.read("VEDETTE_DISK")
VEDETTE_FILES = environment.read("VEDETTE_FILES") or str(environment.home() / "files")


def _key_file() -> Path:
    """Where the master key lies; tests have one of their own, gone with them."""
    if not TESTING:
        return environment.key_file()
    folder = tempfile.mkdtemp(prefix="vedette-key-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder) / "vedette.key"


SECRET_KEY = _secret()
VEDETTE_KEY_FILE = _key_file()
DEBUG = False
ALLOWED_HOSTS = [
    host.strip()
    for host in (environment.read("VEDETTE_ALLOWED_HOSTS") or "127.0.0.1,localhost,[::1]").split(",")
    if host.strip()
]
if TESTING:
    ALLOWED_HOSTS += ["testserver"]
PUBLIC_URL = environment.read("VEDETTE_PUBLIC_URL") or "http://127.0.0.1:8000"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
# The authority of our own that phones are told to trust; a certificate of the world's is never made optional again by a browser.
VEDETTE_TLS_AUTHORITY = environment.read("VEDETTE_TLS_AUTHORITY")
VEDETTE_HSTS = environment.read("VEDETTE_HSTS") == "1"

# The rooms, lowest first; each is a Django app whose label is its folder's name.
ROOMS = [
    room
    for room in (
        "kit",
        "audit",
        "live",
        "places",
        "agencies",
        "handling",
        "search",
        "files",
        "alerts",
        "programme",
        "funding",
        "reporting",
        "incidents",
        "response",
        "lessons",
        "sharing",
        "exercises",
        "handsets",
        "account",
    )
    if (SOURCE / room / "__init__.py").exists()
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    *[f"vedette.{room}" for room in ROOMS],
    "vedette.web",
]
AUTH_USER_MODEL = "agencies.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

MIDDLEWARE = [
    "vedette.config.squeezing.Squeezed",
    "vedette.config.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "vedette.config.middleware.Languages",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "vedette.config.middleware.RoomLeft",
    "vedette.config.middleware.DatabaseAway",
    "vedette.config.middleware.RefusalPages",
    "vedette.agencies.signin.SeatMiddleware",
    "vedette.config.middleware.LiveMark",
]
ROOT_URLCONF = "vedette.config.urls"
ASGI_APPLICATION = "vedette.config.asgi.application"
CSRF_FAILURE_VIEW = "vedette.web.shell.views.csrf_failure"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [WEB, FIELD / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "vedette.web.shell.context.context",
            ],
            "libraries": {"parts": "vedette.web.parts.templatetags.parts"},
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "vedette.web.parts.templatetags.parts",
            ],
            "loaders": [("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"])],
        },
    }
]

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français")]
LOCALE_PATHS = [SOURCE / "locale"]
LANGUAGE_COOKIE_NAME = "vedette_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60

STATIC_URL = "/static/"
STATICFILES_DIRS = [*sorted(WEB.glob("*/static")), FIELD / "static", *([BUILT] if BUILT.exists() else [])]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = not TESTING and os.environ.get("VEDETTE_LOG") == "debug"
WHITENOISE_MIMETYPES = {".pmtiles": "application/octet-stream"}

SESSION_ENGINE = "vedette.agencies.session_store"
SESSION_COOKIE_NAME = "vedette_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
CSRF_COOKIE_NAME = "vedette_csrf"
SILENCED_SYSTEM_CHECKS: list[str] = []
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
LOGIN_URL = "/sign-in/"
# Proxies whose word on the caller's address is taken; empty: the caller is whoever connects.
TRUSTED_PROXIES = frozenset(filter(None, environment.read("VEDETTE_TRUSTED_PROXIES").split(",")))
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

LOGGING_CONFIG = "vedette.config.logs.configure"
# Django hands this to the function above; it only must not be empty.
LOGGING: dict[str, Any] = {"version": 1}
