"""Walked in French, no page shows a sentence of the house in English."""

import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client

from tests.cast import Cast, the_cast
from tests.house.test_catalogues import kept
from vedette.config import catalogues
from vedette.incidents.actions import open_incident

MOST_PAGES, OF_A_SHAPE = 20, 1
SHAPE = re.compile(r"[0-9a-f-]{20,}|[A-Z]{3}-\d+-\d+|=[^&]*")
SPOKEN = ("aria-label", "title", "placeholder", "alt")


class Page(HTMLParser):
    """The texts and the addresses of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.texts += [value for name, value in attrs if name in SPOKEN and value]
        self.links += [value.split("#")[0] for name, value in attrs if name == "href" and value and value[0] == "/"]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.fixture(scope="module")
def english() -> set[str]:
    """What the house says in several English words and otherwise in French."""
    catalogues.compile_stale()
    catalog = kept(catalogues.LOCALE / "fr" / "LC_MESSAGES" / "django.po")
    pairs = [(str(one.id), str(one.string)) for one in catalog if one.id and isinstance(one.id, str)]
    return {plain(ours) for ours, theirs in pairs if " " in ours and plain(ours) != plain(theirs)}


def plain(text: str) -> str:
    return " ".join(text.split()).strip(" .:·").lower()


def walked(reader: Client) -> dict[str, list[str]]:
    """The texts of each page that leads on from the first one, a few of each shape."""
    pages: dict[str, list[str]] = {}
    shapes: Counter[str] = Counter()
    waiting, seen = ["/go/"], {"/go/"}
    while waiting and len(pages) < MOST_PAGES:
        address = waiting.pop(0)
        answer = reader.get(address, follow=True)
        if answer.status_code != 200 or "html" not in answer["Content-Type"]:
            continue
        page = Page(answer.content.decode())
        pages[address] = page.texts
        for link in page.links:
            shape = SHAPE.sub("*", link)
            if link in seen or link.startswith("/static/") or shapes[shape] >= OF_A_SHAPE:
                continue
            seen.add(link)
            shapes[shape] += 1
            waiting.append(link)
    return pages


@pytest.mark.django_db
@pytest.mark.parametrize("seat", ["watch", "auditor", "administrator", "north_1"])
def test_no_page_shows_a_sentence_of_the_house_in_english(seat: str, english: set[str]) -> None:
    cast: Cast = the_cast()
    report = cast.report()
    open_incident(cast.viewer("watch"), report=report)
    reader = cast.signed_in(seat)
    reader.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"
    pages = walked(reader)
    found = {(address, text.strip()) for address, texts in pages.items() for text in texts if plain(text) in english}
    assert found == set()
    assert len(pages) > 3 and any("é" in text for texts in pages.values() for text in texts)
    reader.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert any(plain(text) in english for text in Page(reader.get("/go/", follow=True).content.decode()).texts)
