"""Search in the browser: every hit says why, counts are the viewer's own, the palette takes the same road."""

import pytest

from tests.cast import WORD
from vedette.web.search.found import pieces_of

pytestmark = pytest.mark.django_db


def test_a_hit_shows_its_reference_its_reason_and_the_words_marked(cast):
    report = cast.report()
    page = cast.signed_in("watch").get("/search/", {"q": WORD}).content.decode()
    assert report.sheet.reference in page and "the words" in page and f"<mark>{WORD}</mark>" in page


def test_what_may_not_be_seen_is_neither_shown_nor_counted(cast):
    cast.report(names_person=True)
    page = cast.signed_in("narrow").get("/search/", {"q": WORD}).content.decode()
    assert "Nothing found" in page and WORD not in page.replace(f'value="{WORD}"', "").replace(
        f"<title>{WORD}", ""
    ).replace(f"q={WORD}", "")


def test_a_kind_narrows_the_hits(cast):
    cast.report()
    page = cast.signed_in("watch").get("/search/", {"q": WORD, "kind": "received"}).content.decode()
    assert "Nothing found" in page


def test_what_is_searched_for_is_never_markup(cast):
    page = cast.signed_in("watch").get("/search/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page


def test_the_palette_answers_label_reason_address_and_sign(cast):
    report = cast.report()
    found = cast.signed_in("watch").get("/search/palette", {"q": WORD}).json()["results"]
    assert found[0]["href"] == f"/?report={report.pk}" and found[0]["why"] == report.sheet.reference
    assert cast.signed_in("north_1").get("/search/palette", {"q": WORD}).json() == {"results": []}


@pytest.mark.parametrize(
    ("excerpt", "pieces"),
    [
        ("a «b» c", [("a ", False), ("b", True), (" c", False)]),
        ("plain", [("plain", False)]),
        ("lone « mark", [("lone ", False), ("« mark", False)]),
        ("", []),
    ],
)
def test_an_excerpt_is_cut_at_its_marks(excerpt, pieces):
    assert pieces_of(excerpt) == pieces
