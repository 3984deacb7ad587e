"""A reader's language: chosen once, else his browser's; the API speaks English whatever is asked."""

import re

import pytest
from django.conf import settings
from django.test import Client

from tests.cast import Cast, the_cast
from vedette.config import catalogues
from vedette.web.language.asked import language_asked
from vedette.web.stream import broadcast

pytestmark = pytest.mark.django_db
FRENCH = {"HTTP_ACCEPT_LANGUAGE": "fr-CA,fr;q=0.9,en;q=0.5"}
COOKIE = settings.LANGUAGE_COOKIE_NAME


@pytest.fixture(autouse=True, scope="module")
def compiled() -> None:
    catalogues.compile_stale()


@pytest.fixture
def cast(db: None) -> Cast:
    return the_cast()


@pytest.mark.parametrize(
    ("chosen", "accepted", "code"),
    [
        ("", "", "en"),
        ("", "fr-CA,fr;q=0.9,en;q=0.5", "fr"),
        ("", "de,fr;q=0.5", "fr"),
        ("", "de,*", "en"),
        ("en", "fr", "en"),
        ("fr", "en", "fr"),
        ("xx", "fr", "fr"),
        ("../fr", "\x00;q=nan", "en"),
    ],
)
def test_what_was_chosen_counts_first_then_what_the_browser_accepts(chosen: str, accepted: str, code: str) -> None:
    assert language_asked(chosen, accepted) == code


@pytest.mark.parametrize(("header", "code", "words"), [({}, "en", "Sign in"), (FRENCH, "fr", "Se connecter")])
def test_the_page_says_its_language_and_which_way_it_runs(header: dict[str, str], code: str, words: str) -> None:
    page = Client(**header).get("/sign-in/").content.decode()
    assert f'<html lang="{code}"' in page and 'dir="ltr"' in page
    assert words in page


def test_the_language_that_was_chosen_stays_and_leads_back_to_the_page() -> None:
    reader = Client()
    answer = reader.post("/language/", {"language": "fr", "next": "/sign-in/?next=/incidents/"})
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/incidents/")
    kept = answer.cookies[COOKIE]
    assert kept.value == "fr" and kept["httponly"] and kept["samesite"] == "Lax" and kept["max-age"] > 10**7
    assert "Se connecter" in reader.get("/sign-in/").content.decode()
    reader.post("/language/", {"language": "en"})
    assert '<html lang="en"' in reader.get("/sign-in/", **FRENCH).content.decode()


@pytest.mark.parametrize("away", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "", "x"])
def test_choosing_a_language_never_leads_out_of_the_house(away: str) -> None:
    assert Client().post("/language/", {"language": "fr", "next": away})["Location"] == "/"


@pytest.mark.parametrize("code", ["", "xx", "fr-CA", "fr\r\nSet-Cookie: a=b"])
def test_a_language_that_is_not_ours_is_refused_and_nothing_is_kept(code: str) -> None:
    answer = Client().post("/language/", {"language": code, "next": "/"})
    assert answer.status_code == 422 and COOKIE not in answer.cookies


def test_a_form_of_another_site_chooses_nothing() -> None:
    answer = Client(enforce_csrf_checks=True).post("/language/", {"language": "fr"})
    assert answer.status_code == 403 and COOKIE not in answer.cookies


def test_a_refusal_is_said_in_the_readers_language_on_a_page_and_in_english_by_the_api(cast: Cast) -> None:
    partner = cast.signed_in("north_1")
    page = partner.get("/programme/", **FRENCH)
    assert page.status_code == 403 and "Seul le service d’attache peut voir le programme." in page.content.decode()
    said = partner.get("/api/v1/orders/mine", **FRENCH).content.decode()
    assert "service d’attache" not in said
    officer = cast.signed_in("officer_a")
    refused = officer.post("/api/v1/reports", {"kind": "gossip"}, content_type="application/json", **FRENCH)
    assert 400 <= refused.status_code < 500 and "’" not in refused.json()["reason"]


def test_an_open_screen_gets_its_rows_in_its_own_language(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    report, viewer = cast.report(), cast.viewer("watch")
    monkeypatch.setattr(broadcast, "close_old_connections", lambda: None)

    def row_in(language: str) -> str:
        screen = broadcast.Client(viewer, "", language)
        monkeypatch.setattr(broadcast, "log_shown", lambda shown: None)
        return "".join(screen.catch_up([(1, "report.filed", [str(report.pk)])]))

    assert "Ponctuel" in row_in("fr") and "Ponctuel" not in row_in("en")
    found, _alive = broadcast._handed_out_in("fr", (1, "report.filed", (str(report.pk),)), [viewer], set())
    assert "Ponctuel" in found[viewer]
    # A figure for a script keeps its point where a language writes a comma.
    assert re.search(r"data-at=..\d+\.\d+", found[viewer])
