"""Identifying numbers and sensitive passages are highlighted; the figures say how far the highlight can be trusted."""

import pytest

from tests.labels.load import CHRONOLOGIES, english, rows
from vedette.reporting.marks import marked_spans, sensitive_hints


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Call +33 1 42 60 12 34 tonight.", ["+33 1 42 60 12 34"]),
        ("Desk (212) 555-0134.", ["(212) 555-0134"]),
        ("Passport no. 12AB34567 seen.", ["Passport no. 12AB34567"]),
        ("Write to a.b@host.example.", ["a.b@host.example"]),
        ("Plate AB-123-CD, black car.", ["Plate AB-123-CD"]),
        ("Assault at 00:18, 2,200 km away, 13 November 2015, 1,500 people.", []),
    ],
)
def test_numbers_that_lead_to_a_person_are_marked(text, marked):
    assert [m.text for m in marked_spans(text)] == marked


def test_no_line_of_the_chronologies_holds_such_a_number():
    assert [r["id"] for n in CHRONOLOGIES for r in rows(n) if marked_spans(english(r))] == []


def test_most_passages_labelled_sensitive_are_hinted_at():
    found = gold = right = hints = 0
    for name in CHRONOLOGIES:
        for row in rows(name):
            text = english(row)
            spans = [
                (text.find(w), text.find(w) + len(w))
                for s in row["sensitive"]
                for w in [s.get("gloss_span", s["span"])]
            ]
            marks = sensitive_hints(text)
            gold += len(spans)
            hints += len(marks)
            found += sum(any(m.start < b and a < m.end for m in marks) for a, b in spans)
            right += sum(any(m.start < b and a < m.end for a, b in spans) for m in marks)
    assert found / gold >= 0.70
    assert right / hints >= 0.75


def test_a_hint_covers_the_clause_and_says_why():
    (mark,) = sensitive_hints("Blast at the gate, I am moving to the prefecture. Play goes on.")
    assert mark.text == "I am moving to the prefecture"
    assert mark.reason == "where an officer is or goes"
