"""What the phone keeps to work without a network: the list of the shell's files, and one version over all of it."""

import hashlib
import re
from functools import cache
from pathlib import Path
from posixpath import join, normpath

from django.contrib.staticfiles import finders
from django.templatetags.static import static

ROOM = Path(__file__).resolve().parent
# What a module names at its head; `import("...")` fetches later.
IMPORTED = re.compile(r'(?:from|import) "(\.[^"]+)"')
STYLES = ("tokens", "base", "shell", "marks", "rows", "tables", "pictures", "float", "state")
# Arabic, Hebrew and Devanagari words are shown in the phone's own letters: their fonts would be a fifth of the shell.
FONTS = ("inter-latin", "inter-latin-ext", "inter-cyrillic", "inter-greek")
VENDOR = ("idb.js", "tus.min.js", "places/places.dat")
SHARED = ("shell/theme.js", "shell/lengths.js", "shell/vedette.svg", "vendor/icons.svg")


@cache
def files() -> tuple[str, ...]:
    """The static files of the shell, by their names under the static address, in a fixed order."""
    own = sorted(file for file in (ROOM / "static").rglob("*") if file.is_file())
    jose = sorted((_folder("vendor/jose")).rglob("*.js"))
    names = [file.relative_to(ROOM / "static").as_posix() for file in own]
    names += [f"shell/{name}.css" for name in STYLES] + [f"vendor/fonts/{name}.woff2" for name in FONTS]
    names += [f"vendor/{name}" for name in VENDOR] + list(SHARED)
    return (*names, *(f"vendor/jose/{file.relative_to(_folder('vendor/jose')).as_posix()}" for file in jose))


def _folder(name: str) -> Path:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(f"The front-end files are not made: {name} is missing.")
    return Path(found)


def version(page: str) -> str:
    """The first 16 hexadecimal digits over every file of the shell and its page, as it is sent but for this number."""
    return hashlib.sha256(_files_sum() + page.encode()).hexdigest()[:16]


@cache
def _files_sum() -> bytes:
    sums = hashlib.sha256()
    for name in files():
        sums.update(name.encode() + b"\0" + _folder(name).read_bytes() + b"\0")
    return sums.digest()


@cache
def modules() -> list[str]:
    """The modules without which the app does not begin, so that a phone fetches them at once and not one after the other."""
    needed = ["field/app.js"]
    for name in needed:
        folder = f"/{Path(name).parent.as_posix()}"
        found = (normpath(join(folder, way))[1:] for way in IMPORTED.findall(_folder(name).read_text(encoding="utf-8")))
        needed += [one for one in found if one not in needed]
    return [static(name) for name in needed]


def addresses() -> list[str]:
    """The addresses the service worker fetches once and keeps."""
    return [static(name) for name in files()]
