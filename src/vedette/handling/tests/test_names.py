"""Names are spotted by form and cue: every mention in the chronologies is found, and most other lines stay quiet."""

import re

import pytest

from tests.labels.load import CHRONOLOGIES, rows
from vedette.handling.names import spot_names

NAMED = re.compile(r"(?:Ajmal )?Kasab|(?:Abdelhamid )?Abaaoud|(?:Tamerlan )?Tsarna(?:y)?ev")


def lines():
    for name in CHRONOLOGIES:
        for row in rows(name):
            yield row["text"] + "\n" + row.get("gloss_en", ""), row["place"]["name"]


def spotted(text, places=()):
    return [s.text for s in spot_names(text, places)]


def test_every_mention_of_the_three_named_persons_is_found():
    mentions = 0
    for text, place in lines():
        spans = spot_names(text, [place])
        for mention in NAMED.finditer(text):
            mentions += 1
            assert any(s.start < mention.end() and mention.start() < s.end for s in spans), mention.group()
    assert mentions >= 9


def test_few_lines_without_a_name_are_marked():
    quiet = [(text, place) for text, place in lines() if not NAMED.search(text)]
    loud = [text for text, place in quiet if spot_names(text, [place])]
    assert len(loud) <= 0.03 * len(quiet)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Suspect is Tsarnayev, seen at the airport.", "Tsarnayev"),
        ("TSARNAEV Tamerlan crossed the border.", "TSARNAEV Tamerlan"),
        ("The man named Mark Brown was held.", "Mark Brown"),
        ("Wife of Mohammed al-Masri called.", "Mohammed al-Masri"),
        ("He is the brother of K. Hassan.", "K. Hassan"),
        ("Salah Abdeslam still at large.", "Salah Abdeslam"),
        ("Colonel Haddad told us.", "Colonel Haddad"),
        ("seen: tsarnayev, at the gate", "tsarnayev"),
        ("Suspect, date of birth 21 October 1986.", "date of birth 21 October 1986"),
        ("né le 3 mars 1987", "né le 3 mars 1987"),
    ],
)
def test_a_name_is_found_by_its_form_or_its_cue(text, name):
    assert name in spotted(text)


@pytest.mark.parametrize(
    "text",
    [
        "La Belle Equipe, Leopold Cafe and Chhatrapati Shivaji Terminus hit; Nariman House next.",
        "FBI and Coast Guard told. Times Square closed.",
        "Claim is al-Mourabitoun with the Maghreb branch of al-Qaida.",
        "Stabbing at Downtown Crossing, one to hospital, one in custody.",
        "",
    ],
)
def test_places_and_organisations_stay_quiet(text):
    assert spotted(text) == []


def test_the_places_of_the_report_itself_are_known():
    text = "Kochi Vallarpadam cleared. Nothing found."
    assert spotted(text) == ["Kochi Vallarpadam"]
    assert spotted(text, ["Vallarpadam terminal, Kochi"]) == []


def test_a_span_holds_the_very_words():
    text = "Held since noon: Abdelhamid Abaaoud, by the host."
    (span,) = spot_names(text)
    assert text[span.start : span.end] == span.text == "Abdelhamid Abaaoud"
