"""The parts as tags: what they show, and what they say to those who hear."""

import datetime

import pytest
from django import forms
from django.template import Context, Template

NOW = datetime.datetime(2015, 11, 13, 20, 52, tzinfo=datetime.UTC)


def shown(source: str, **context: object) -> str:
    known = {"now": NOW, "home_zone": "America/New_York", "home_city": "New York", **context}
    return Template("{% load parts %}" + source).render(Context(known))


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ('{% grade "A" "2" %}', "Grade A2: completely reliable, probably true"),
        ('{% grade "F" "6" %}', "Grade F6: reliability cannot be judged, truth cannot be judged"),
        (
            '{% grade "X" "4" "eu" %}',
            "Grade, EU 4x4 X4: reliability of the source cannot be assessed, cannot be corroborated",
        ),
        (
            '{% grade "1" "A" "uk" "P" %}',
            "Grade, UK 3x5x2 1AP: reliable source, known directly to the source, lawful sharing permitted",
        ),
    ],
)
def test_a_grade_is_said_in_the_words_of_its_own_scheme(tag, said):
    assert f'aria-label="{said}"' in shown(tag)


def test_what_is_not_graded_says_so():
    assert "Not graded" in shown('{% grade "" "" %}')


@pytest.mark.parametrize("label", ["AMBER+STRICT", "TLP:AMBER+STRICT", "amber_strict", "Amber-Strict"])
def test_a_tlp_label_is_written_as_first_writes_it(label):
    assert ">TLP:AMBER+STRICT<" in shown("{% tlp label %}", label=label)


def test_an_unknown_label_is_shown_as_the_most_restrictive():
    assert 'class="tlp red"' in shown('{% tlp "SECRET" %}')


def test_a_time_shows_place_home_and_age():
    text = shown('{% when at "Europe/Paris" "Paris" %}', at=NOW - datetime.timedelta(minutes=2))
    assert "21:50 Paris" in text and "15:50 New York" in text and ">2 min<" in text
    assert 'datetime="2015-11-13T20:50:00Z"' in text


def test_a_time_at_home_is_written_once():
    assert shown("{% when at %}", at=NOW).count("New York") == 1


@pytest.mark.parametrize("tag", ["{% clock at %}", "{% age at %}", '{% when at "Europe/Paris" "Paris" %}'])
def test_on_a_page_that_looks_back_a_time_is_of_that_moment_and_stands_still(tag):
    at, then = NOW - datetime.timedelta(minutes=12), NOW - datetime.timedelta(minutes=7)
    looking, back = shown(tag, at=at), shown(tag, at=at, then=then)
    assert "12 min" in looking and ("data-due" in looking or "data-age" in looking)
    assert "12 min" not in back and "data-due" not in back and "data-age" not in back
    assert "5 min" in back or "5:00 late" in back


def test_a_late_clock_has_a_word_and_a_sign_beside_its_colour():
    text = shown("{% clock due %}", due=NOW - datetime.timedelta(minutes=12))
    assert "12 min late" in text and "#i-alert-triangle" in text and 'class="clock late"' in text


def test_what_a_person_typed_is_escaped_in_every_mark():
    for tag in (
        "{% ref bad %}",
        "{% chip bad %}",
        "{% sure bad bad %}",
        "{% report_kind bad %}",
        '{% when at "UTC" bad %}',
        "{% tlp bad %}",
    ):
        assert "<script" not in shown(tag, bad="<script>x</script>", at=NOW).lower()


def test_amounts_carry_their_unit():
    assert (
        shown('{{ 125000|money:"USD" }} {{ 9900|money:"JPY" }} {{ 421888|bytes }} {{ 42|percent:100 }}')
        == "$1,250.00 ¥9,900 412 KB 42 %"
    )


class Sample(forms.Form):
    reason = forms.CharField(help_text="One sentence.")


def test_a_field_names_its_hint_and_its_error_and_keeps_what_was_typed():
    text = shown("{% form_field form.reason %}", form=Sample({"reason": ""}))
    assert 'aria-describedby="id_reason_hint id_reason_error"' in text and 'aria-invalid="true"' in text
    assert text.index("One sentence.") < text.index("id_reason_error") < text.index("<input")
    assert 'value="half"' in shown("{% form_field form.reason %}", form=Sample({"reason": "half"}))


def test_signs_that_point_turn_round_with_the_reading():
    assert 'class="icon sm dir"' in shown('{% icon "arrow-right" %}')
    assert 'class="icon sm"' in shown('{% icon "bolt" %}')


def test_what_was_typed_as_a_reason_is_said_as_a_sentence():
    page = Template("{% load parts %}{{ words|sentence }}")
    for typed, said in (("a site fell away", "A site fell away."), ("Why?", "Why?"), ("Done. ", "Done."), ("", "")):
        assert page.render(Context({"words": typed})) == said
