"""The lock over every agreement of both home files, at the moments of the three chronologies."""

import datetime
import json
from pathlib import Path

import pytest

from vedette.agencies.models import Agency
from vedette.demo.clauses import gate_of
from vedette.demo.home import KINDS
from vedette.programme.gate import Holding, Wants, decide, years_after
from vedette.programme.models import Agreement, AgreementReview, Clause

DATA = Path(__file__).parents[2] / "demo" / "data"
MUMBAI = datetime.datetime(2008, 11, 27, 2, 0, tzinfo=datetime.UTC)
BOSTON = datetime.datetime(2013, 4, 18, 12, 0, tzinfo=datetime.UTC)
PARIS = datetime.datetime(2015, 11, 13, 21, 0, tzinfo=datetime.UTC)
HOMES = {name: json.loads((DATA / f"home-{name}.json").read_text()) for name in ("nyc", "boston")}


def midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC)


def holding(row: dict, partner: Agency) -> Holding:
    """An agreement of a home file, as the loader stores it: its planned readings were made on their days."""
    signed = datetime.date.fromisoformat(row["signed"])
    expires = datetime.date.fromisoformat(row["expires"]) if row["expires"] else None
    agreement = Agreement(key=row["id"], title=row["title"], partner=partner, signed=signed, expires=expires)
    clauses, reviews = [], []
    for clause in row["clauses"]:
        gate = gate_of(clause["text"])
        clauses.append(
            Clause(
                number=clause["n"],
                text=clause["text"],
                gate=gate.gate,
                effect=gate.effect,
                up_to=gate.up_to,
                since=midnight(signed),
            )
        )
        reviews += [AgreementReview(due=day, done=day) for day in gate.reviews]
    return Holding(agreement, tuple(clauses), tuple(reviews))


def ask(
    home: str, partner: str, at: datetime.datetime, label: str = "AMBER", third_host: bool = False, named: bool = False
):
    file = HOMES[home]
    row = next(row for row in file["partners"] if row["id"] == partner)
    agency = Agency(key=partner, name=row["name"], kind=KINDS[row["kind"]])
    held = [holding(row, agency) for row in file["agreements"] if row["with"] == partner]
    return decide(agency, held, at, Wants(label, third_host, named))


# (home, partner, moment, label, third host, named) -> allowed, the agreement it rests on, the clause
CASES = [
    # The three releases of the demonstration that must go, in New York and in Boston.
    ("nyc", "pt-bos", PARIS, "AMBER", True, False, True, "AG-04", 1),
    ("nyc", "pt-bos", MUMBAI, "AMBER", True, False, True, "AG-04", 1),
    ("nyc", "pt-jttf", PARIS, "AMBER+STRICT", True, True, True, "AG-05", 1),
    ("nyc", "pt-jttf", MUMBAI, "AMBER+STRICT", True, False, True, "AG-05", 1),
    ("nyc", "pt-shield", PARIS, "GREEN", True, False, True, "AG-06", 1),
    ("nyc", "pt-shield", MUMBAI, "GREEN", False, False, True, "AG-06", 1),
    ("boston", "pt-nyc", BOSTON, "AMBER", False, False, True, "BAG-04", 1),
    ("boston", "pt-cfc", BOSTON, "AMBER", False, True, True, "BAG-05", 1),
    ("boston", "pt-bshield", BOSTON, "GREEN", False, False, True, "BAG-06", 1),
    # The fourth must not, and rests on the clause, not on the date.
    ("nyc", "pt-host-ldn", PARIS, "GREEN", True, False, False, "AG-07", 3),
    ("nyc", "pt-host-ldn", MUMBAI, "GREEN", True, False, False, "AG-07", 3),
    ("boston", "pt-host-ldn", BOSTON, "GREEN", False, True, False, "BAG-07", 3),
    # What London may have: what we collected ourselves, while the letter is read in time.
    ("nyc", "pt-host-ldn", MUMBAI, "AMBER", False, False, True, "AG-07", 2),
    ("nyc", "pt-host-ldn", PARIS, "AMBER", False, False, False, "AG-07", 2),
    ("boston", "pt-host-ldn", BOSTON, "GREEN", False, False, False, "BAG-07", None),
    # Labels beyond the clause.
    ("nyc", "pt-bos", PARIS, "AMBER+STRICT", False, False, False, "AG-04", 1),
    ("nyc", "pt-shield", PARIS, "AMBER", False, False, False, "AG-06", 1),
    ("nyc", "pt-jttf", PARIS, "RED", False, False, False, "AG-05", 1),
    ("boston", "pt-bshield", BOSTON, "AMBER", False, False, False, "BAG-06", 1),
    # Agreements that are about something else.
    ("nyc", "pt-inl", PARIS, "CLEAR", False, False, False, "AG-01", None),
    ("nyc", "pt-host-par", PARIS, "GREEN", False, False, False, "AG-02", None),
    ("nyc", "pt-found", PARIS, "CLEAR", False, False, False, "AG-03", None),
    ("boston", "pt-jttf", BOSTON, "AMBER", False, False, False, "BAG-01", None),
    # Not yet signed, expired.
    ("nyc", "pt-found", MUMBAI, "CLEAR", False, False, False, "AG-03", None),
    ("nyc", "pt-inl", MUMBAI, "CLEAR", False, False, False, "AG-01", None),
    ("nyc", "pt-host-par", MUMBAI, "GREEN", False, False, False, "AG-02", None),
    ("boston", "pt-host-ldn", PARIS, "GREEN", False, False, False, "BAG-07", None),
    # Private networks and foundations never get a name; nobody without an agreement gets anything.
    ("nyc", "pt-shield", PARIS, "GREEN", False, True, False, None, None),
    ("boston", "pt-bfound", BOSTON, "CLEAR", False, True, False, None, None),
    ("boston", "pt-bfound", BOSTON, "CLEAR", False, False, False, None, None),
    ("nyc", "pt-chi", PARIS, "CLEAR", False, False, False, None, None),
]


