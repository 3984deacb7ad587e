"""Linking is held to its figures on the three replayed chronologies, and to its manners on small cases."""

import dataclasses
import itertools
from datetime import UTC, datetime, timedelta

import pytest

from tests.labels.load import CHRONOLOGIES, rows, view
from vedette.incidents.linking import THRESHOLD, IncidentView, ReportView, propose, title_for


def desk(reports):
    """The desk's fixed rule: link to the best proposal at the threshold or above, else open a new incident."""
    incidents, chosen = [], []
    for report in reports:
        pool = [IncidentView(id=str(i), title="", reports=tuple(r)) for i, r in enumerate(incidents)]
        best = next(iter(propose(report, pool, report.observed_at)), None)
        if best is not None and best.score >= THRESHOLD:
            number = int(best.incident_id)
        else:
            number = len(incidents)
            incidents.append([])
        incidents[number].append(report)
        chosen.append(number)
    return chosen


def pairwise_f1(gold, chosen):
    both = wrong = missed = 0
    for a, b in itertools.combinations(range(len(gold)), 2):
        same_gold, same = gold[a] == gold[b], chosen[a] == chosen[b]
        both += same_gold and same
        wrong += same and not same_gold
        missed += same_gold and not same
    return 2 * both / (2 * both + wrong + missed)


def impure(gold, chosen):
    return [n for n in set(chosen) if len({g for g, c in zip(gold, chosen, strict=True) if c == n}) > 1]


@pytest.mark.parametrize("name", CHRONOLOGIES)
def test_an_unattended_desk_forms_the_incidents_and_never_merges_two(name):
    gold = [row["incident_id"] for row in rows(name)]
    chosen = desk([view(row) for row in rows(name)])
    assert impure(gold, chosen) == []
    assert pairwise_f1(gold, chosen) >= 0.90


@pytest.mark.parametrize("name", CHRONOLOGIES)
def test_the_bar_holds_without_the_officers_view_of_the_home_nexus(name):
    gold = [row["incident_id"] for row in rows(name)]
    chosen = desk([dataclasses.replace(view(row), nexus="") for row in rows(name)])
    assert impure(gold, chosen) == []
    assert pairwise_f1(gold, chosen) >= 0.90


NOW = datetime(2026, 3, 6, 20, 0, tzinfo=UTC)


def report(text, place="Central Station, Lisbon", lat=38.714, lon=-9.139, minutes=0, kind="flash"):
    at = NOW + timedelta(minutes=minutes)
    return ReportView(
        kind=kind, text=text, observed_at=at, happened_at=at, place=place, lat=lat, lon=lon, precision_m=50
    )


FIRST = report("Shots in the main hall of Central Station, gunmen with rifles, several down.")
INCIDENT = IncidentView(id="a", title="", reports=(FIRST,))


def score(other):
    return propose(other, [INCIDENT], other.observed_at)[0]


def test_a_second_attack_in_the_same_city_within_the_hour_belongs():
    assert score(report("Explosion at a cafe.", "Cafe Rossio, Lisbon", 38.7139, -9.1394, 15)).score >= THRESHOLD


def test_the_same_words_in_another_country_do_not_belong():
    here = "Shots in the main hall of the station, gunmen with rifles, several down."
    assert score(report(here, "Chamartin station, Madrid", 40.472, -3.682, 15)).score < THRESHOLD


def test_an_ordinary_matter_beside_the_scene_does_not_belong_and_says_why():
    proposal = score(report("Stabbing outside a bar, quarrel between neighbours, man held.", minutes=30, kind="spot"))
    assert proposal.score < THRESHOLD
    assert any(r.kind == "ordinary" and r.sign == -1 and "crime" in r.text for r in proposal.reasons)


def test_a_correction_at_the_place_of_the_false_line_belongs():
    text = "CORRECTION. No shots at Central Station: a stampede, nobody hurt."
    assert score(report(text, minutes=40, kind="spot")).score >= THRESHOLD


def test_reports_observed_after_the_moment_asked_for_are_not_weighed():
    later = dataclasses.replace(INCIDENT, reports=(dataclasses.replace(FIRST, observed_at=NOW + timedelta(hours=2)),))
    assert propose(report("Shots at the station."), [later], NOW) == []


def test_no_incident_gives_no_proposal():
    assert propose(FIRST, [], NOW) == []


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("PAR-002", "Explosion, Stade de France, Saint-Denis"),
        ("PAR-028", "Derailment, Eckwersheim, Bas-Rhin"),
        ("PAR-058", "Evacuation, Gare de l'Est, Paris"),
    ],
)
def test_a_new_incident_is_titled_by_what_and_where(line, title):
    row = next(r for r in rows("paris-2015") if r["id"] == line)
    assert title_for(view(row)) == title
