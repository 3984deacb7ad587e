"""Standing questions: opened about no person, linked to what bears on them, kept at review, closed with a reason."""

import datetime

import pytest

from tests.cast import WORD, sheet_of
from vedette.audit.models import Entry
from vedette.handling.actions import reclassify
from vedette.incidents.actions import close_topic, link_to_topic, open_topic, review_topic, unlink_from_topic
from vedette.incidents.topics import linked_to, tasking, topics, topics_due, topics_of
from vedette.kit.errors import Conflict, Forbidden, Missing, Refused
from vedette.kit.time import now, set_clock
from vedette.reporting.actions import QuestionDraft, ask
from vedette.search.queries import find

pytestmark = pytest.mark.django_db
TODAY = datetime.datetime(2026, 3, 2, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def spring_2026(cast):
    set_clock(shown=TODAY, speed=1, paused=True)


def opened(cast, by="analyst", **values):
    plain = {
        "title": "Small boats across the bay",
        "wanted": "Which boats leave at night, and who pays for fuel?",
        "review_on": datetime.date(2026, 6, 1),
    }
    return open_topic(cast.viewer(by), **{**plain, **values})


def linked(cast, topic, viewer="analyst"):
    return [row.sheet.reference for row in linked_to(cast.viewer(viewer), topic)]


def test_a_topic_stands_with_its_owner_its_reference_and_its_review(cast):
    topic = opened(cast)
    (row,) = topics(cast.viewer("officer_a"))
    assert topic.sheet.reference == "TOP-26-0001" and topic.owner_id == cast.seats["analyst"].id
    assert (row.topic.pk, row.owner, row.review, row.linked) == (topic.pk, "analyst", "on time", 0)
    assert [one.pk for one in tasking(cast.viewer("officer_b"))] == [topic.pk]


@pytest.mark.parametrize("field", ["title", "wanted"])
def test_no_person_may_be_a_topic(cast, field):
    with pytest.raises(Refused) as refused:
        opened(cast, **{field: "Movements of Zacarias Moussaoui"})
    assert refused.value.field == field and "Zacarias Moussaoui" in refused.value.reason
    assert "without the name" in refused.value.way_out
    assert topics(cast.viewer("analyst")) == []


def test_the_same_words_without_the_name_are_taken(cast):
    assert opened(cast, title="Movements of the harbour crews").title == "Movements of the harbour crews"


@pytest.mark.parametrize("day", [datetime.date(2026, 3, 2), datetime.date(2027, 3, 5)])
def test_a_review_lies_ahead_and_within_a_year(cast, day):
    with pytest.raises(Refused) as refused:
        opened(cast, review_on=day)
    assert refused.value.field == "review_on"


@pytest.mark.parametrize("values", [{"title": " "}, {"wanted": ""}, {"sensitivity": 4}])
def test_what_is_missing_or_wrong_is_said(cast, values):
    with pytest.raises(Refused) as refused:
        opened(cast, **values)
    assert refused.value.field == next(iter(values))


@pytest.mark.parametrize("name", ["officer_a", "investigator", "sergeant", "north_1"])
def test_only_the_desk_the_programme_and_commanders_open_one(cast, name):
    with pytest.raises(Forbidden):
        opened(cast, by=name)


def test_a_report_and_a_request_bear_on_two_topics_at_once(cast):
    boats, fuel = opened(cast), opened(cast, title="Fuel sold at night")
    report = cast.report()
    request = ask(cast.viewer("investigator"), QuestionDraft(question="Which boat?", why="A case.", post_key="a"))
    for topic in (boats, fuel):
        for sheet in (report.sheet, request.sheet):
            link_to_topic(cast.viewer("analyst"), topic=topic, reference=sheet.reference.lower())
    assert linked(cast, boats) == linked(cast, fuel) == [report.sheet.reference, request.sheet.reference]
    assert {one.pk for one in topics_of(cast.viewer("analyst"), report.pk)} == {boats.pk, fuel.pk}
    assert topics(cast.viewer("analyst"))[0].counts == {"report": 1, "request": 1}


def test_the_same_link_again_changes_nothing(cast):
    topic, report = opened(cast), cast.report()
    first = link_to_topic(cast.viewer("analyst"), topic=topic, reference=report.sheet.reference)
    assert link_to_topic(cast.viewer("watch"), topic=topic, reference=report.sheet.reference).pk == first.pk
    assert Entry.objects.filter(code="topic.linked").count() == 1


def test_what_cannot_be_seen_or_linked_is_refused_beside_the_reference(cast):
    topic, report = opened(cast), cast.report()
    reclassify(
        cast.viewer("analyst"),
        sheet=sheet_of(report),
        sensitivity=3,
        groups=["narco"],
        named_subject=False,
        because="x",
    )
    for reference in (report.sheet.reference, "NIL-26-0404", topic.sheet.reference):
        with pytest.raises(Refused) as refused:
            link_to_topic(cast.viewer("watch"), topic=topic, reference=reference)
        assert refused.value.field == "reference"


def test_counts_and_rows_hold_only_what_the_viewer_may_see(cast):
    topic, wide, narrow = opened(cast), cast.report(), cast.report()
    for report in (wide, narrow):
        link_to_topic(cast.viewer("analyst"), topic=topic, reference=report.sheet.reference)
    reclassify(
        cast.viewer("analyst"),
        sheet=sheet_of(narrow),
        sensitivity=3,
        groups=["narco"],
        named_subject=False,
        because="x",
    )
    assert len(linked(cast, topic)) == 2
    assert linked(cast, topic, "officer_b") == [wide.sheet.reference]
    assert topics(cast.viewer("officer_b"))[0].linked == 1


def test_a_narrow_topic_is_not_there_for_others(cast):
    opened(cast, sensitivity=3)
    assert topics(cast.viewer("officer_a")) == [] and tasking(cast.viewer("officer_a")) == []
    assert find(cast.viewer("officer_a"), "fuel") == []
    assert [hit.kind for hit in find(cast.viewer("watch"), "fuel")] == ["topic"]


def test_taking_out_needs_a_reason_and_linking_again_undoes_it(cast):
    topic, report = opened(cast), cast.report()
    reference = report.sheet.reference
    link_to_topic(cast.viewer("analyst"), topic=topic, reference=reference)
    with pytest.raises(Refused):
        unlink_from_topic(cast.viewer("analyst"), topic=topic, reference=reference, because=" ")
    unlink_from_topic(cast.viewer("analyst"), topic=topic, reference=reference, because="another bay")
    assert linked(cast, topic) == []
    with pytest.raises(Conflict):
        unlink_from_topic(cast.viewer("analyst"), topic=topic, reference=reference, because="again")
    link_to_topic(cast.viewer("analyst"), topic=topic, reference=reference)
    assert linked(cast, topic) == [reference]


def test_a_review_that_is_due_is_said_and_kept_with_a_reason(cast):
    topic = opened(cast)
    set_clock(shown=TODAY + datetime.timedelta(days=91), speed=1, paused=True)
    assert topics(cast.viewer("watch"))[0].review == "due" and topics_due(cast.viewer("watch")) == 1
    with pytest.raises(Refused):
        review_topic(cast.viewer("watch"), topic=topic, review_on=datetime.date(2026, 9, 1), because="")
    review_topic(cast.viewer("watch"), topic=topic, review_on=datetime.date(2026, 9, 1), because="still open")
    assert topics(cast.viewer("watch"))[0].review == "on time" and topics_due(cast.viewer("watch")) == 0


def test_a_closed_topic_keeps_its_reason_and_takes_nothing_more(cast):
    topic, report = opened(cast), cast.report()
    with pytest.raises(Refused):
        close_topic(cast.viewer("commander"), topic=topic, because="")
    closed = close_topic(cast.viewer("commander"), topic=topic, because="the boats stopped")
    assert closed.closed_because == "the boats stopped" and closed.closed_at == now()
    assert topics(cast.viewer("watch")) == [] and tasking(cast.viewer("watch")) == []
    assert [row.review for row in topics(cast.viewer("watch"), closed=True)] == ["closed"]
    for act in (
        lambda: link_to_topic(cast.viewer("watch"), topic=topic, reference=report.sheet.reference),
        lambda: close_topic(cast.viewer("watch"), topic=topic, because="again"),
    ):
        with pytest.raises(Conflict):
            act()


def test_linking_to_a_topic_leaves_the_report_free_for_an_incident(cast):
    from vedette.incidents.actions import open_incident

    topic, report = opened(cast), cast.report()
    link_to_topic(cast.viewer("analyst"), topic=topic, reference=report.sheet.reference)
    open_incident(cast.viewer("analyst"), report=report, title=f"A {WORD} crowd")
    assert linked(cast, topic) == [report.sheet.reference]


def test_nobody_reaches_a_topic_he_does_not_see(cast):
    from vedette.incidents.topics import access_topic

    topic = opened(cast, sensitivity=3)
    assert access_topic(cast.viewer("watch"), topic.pk).pk == topic.pk
    for name in ("officer_a", "north_1"):
        with pytest.raises(Missing):
            access_topic(cast.viewer(name), topic.pk)