@pytest.mark.parametrize(("home", "partner", "at", "label", "third", "named", "allowed", "agreement", "clause"), CASES)
def test_the_lock_answers_with_the_clause_it_rests_on(
    home, partner, at, label, third, named, allowed, agreement, clause
):
    answer = ask(home, partner, at, label, third, named)
    assert answer.allowed is allowed, answer.sentence
    assert (answer.agreement.key if answer.agreement else None) == agreement
    assert (answer.clause.number if answer.clause else None) == clause
    assert answer.sentence.endswith(".")
    assert bool(answer.way_round) is not allowed


def test_every_agreement_of_both_files_is_asked_about():
    asked = {(home, partner) for home, partner, *_rest in CASES}
    held = {(home, row["with"]) for home, file in HOMES.items() for row in file["agreements"]}
    assert held <= asked


def test_a_third_hosts_information_is_refused_in_the_words_of_the_clause():
    answer = ask("nyc", "pt-host-ldn", PARIS, "GREEN", third_host=True)
    assert "Nothing here covers information that came from a third host." in answer.sentence
    assert "originating host" in answer.way_round


def test_a_named_subject_to_a_foreign_partner_is_refused_in_the_words_of_the_clause():
    answer = ask("boston", "pt-host-ldn", BOSTON, "GREEN", named=True)
    assert "Nothing here covers an open investigation or a named subject." in answer.sentence


def test_a_foundation_receives_what_is_administrative_only():
    assert "administrative only" in ask("nyc", "pt-found", PARIS, "CLEAR").sentence


def test_an_agreement_not_yet_signed_names_its_day():
    assert "signed only on 17 Mar 2014" in ask("nyc", "pt-host-par", MUMBAI, "GREEN").sentence


def test_an_expired_agreement_names_its_day():
    assert "expired on 15 Jan 2015" in ask("boston", "pt-host-ldn", PARIS, "GREEN").sentence


def test_what_is_allowed_carries_the_conditions_of_its_clauses():
    conditions = ask("nyc", "pt-jttf", PARIS, "AMBER", third_host=True, named=True).conditions
    assert any("criminal predicate" in one for one in conditions)
    assert any("onward" in one for one in conditions)
    assert any("consent decides" in one for one in conditions)


def agreed(*clauses: tuple[str, str, str], kind: str = "police", **dates: datetime.date) -> tuple[Agency, Holding]:
    partner = Agency(name="Partner", kind=kind)
    agreement = Agreement(title="Terms", partner=partner, **{"signed": datetime.date(2012, 1, 1), **dates})
    rows = [
        Clause(number=n, text=f"Clause {n}.", gate=gate, effect=effect, up_to=up_to, since=midnight(agreement.signed))
        for n, (gate, effect, up_to) in enumerate(clauses, 1)
    ]
    return partner, Holding(agreement, tuple(rows))


