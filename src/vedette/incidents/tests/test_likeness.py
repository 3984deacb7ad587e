"""Analogues: the past incident a practitioner would name comes up early, with reasons, and never the future."""

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from tests.labels.load import rows, view
from vedette.incidents import likeness
from vedette.incidents.likeness import Features, features_from_catalogue, features_from_reports, killed_band, rank

CATALOGUE = Path(likeness.__file__).parent / "catalogue"
MAIN = {
    "paris-2015": "INC-2015-PAR-ATTACKS",
    "mumbai-2008": "INC-2008-BOM-ATTACKS",
    "boston-2013": "INC-2013-BOS-MARATHON",
}
MUMBAI = "2008-11-26-mumbai"


@cache
def entries():
    return [json.loads(line) for line in (CATALOGUE / "incidents.jsonl").read_text(encoding="utf-8").splitlines()]


def reports(name, first=None):
    return [view(row) for row in rows(name) if row["incident_id"] == MAIN[name]][:first]


def ranked(name, first=None, limit=3, as_of=True):
    told = reports(name, first)
    before = told[-1].observed_at if as_of else None
    return [a.entry_id for a in rank(features_from_reports(told), entries(), limit, before=before)]


@pytest.mark.parametrize("first", [10, 11, 12, 13, 14, 15, 20, 30, None])
def test_mumbai_is_among_the_first_three_for_paris(first):
    assert MUMBAI in ranked("paris-2015", first)


def test_mumbai_is_among_the_first_three_for_paris_without_a_moment():
    assert MUMBAI in ranked("paris-2015", as_of=False)


def test_paris_is_among_the_first_three_for_mumbai_when_the_whole_record_is_asked():
    assert "2015-11-13-paris" in ranked("mumbai-2008", as_of=False)


@pytest.mark.parametrize("first", [5, 10, 15])
def test_the_park_bombing_of_1996_leads_for_the_first_hours_of_boston(first):
    assert ranked("boston-2013", first)[0] == "1996-07-27-atlanta"


@pytest.mark.parametrize("name", list(MAIN))
def test_the_entry_of_the_event_itself_is_left_out(name):
    own = {"paris-2015": "2015-11-13-paris", "mumbai-2008": MUMBAI, "boston-2013": "2013-04-15-boston"}[name]
    assert own not in ranked(name, limit=80, as_of=False)


def test_an_as_of_view_knows_no_later_incident():
    moment = datetime(2008, 11, 27, tzinfo=UTC)
    found = rank(features_from_reports(reports("mumbai-2008", 10)), entries(), 80, before=moment)
    starts = {e["id"]: datetime.fromisoformat(e["start"]) for e in entries()}
    assert found
    assert all(starts[a.entry_id] <= moment for a in found)


def test_likeness_says_what_is_alike_and_what_is_not():
    best = rank(features_from_reports(reports("paris-2015", 15)), entries(), 1)[0]
    assert best.entry_id == MUMBAI
    assert any("hostage taking" in r and "multi site" in r for r in best.reasons)
    assert any("sea landing" in d for d in best.differences)


def test_an_entry_is_most_like_itself_once_place_and_time_are_forgotten():
    entry = next(e for e in entries() if e["id"] == MUMBAI)
    stated = features_from_catalogue(entry)
    forgotten = Features(methods=stated.methods, weapons=stated.weapons, targets=stated.targets, sites=stated.sites)
    best = rank(forgotten, entries(), 1)[0]
    assert (best.entry_id, best.score) == (MUMBAI, 1.0)


def test_no_reports_give_empty_features_and_scores_of_nothing():
    assert features_from_reports([]) == Features()
    assert all(a.score == 0.0 for a in rank(Features(), entries(), 3))


def test_every_term_of_the_lexicon_stands_in_the_vocabulary():
    vocab = json.loads((CATALOGUE / "vocab.json").read_text(encoding="utf-8"))
    for group in likeness.GROUPS:
        known = {t["term"] for t in vocab["method" if group == "methods" else group]}
        assert set(likeness._LEXICON[group]) <= known


@pytest.mark.parametrize(
    ("killed", "band"), [(None, ""), (0, "nobody killed"), (9, "up to 9 killed"), (130, "50 to 199 killed")]
)
def test_tolls_are_compared_in_bands(killed, band):
    assert killed_band(killed) == band
