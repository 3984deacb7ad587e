"""How it stands: of a place and by reports; what cannot be true at once is said side by side, never in one breath."""

import datetime

from vedette.agencies.queries import home_agency
from vedette.incidents.actions import choose_fact
from vedette.kit.time import now, set_clock
from vedette.reporting.actions import make_claim
from vedette.reporting.actions.claims import ClaimDraft
from vedette.sharing.basis import ground_of
from vedette.sharing.tests.stage import Stage
from vedette.sharing.wording import draft

CAFE = "La Belle Equipe, rue de Charonne, Paris 11e"


def status(stage: Stage) -> str:
    _title, drafted = draft(ground_of(stage.releasing, stage.main), home_agency(), "police")
    return next(one.text for one in drafted if one.topic == "status")


def stand(stage: Stage, key: str, value: str, subject: str = ""):
    claim = ClaimDraft("status", value, subject=subject, quote="")
    return make_claim(stage.watch, report=stage.reports[key], draft=claim)


def keys_of(stage: Stage, place: str) -> list[str]:
    found = {row.report.pk for row in ground_of(stage.releasing, stage.main).usable}
    return [key for key, row in stage.reports.items() if row.place_name == place and row.pk in found]


def other_key(stage: Stage) -> str:
    found = {row.report.pk for row in ground_of(stage.releasing, stage.main).usable}
    return next(key for key, row in stage.reports.items() if row.pk in found and row.place_name not in ("", CAFE))


def test_one_way_in_which_it_stands_is_said_plainly_of_its_place(paris: Stage) -> None:
    stand(paris, keys_of(paris, CAFE)[0], "over")
    assert status(paris).endswith(f": it is reported to be over at {CAFE}.")


def test_two_places_that_stand_differently_are_said_apart_and_not_as_a_contradiction(paris: Stage) -> None:
    stand(paris, keys_of(paris, CAFE)[0], "over")
    stand(paris, other_key(paris), "false alarm")
    said = status(paris)
    assert "it does not stand the same everywhere: " in said and "contradict" not in said
    assert f"it is reported to be over at {CAFE} (" in said and said.count("per one report") == 2
    assert "over and it is reported" not in said


def test_what_contradicts_itself_at_one_place_is_said_to_with_what_a_person_chose_first(paris: Stage) -> None:
    first = keys_of(paris, CAFE)[0]
    chosen = stand(paris, first, "false alarm")
    stand(paris, first, "over", "the terrace")
    _choose(paris, chosen)
    said = status(paris)
    assert f"reports contradict each other on how it stands: it is reported to be a false alarm at {CAFE} (" in said
    assert "carried by our desk); it is reported to be over at" in said


def test_what_a_person_has_since_replaced_at_a_place_is_not_said_of_it_any_more(paris: Stage) -> None:
    first = keys_of(paris, CAFE)[0]
    stand(paris, first, "over")
    set_clock(shown=now() + datetime.timedelta(minutes=5), speed=1, paused=True)
    _choose(paris, stand(paris, first, "false alarm"))
    assert status(paris).endswith(f": it is reported to be a false alarm at {CAFE}.")


def _choose(stage: Stage, claim) -> None:
    choose_fact(stage.watch, incident=stage.main, claims=[claim], because="the prefecture says so")


def test_what_can_be_true_at_once_stands_in_one_line(paris: Stage) -> None:
    first = keys_of(paris, CAFE)[0]
    for value in ("over", "arrest made", "evacuated"):
        stand(paris, first, value)
    assert status(paris).endswith(
        f": it is reported to be over at {CAFE}; an arrest is reported and a place has been emptied."
    )