SHARE = ("share", "allows", "AMBER")


def test_the_last_day_of_an_agreement_still_counts_and_the_next_does_not():
    partner, one = agreed(SHARE, expires=datetime.date(2013, 6, 30))
    last = datetime.datetime(2013, 6, 30, 23, 59, tzinfo=datetime.UTC)
    assert decide(partner, [one], last, Wants("GREEN")).allowed
    assert not decide(partner, [one], last + datetime.timedelta(minutes=1), Wants("GREEN")).allowed


def test_an_ended_agreement_says_why_it_was_ended():
    partner, one = agreed(SHARE, ended=datetime.date(2013, 6, 30), ended_because="They passed it on.")
    assert decide(partner, [one], midnight(datetime.date(2013, 6, 29)), Wants("GREEN")).allowed
    answer = decide(partner, [one], midnight(datetime.date(2013, 6, 30)), Wants("GREEN"))
    assert not answer.allowed and "They passed it on." in answer.sentence


def test_a_late_reading_warns_for_three_years_and_then_locks():
    partner, one = agreed(SHARE)
    due = years_after(one.agreement.signed, 3)
    warned = decide(partner, [one], midnight(due + datetime.timedelta(days=1)), Wants("GREEN"))
    assert warned.allowed and any("due since" in said for said in warned.conditions)
    assert decide(partner, [one], midnight(years_after(due, 3)), Wants("GREEN")).allowed
    locked = decide(partner, [one], midnight(years_after(due, 3) + datetime.timedelta(days=1)), Wants("GREEN"))
    assert not locked.allowed and "read again" in locked.sentence


def test_a_reading_counts_only_from_the_day_it_was_made():
    _partner, one = agreed(SHARE)
    read = Holding(
        one.agreement, one.clauses, (AgreementReview(due=datetime.date(2015, 1, 1), done=datetime.date(2015, 2, 1)),)
    )
    assert read.next_review(datetime.date(2015, 1, 31)) == datetime.date(2015, 1, 1)
    assert read.next_review(datetime.date(2015, 2, 1)) == datetime.date(2018, 2, 1)


def test_silence_on_a_name_is_a_no():
    partner, one = agreed(SHARE)
    assert not decide(partner, [one], BOSTON, Wants("GREEN", named=True)).allowed
    partner, one = agreed(SHARE, ("named", "allows", ""))
    assert decide(partner, [one], BOSTON, Wants("GREEN", named=True)).allowed


def test_silence_on_a_third_host_is_a_no_to_a_foreign_host_and_the_originators_word_at_home():
    partner, one = agreed(SHARE, kind="host")
    assert not decide(partner, [one], BOSTON, Wants("GREEN", third_host=True)).allowed
    partner, one = agreed(SHARE, kind="police")
    answer = decide(partner, [one], BOSTON, Wants("GREEN", third_host=True))
    assert answer.allowed and "consent decides" in answer.conditions[-1]


def test_of_two_agreements_one_that_forbids_wins():
    partner, one = agreed(SHARE, ("named", "allows", ""))
    _same, other = agreed(("named", "forbids", ""))
    assert decide(partner, [one], BOSTON, Wants("GREEN", named=True)).allowed
    assert not decide(partner, [one, other], BOSTON, Wants("GREEN", named=True)).allowed


def test_of_two_agreements_the_one_that_shares_decides_what_neither_forbids():
    partner, one = agreed(SHARE)
    _same, other = agreed(("cost", "allows", ""))
    assert decide(partner, [other, one], BOSTON, Wants("AMBER")).agreement is one.agreement


def test_a_clause_counts_from_its_day_to_its_end():
    partner, one = agreed(SHARE)
    one.clauses[0].until = BOSTON
    assert not decide(partner, [one], BOSTON, Wants("GREEN")).allowed
    assert decide(partner, [one], BOSTON - datetime.timedelta(seconds=1), Wants("GREEN")).allowed


def test_inside_our_own_agency_no_agreement_is_needed():
    assert decide(Agency(name="Home", kind="home"), [], PARIS, Wants("RED", third_host=True, named=True)).allowed


def test_a_label_that_tlp_does_not_know_is_an_error():
    partner, one = agreed(SHARE)
    with pytest.raises(ValueError, match="TLP"):
        decide(partner, [one], PARIS, Wants("SECRET"))
