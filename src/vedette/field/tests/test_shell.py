"""The shell of the field app: whole, small, of one version, and without a word of anybody's records."""

import gzip
import re
from pathlib import Path

from django.contrib.staticfiles import finders

from vedette.field import views
from vedette.field.precache import files

ROOM = Path(__file__).resolve().parents[1]
LIMIT = 2 * 1024 * 1024
IMPORTED = re.compile(r'(?:from |import |import\()"([^"]+)"')


def _bytes(name: str) -> bytes:
    return Path(finders.find(name)).read_bytes()


def test_the_shell_and_its_data_take_at_most_two_megabytes_compressed():
    assert sum(len(gzip.compress(_bytes(name))) for name in files()) <= LIMIT


def test_every_module_that_a_module_of_the_shell_imports_is_kept_with_it():
    kept = {f"/static/{name}" for name in files()}
    missing = []
    for name in files():
        if not name.endswith(".js"):
            continue
        folder = Path("/static") / Path(name).parent
        for wanted in IMPORTED.findall(_bytes(name).decode()):
            address = wanted if wanted.startswith("/") else _joined(folder, wanted)
            missing += [f"{name} wants {address}"] if address not in kept else []
    assert missing == []


def _joined(folder: Path, wanted: str) -> str:
    parts: list[str] = []
    for part in [*folder.parts, *wanted.split("/")]:
        if part == "..":
            parts.pop()
        elif part not in (".", "/"):
            parts.append(part)
    return "/" + "/".join(parts)


def test_the_shell_is_the_same_for_everybody_and_holds_every_file_it_names(client, db):
    page = client.get("/field").content.decode()
    kept = {f"/static/{name}" for name in files()}
    named = set(re.findall(r'(?:src|href)="(/static/[^"#]+)', page))
    assert named and named <= kept
    assert "csrf" not in page.lower()


def test_the_page_brings_the_sheets_that_style_its_parts(client, db):
    page = client.get("/field").content.decode()
    loaded = re.findall(r'rel="stylesheet" href="/static/([^"]+)"', page)
    sheets = [f"shell/{file.name}" for file in Path(finders.find("shell/base.css")).parent.glob("*.css")]
    named = {name for said in re.findall(r'class="([^"]*)"', page) for name in said.split()}

    def styled(names):
        text = "".join(_bytes(name).decode() for name in names)
        return {name for name in named if re.search(rf"\.{re.escape(name)}(?![\w-])", text)}

    assert loaded and set(loaded) <= set(files())
    assert styled(sheets) - styled(loaded) == set()


def test_the_worker_names_its_version_and_its_files_and_may_serve_the_app(client, db):
    answer = client.get("/field/sw.js")
    text = answer.content.decode()
    assert answer["Service-Worker-Allowed"] == "/field"
    page = client.get("/field").content.decode()
    assert f'data-version="{text.splitlines()[0].split(chr(34))[1]}"' in page, "of the page that it keeps"
    assert all(f'"/static/{name}"' in text.splitlines()[1] for name in files())


def test_another_language_is_another_version(client, db):
    first = client.get("/field/sw.js", headers={"Accept-Language": "en"}).content
    other = client.get("/field/sw.js", headers={"Accept-Language": "fr"}).content
    assert first.splitlines()[0] != other.splitlines()[0]


def test_whatever_the_page_is_made_of_another_one_is_another_version(client, db, monkeypatch):
    def first_line():
        views._version.cache_clear()
        return client.get("/field/sw.js").content.splitlines()[0]

    first = first_line()
    assert first_line() == first, "the same page is the same version"
    for name in ("BEGAN", "LANGUAGES", "TOLD"):
        with monkeypatch.context() as patch:
            patch.setattr(views, name, (*getattr(views, name), ("new", "New")))
            assert first_line() != first, name
    views._version.cache_clear()


def test_a_stroke_at_the_end_of_the_address_leads_to_the_app(client, db):
    assert client.get("/field/")["Location"] == "/field"


def test_the_manifest_lets_a_phone_install_it(client, db):
    said = client.get("/field/manifest.webmanifest").json()
    assert (said["start_url"], said["scope"], said["display"]) == ("/field", "/field", "standalone")
    assert all(finders.find(icon["src"].removeprefix("/static/")) for icon in said["icons"])


def test_every_key_a_screen_asks_words_for_has_words():
    markup = "".join(file.read_text() for file in (ROOM / "templates").rglob("*.html"))
    lists = {
        found[0]: set(re.findall(r'data-key="([^"]*)"', found[1]))
        for found in re.findall(r'<template id="w-([a-z-]+)">(.*?)</template>', markup, re.DOTALL)
    }
    missing = []
    for file in (ROOM / "static").rglob("*.js"):
        for name, key in re.findall(r'word\("([a-z-]+)", "([a-z-]+)"', file.read_text()):
            missing += [f"{file.name}: {name}.{key}"] if key not in lists.get(name, set()) else []
    assert missing == []
    assert len(re.findall(r'<template id="([vw]-[a-z-]+)"', markup)) == len(
        set(re.findall(r'<template id="([vw]-[a-z-]+)"', markup))
    )
