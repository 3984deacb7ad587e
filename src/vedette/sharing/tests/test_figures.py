"""Figures in a draft: of a place and of a source, never added up, of the whole only where a person chose it as that."""

from vedette.agencies.queries import home_agency
from vedette.incidents.actions import choose_fact
from vedette.reporting.actions import make_claim
from vedette.reporting.actions.claims import ClaimDraft
from vedette.sharing.basis import ground_of
from vedette.sharing.tests.stage import Stage
from vedette.sharing.wording import Drafted, draft

CAFE = "La Belle Equipe, rue de Charonne, Paris 11e"
BOTH = "Paris and Saint-Denis"


def counts(stage: Stage) -> Drafted:
    _title, drafted = draft(ground_of(stage.releasing, stage.main), home_agency(), "police")
    return next(one for one in drafted if one.topic == "counts")


def killed(text: str) -> list[str]:
    return [part for part in text.split(". ", maxsplit=1)[0].split("; ") if part.casefold().startswith("killed")]


def test_the_figure_of_one_place_is_said_of_that_place_with_its_source(paris: Stage) -> None:
    assert f"killed at {CAFE}: 5, per one report, not confirmed" in counts(paris).text


def test_no_figure_stands_without_its_place_and_nothing_is_added_up(paris: Stage) -> None:
    text = counts(paris).text
    assert len(killed(text)) == 3
    assert all(" at " in part for part in killed(text)), text
    assert "in all" not in text and "not to be added up" in text


def test_reports_that_differ_on_a_place_are_said_to_differ_and_all_of_them_stand_under_it(paris: Stage) -> None:
    found = counts(paris)
    assert f"killed at {BOTH}: reports differ: 18 and 26, none confirmed" in found.text
    differing = {key for key, row in paris.reports.items() if row.place_name == BOTH}
    assert {paris.reports[key].pk for key in differing} & found.sheets


def test_what_a_person_chose_for_a_place_is_of_that_place_and_no_total(paris: Stage) -> None:
    _choose(paris, CAFE, "5")
    text = counts(paris).text
    assert f"killed at {CAFE}: 5, " in text and "per one report" not in text.split(CAFE)[1].split(";")[0]
    assert "in all" not in text


def test_a_total_is_said_where_a_person_chose_it_as_the_total(paris: Stage) -> None:
    _choose(paris, "total", "26")
    text = counts(paris).text
    assert text.startswith("Killed in all: 26, ")
    assert f"killed at {CAFE}: 5, per one report" in text


def _choose(stage: Stage, subject: str, value: str) -> None:
    key = "PAR-008" if subject == "total" else next(k for k, row in stage.reports.items() if row.place_name == subject)
    report = stage.reports[key]
    claim = make_claim(stage.watch, report=report, draft=ClaimDraft("killed", value, subject, quote=""))
    choose_fact(stage.watch, incident=stage.main, claims=[claim], because="the prefecture says so")
