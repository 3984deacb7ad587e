"""The best team: fewest gaps, then fewest days abroad, then the order given; as good as trying every team."""

import datetime
import itertools
import random
from decimal import Decimal

import pytest

from vedette.programme.matching import LANGUAGE, SKILL, Candidate, Need, best_team, greedy_team, judge, table

FIRST = datetime.date(2026, 6, 1)
DAYS = (FIRST, FIRST + datetime.timedelta(days=13))
CREOLE = Need(LANGUAGE, "Haitian Creole", 2, Decimal(3))
PATROL = Need(SKILL, "patrol", 1)
SCENE = Need(SKILL, "forensic scene", 1)


def one(key, skills=(), days=0, **languages):
    spoken = {name.replace("_", " ").casefold(): Decimal(str(level)) for name, level in languages.items()}
    return Candidate(key, key, spoken, frozenset(skills), {}, (), days)


def brute(candidates, needs, size):
    """(gaps, days) of the best of all teams and all ways to give their skills."""
    best = None
    for count in range(min(size, len(candidates)) + 1):
        for team in itertools.combinations(candidates, count):
            days = sum(each.days_abroad for each in team)
            for gaps in gaps_of(team, needs):
                best = min(best or (gaps, days), (gaps, days))
    return best


def gaps_of(team, needs):
    skills = [need for need in needs if need.kind == SKILL]
    spoken = sum(
        max(0, need.number - sum(each.brings(need) for each in team)) for need in needs if need.kind == LANGUAGE
    )
    options = [[None, *(place for place, need in enumerate(skills) if each.brings(need))] for each in team]
    for given in itertools.product(*options):
        yield spoken + sum(max(0, need.number - given.count(place)) for place, need in enumerate(skills))


def random_case(seed):
    draw = random.Random(seed)
    skills, tongues = ["a", "b", "c"], ["x", "y"]
    candidates = [
        Candidate(
            f"{seed}-{n}", str(n),
            {name: Decimal(draw.randint(0, 10)) / 2 for name in tongues if draw.random() < 0.6},
            frozenset(name for name in skills if draw.random() < 0.45),
            days_abroad=draw.choice([0, 0, 5, 40, 40, 200]),
        )
        for n in range(draw.randint(0, 7))
    ]  # fmt: skip
    size = draw.randint(1, 4)
    needs = [Need(SKILL, name, draw.randint(1, 2)) for name in skills if draw.random() < 0.6]
    needs += [
        Need(LANGUAGE, name, draw.randint(1, size), Decimal(draw.randint(0, 10)) / 2)
        for name in tongues
        if draw.random() < 0.6
    ]
    return candidates, needs, size


@pytest.mark.parametrize("block", range(10))
def test_the_best_team_is_as_good_as_trying_every_team(block):
    for seed in range(block * 20, block * 20 + 20):
        candidates, needs, size = random_case(seed)
        team = best_team(candidates, needs, size, DAYS)
        assert (team.open_slots, team.days_abroad) == brute(candidates, needs, size), seed
        assert len(team.members) <= size and len({each.key for each, _need in team.members}) == len(team.members)
        assert all(need is None or (need.kind == SKILL and each.brings(need)) for each, need in team.members)


def test_the_greedy_way_is_never_better():
    for seed in range(100):
        candidates, needs, size = random_case(seed)
        plain, best = greedy_team(candidates, needs, size, DAYS), best_team(candidates, needs, size, DAYS)
        assert (best.open_slots, best.days_abroad) <= (plain.open_slots, plain.days_abroad) or (
            best.open_slots < plain.open_slots
        )


def test_each_member_fills_at_most_one_skill():
    both = one("both", ["patrol", "forensic scene"])
    team = best_team([both], [PATROL, SCENE], 2, DAYS)
    assert team.open_slots == 1 and len(team.members) == 1


def test_of_two_alike_who_was_abroad_less_goes_and_of_two_the_same_the_first():
    far, near, also = one("far", ["patrol"], 300), one("near", ["patrol"], 3), one("also", ["patrol"], 3)
    assert [each.key for each, _need in best_team([far, near, also], [PATROL], 2, DAYS).members] == ["near"]
    assert [each.key for each, _need in best_team([far, also, near], [PATROL], 2, DAYS).members] == ["also"]


def test_fewer_gaps_outweigh_any_days_abroad():
    worn = one("worn", ["patrol"], 700, haitian_creole=4)
    fresh = one("fresh", ["patrol"], 0)
    team = best_team([fresh, worn], [PATROL, Need(LANGUAGE, "Haitian Creole", 1, Decimal(3))], 1, DAYS)
    assert [each.key for each, _need in team.members] == ["worn"] and team.open_slots == 0


def test_nobody_goes_who_fills_nothing_and_no_need_asks_for_nobody():
    assert best_team([one("x", ["cooking"])], [PATROL], 3, DAYS).members == ()
    assert best_team([one("x", ["patrol"])], [], 3, DAYS) == best_team([], [], 3, DAYS)
    assert best_team([], [PATROL], 3, DAYS).gaps == ((PATROL, 1),)


@pytest.mark.parametrize(
    ("begins", "ends", "goes"), [(-10, 0, True), (-10, 1, False), (13, 20, False), (14, 20, True), (3, 4, False)]
)
def test_who_is_away_on_any_day_of_it_is_not_eligible(begins, ends, goes):
    span = (FIRST + datetime.timedelta(days=begins), FIRST + datetime.timedelta(days=ends), "leave")
    him = Candidate("x", "x", {}, frozenset({"patrol"}), busy=(span,))
    assert judge(him, [PATROL], DAYS).eligible is goes
    assert bool(best_team([him], [PATROL], 1, DAYS).members) is goes


@pytest.mark.parametrize(("last", "goes"), [(13, True), (12, False)])
def test_a_passport_holds_to_the_last_day(last, goes):
    papers = {"passport": FIRST + datetime.timedelta(days=last)}
    him = Candidate("x", "x", {}, frozenset({"patrol"}), papers)
    assert judge(him, [PATROL], DAYS).eligible is goes


def test_the_table_says_what_each_fills_and_lacks_and_who_can_go_stands_first():
    speaker = one("speaker", ["patrol"], 10, haitian_creole=3)
    weak = one("weak", ["patrol"], 0, haitian_creole=2)
    gone = Candidate("gone", "gone", speaker.languages, speaker.skills, busy=((FIRST, DAYS[1], "duty"),))
    needs = [CREOLE, PATROL]
    rows = table([gone, weak, speaker], needs, DAYS)
    assert [row.candidate.key for row in rows] == ["speaker", "weak", "gone"]
    assert rows[1].missing == (CREOLE,) and rows[1].fills == (PATROL,)
    assert rows[2].obstacles == ("away:duty",)
