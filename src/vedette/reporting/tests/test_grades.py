"""Grades: the source and the information apart; confirmed only by an independent root; the one before is kept."""

import pytest

from vedette.audit.models import Entry
from vedette.handling.actions import access_class, record_handling
from vedette.kit.errors import Forbidden, Refused
from vedette.reporting.actions import ClaimDraft, grade_claim, grade_report, make_claim, set_root_source
from vedette.reporting.crosswalk import crosswalk
from vedette.reporting.drafts import LETTERS, GradeDraft
from vedette.reporting.models import Grade
from vedette.reporting.sources import independent_roots, root_of

pytestmark = pytest.mark.django_db
CONFIRMED, PROBABLE = GradeDraft("NATO", "B", "1"), GradeDraft("NATO", "A", "2")


@pytest.fixture
def two(cast):
    """Two reports of two posts that give the same figure."""
    first = cast.report(
        "officer_a", text="18 killed at the hall.", source_label="control room", source_kind="host-police"
    )
    second = cast.report("officer_b", text="At least 18 killed there.", source_label="own eyes", source_kind="own")
    draft = ClaimDraft("killed", "18", "hall")
    analyst = cast.viewer("analyst")
    return [(report, make_claim(analyst, report=report, draft=draft)) for report in (first, second)]


def root(cast, report, source=None, known=True):
    return set_root_source(cast.viewer("analyst"), report=report, root=source, known=known, because="asked them")


def test_reliability_and_credibility_are_graded_apart(cast, two):
    (report, claim), _ = two
    row = grade_claim(cast.viewer("watch"), claim=claim, grade=GradeDraft("NATO", "A", "5"), because="contradicted")
    assert (row.reliability, row.credibility) == ("A", "5")
    standing = Grade.objects.seen_by(cast.viewer("watch")).get(report=report, claim=None, until=None)
    assert (standing.reliability, standing.credibility) == ("F", "6")


def test_a_regrade_closes_the_one_before_and_keeps_it(cast, two):
    (report, _claim), _ = two
    grade_report(cast.viewer("watch"), report=report, grade=PROBABLE, because="seen on film")
    rows = Grade.objects.seen_by(cast.viewer("watch")).filter(report=report, claim=None).order_by("since", "id")
    assert [(row.reliability + row.credibility, row.until is None) for row in rows] == [("F6", False), ("A2", True)]


def test_nobody_calls_a_statement_confirmed_while_a_root_is_unknown(cast, two):
    (_report, claim), (other, _) = two
    root(cast, other)
    with pytest.raises(Refused) as refusal:
        grade_claim(cast.viewer("analyst"), claim=claim, grade=CONFIRMED, because="both say so")
    assert refusal.value.field == "credibility" and "root" in refusal.value.way_out


def test_it_is_confirmed_when_both_roots_are_known_and_differ(cast, two):
    (report, claim), (other, _) = two
    root(cast, report)
    root(cast, other)
    claim.report.source.refresh_from_db()
    assert grade_claim(cast.viewer("analyst"), claim=claim, grade=CONFIRMED, because="both").credibility == "1"
    assert grade_report(cast.viewer("analyst"), report=report, grade=CONFIRMED, because="both").credibility == "1"


def test_two_sources_that_go_back_to_one_root_confirm_nothing(cast, two):
    (report, claim), (other, _) = two
    origin = root(cast, report)
    root(cast, other, origin)
    with pytest.raises(Refused):
        grade_claim(cast.viewer("analyst"), claim=claim, grade=CONFIRMED, because="both")


@pytest.mark.parametrize(
    "values", [{"value": "12"}, {"kind": "wounded"}, {"subject": "stadium"}, {"qualifier": "denied"}]
)
def test_a_statement_of_another_thing_confirms_nothing(cast, two, values):
    (report, _), (other, _) = two
    root(cast, report)
    root(cast, other)
    alone = make_claim(
        cast.viewer("analyst"),
        report=report,
        draft=ClaimDraft(**{"kind": "killed", "value": "18", "subject": "hall", **values}),
    )
    with pytest.raises(Refused):
        grade_claim(cast.viewer("analyst"), claim=alone, grade=CONFIRMED, because="both")


def test_what_the_grader_may_not_see_confirms_nothing_for_him(cast, two):
    (report, claim), (other, _) = two
    root(cast, report)
    root(cast, other)
    claim.report.source.refresh_from_db()
    record_handling(other.sheet, None, because="a test", access_class=access_class(4))
    with pytest.raises(Refused):
        grade_claim(cast.viewer("analyst"), claim=claim, grade=CONFIRMED, because="both")
    record_handling(other.sheet, None, because="a test", access_class=access_class(3))
    assert grade_claim(cast.viewer("analyst"), claim=claim, grade=CONFIRMED, because="both")


@pytest.mark.parametrize(("scheme", "letter"), [("EU", "1"), ("EU", "3"), ("UK", "B")])
def test_other_schemes_corroborate_under_the_same_rule(cast, two, scheme, letter):
    (report, _claim), _ = two
    with pytest.raises(Refused):
        grade_report(cast.viewer("watch"), report=report, grade=GradeDraft(scheme, "", letter), because="x")


def test_the_native_scheme_is_kept_and_the_crosswalk_only_shown(cast, two):
    (report, _claim), _ = two
    row = grade_report(cast.viewer("watch"), report=report, grade=GradeDraft("UK", "2", "C"), because="as given")
    assert (row.scheme, row.reliability, row.credibility) == ("UK", "2", "C")
    assert crosswalk("UK", "2", "C") == [("NATO", "F", "3"), ("EU", "X", "4")]


def test_every_letter_of_every_scheme_has_a_crosswalk():
    for scheme, (sources, informations) in LETTERS.items():
        known = {"UK": ("123", informations)}.get(scheme, (sources, informations))
        assert all(len(crosswalk(scheme, one, other)) == 2 for one in known[0] for other in known[1])


def test_a_grade_needs_its_reason_and_the_right_seat(cast, two):
    (report, _claim), _ = two
    with pytest.raises(Refused):
        grade_report(cast.viewer("watch"), report=report, grade=PROBABLE, because=" ")
    with pytest.raises(Forbidden):
        grade_report(cast.viewer("officer_a"), report=report, grade=PROBABLE, because="mine")


def test_grading_writes_one_audit_entry(cast, two):
    (report, claim), _ = two
    begun = Entry.objects.count()
    grade_report(cast.viewer("watch"), report=report, grade=PROBABLE, because="x")
    grade_claim(cast.viewer("watch"), claim=claim, grade=PROBABLE, because="x")
    codes = list(Entry.objects.order_by("id").values_list("code", flat=True))[begun:]
    assert codes == ["report.graded", "claim.graded"]


def test_unknown_roots_count_as_one(cast, two):
    claims = [claim for _report, claim in two]
    assert independent_roots(claims) == 1 and independent_roots([]) == 0
    for report, claim in two:
        root(cast, report)
        claim.report.source.refresh_from_db()
    assert independent_roots(claims) == 2


def test_a_root_does_not_go_round_in_a_circle(cast, two):
    (first, _), (second, _) = two
    origin = root(cast, first)
    echo = root(cast, second, origin)
    with pytest.raises(Refused):
        root(cast, first, echo)
    assert root_of(echo) == origin.id


def test_a_root_may_be_unsaid_again(cast, two):
    (first, _), _ = two
    root(cast, first)
    assert root_of(root(cast, first, known=False)) is None
