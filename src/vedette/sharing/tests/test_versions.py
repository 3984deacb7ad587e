"""What each version of a release says, over whole chronologies, and what none may say."""

import pytest
from django.db import transaction

from tests.labels.load import rows
from vedette.handling.models import Addressee
from vedette.incidents.models import Incident
from vedette.kit.errors import Refused
from vedette.sharing.actions import add_paragraph, draft_release, sign_release
from vedette.sharing.models import Rest
from vedette.sharing.tests.stage import Stage, blocks, drafted, play, play_on, signed, text_of, to

TLP = {"TLP:RED", "TLP:AMBER+STRICT", "TLP:AMBER", "TLP:GREEN", "TLP:CLEAR"}
HOMES = {
    "paris-2015": ("pt-bos", "pt-jttf", "pt-shield", "PAR-011"),
    "mumbai-2008": ("pt-bos", "pt-jttf", "pt-shield", "BOM-020"),
    "boston-2013": ("pt-nyc", "pt-cfc", "pt-bshield", "BOS-016"),
}

# The lines of the case whose text spells the name out.
NAMED = [row["id"] for row in rows("boston-2013") if row.get("identity") and "tsarna" in row["text"].casefold()]


@pytest.mark.whole
@pytest.mark.django_db
@pytest.mark.parametrize("name", HOMES)
def test_three_releases_leave_the_fourth_is_refused_and_no_version_holds_a_sensitive_span(name: str) -> None:
    stage = play(name, HOMES[name][-1])
    with transaction.atomic():
        three_leave_and_the_fourth_is_refused_with_its_clause(stage, *HOMES[name][:-1])
        transaction.set_rollback(True)
    no_version_holds_a_sensitive_span(play_on(stage, name), name)


def three_leave_and_the_fourth_is_refused_with_its_clause(stage: Stage, city: str, federal: str, sector: str) -> None:
    second = "police" if federal == "pt-cfc" else "federal"
    for version, key in (("police", city), (second, federal), ("sector", sector)):
        release = signed(stage, version, key)
        assert release.signed and release.tlp in TLP, version
    fourth = drafted(stage, "police", "pt-host-ldn")
    with pytest.raises(Refused) as refusal:
        sign_release(stage.releasing, release=fourth)
    assert "London" in refusal.value.reason and "“Letter on" in refusal.value.reason, refusal.value.reason
    assert refusal.value.way_out
    assert not Addressee.objects.filter(sheet=fourth.sheet).exists()


def no_version_holds_a_sensitive_span(stage: Stage, name: str) -> None:
    city, federal, sector, _until = HOMES[name]
    spans = [
        span[key] for row in rows(name) for span in row["sensitive"] for key in ("span", "gloss_span") if span.get(key)
    ]
    assert len(spans) > 20
    assert len(stage.reports) == len(rows(name))
    incidents = {row.pk: row for row in stage.incidents.values()}.values()
    for incident in incidents:
        for version, key in (
            ("police", city),
            ("federal", federal),
            ("sector", sector),
            ("bulletin", "unit:transit"),
            ("order", "unit:transit"),
        ):
            release = draft_release(stage.releasing, incident=incident, version=version, recipients=to(key))
            said = text_of(release).casefold()
            assert not [span for span in spans if span.casefold() in said], f"{version}: {said}"


@pytest.mark.django_db
@pytest.mark.parametrize("key", NAMED)
def test_lines_that_hold_an_identity_are_never_under_a_draft_and_never_leave_by_hand(key: str) -> None:
    stage = play("boston-2013", key, only=[key])
    report = stage.reports[key]
    assert report.sheet.access_class.named_subject, "the spotter is fail-safe"
    incident = stage.incidents[key]
    release = draft_release(stage.releasing, incident=incident, version="police", recipients=to("pt-nyc"))
    assert not Rest.objects.as_house("a test").filter(paragraph__release=release, sheet=report.pk).exists()
    row = next(row for row in rows("boston-2013") if row["id"] == key)
    add_paragraph(stage.releasing, release=release, text=row["text"])
    rules = blocks(stage, release)
    assert "named-subject" in rules and "own-words" in rules


def test_an_incident_without_usable_reports_still_drafts_what_is_our_own(db: None) -> None:
    stage = play("paris-2015", "PAR-002", only=["PAR-002"])
    incident: Incident = stage.main
    release = draft_release(stage.releasing, incident=incident, version="police", recipients=to("pt-bos"))
    assert "We ask you" in text_of(release)
