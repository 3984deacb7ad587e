"""What the rooms say in English, said in French: whole, around its values, sentence by sentence, or as it stands."""

import pytest
from django.utils import translation

from vedette.audit.codes import SENTENCES
from vedette.config import catalogues
from vedette.kit.errors import Refused
from vedette.kit.said import in_words, said, said_choices
from vedette.reporting.models import Report


@pytest.fixture(autouse=True, scope="module")
def compiled() -> None:
    catalogues.compile_stale()


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("filed a report", "a déposé un rapport"),
        ("Your seat may not file a report.", "Votre fonction ne peut pas déposer un rapport."),
        (
            "It is larger than 25 MB. Send a smaller copy, or part of it.",
            "Il dépasse 25 Mo. Envoyez une copie plus petite, ou une partie.",
        ),
        ("the same way: bombing, shooting", "de la même façon\u00a0: bombing, shooting"),
        ("killed", "tués"),
        ("Killed", "Tués"),
        ("claim-of-responsibility", "revendication"),
        ("100 %s of (it", "100 %s of (it"),
        ("What a person typed stays as it is.", "What a person typed stays as it is."),
        ("", ""),
        ("Host police · Paris", "Police hôte · Paris"),
        ("It takes: auditor, privacy officer.", "Il faut\u00a0: auditeur, délégué à la protection des données."),
        ("auditor, somebody", "auditor, somebody"),
        ("a" * 998 + " b c", "a" * 998 + " b c"),
    ],
)
def test_a_sentence_of_the_house_is_said_in_french_and_any_other_as_it_stands(english: str, french: str) -> None:
    with translation.override("fr"):
        assert said(english) == french
    with translation.override("en"):
        assert said(english) == english


def test_every_audit_code_has_a_french_sentence() -> None:
    with translation.override("fr"):
        assert [code for code, words in SENTENCES.items() if said(words) == words and not code.startswith("demo")] == []


def test_a_refusal_is_said_with_its_way_out() -> None:
    refusal = Refused("code", "This code does not fit, or was used already.", "Ask your administrator.")
    with translation.override("fr"):
        words = in_words(refusal)
    assert words == "Ce code ne convient pas, ou a déjà servi. Adressez-vous à votre administrateur."
    assert in_words(refusal) == f"{refusal.reason} {refusal.way_out}"
    assert in_words(Refused("code", "It is empty.")) == "It is empty."


def test_choices_are_said_when_they_are_drawn() -> None:
    choices = said_choices(Report.Kind.choices)
    assert dict(choices)["assessment"] == "assessment"
    with translation.override("fr"):
        assert str(dict(choices)["assessment"]) == "évaluation"
