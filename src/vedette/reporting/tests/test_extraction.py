"""Claims proposed from words: right on plain statements, silent where nothing is plainly said."""

import pytest

from tests.labels.load import CHRONOLOGIES, english, rows
from vedette.reporting.extraction import propose_claims
from vedette.reporting.numerals import value_of

KILLED = ("killed", "killed_cst", "killed_bichat", "dead")


def claims(text, kind, **more):
    return [(c.value, c.qualifier) for c in propose_claims(text, **more) if c.kind == kind]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Agency copy citing police sources: at least 18 dead.", [(18, "at least")]),
        ("Officials brief about 118 dead in the hall.", [(118, "about")]),
        ("Dead now seven and likely to rise.", [(7, "")]),
        ("Toll is 130, one of the injured having died.", [(130, "")]),
        ("Police put dead at 80 and rising.", [(80, "")]),
        ("Hospitals over 35 dead.", [(35, "more than")]),
        ("Au moins douze morts.", [(12, "at least")]),
        ("EMS on scene: twelve hurt, no dead.", [(0, "")]),
        ("One fact per msg. Many dead.", []),
        ("Room 12 is dead quiet.", []),
        ("Five dead or wounded.", []),
        ("1,500 people in the hall.", []),
    ],
)
def test_the_killed_are_read_with_their_qualifier(text, expected):
    assert claims(text, "killed") == expected


def test_dead_attackers_are_not_counted_among_the_victims():
    found = [c for c in propose_claims("Seven attackers dead. 129 dead, 352 injured.") if c.kind == "killed"]
    assert [(c.value, c.subject) for c in found] == [(7, "attackers"), (129, "")]


def test_the_place_named_nearest_is_the_subject_and_else_the_place_of_the_report():
    (named,) = [c for c in propose_claims("At least 12 dead at Charonne.", place="Paris") if c.kind == "killed"]
    (lead,) = [c for c in propose_claims("CST: police say at least 10 dead.", place="Mumbai") if c.kind == "killed"]
    (bare,) = [c for c in propose_claims("At least 12 dead.", place="Paris") if c.kind == "killed"]
    assert (named.subject, lead.subject, bare.subject) == ("Charonne", "CST", "Paris")


def test_a_denied_method_is_proposed_as_denied():
    assert claims("Library: fire, not explosion.", "method") == [("explosion", "denied")]
    assert claims("No gunshots, no suspect. No shots found at any.", "method") == [("gunfire", "denied")]
    assert claims("Explosion at gate H.", "method") == [("explosion", "")]


def test_a_status_said_to_be_untrue_is_denied():
    assert ("over", "denied") in claims("So the siege there is not over.", "status")
    assert ("over", "") in claims("Siege at the Taj is over.", "status")


def test_a_question_claims_nothing():
    assert propose_claims("How many dead? 12 dead?", kind="request") == []


def test_a_span_holds_the_very_words():
    text = "Prefecture now says 26 confirmed dead."
    (claim,) = [c for c in propose_claims(text) if c.kind == "killed"]
    assert text[slice(*claim.span)] == "26 confirmed dead"


@pytest.mark.parametrize(("word", "value"), [("twenty-five", 25), ("1,500", 1500), ("a dozen", 12), ("dozens", None)])
def test_numbers_are_read_in_digits_and_words(word, value):
    assert value_of(word) == value


def test_the_labelled_lines_give_up_their_dead():
    wanted = found = 0
    for name in CHRONOLOGIES:
        for row in rows(name):
            gold = {row["gold"]["claims"].get(k) for k in KILLED} - {None}
            values = {c.value for c in propose_claims(english(row), row["kind"]) if c.kind == "killed"}
            wanted += len(gold)
            found += len(gold & values)
    assert wanted >= 25
    assert found / wanted >= 0.85
