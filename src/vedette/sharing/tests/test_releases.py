"""Drafting, pre-flight and signing: what leaves, what does not, and why."""

import json

import pytest
from django.db import DatabaseError, transaction

from tests.labels.load import rows
from vedette.agencies.keys import jwks, verify
from vedette.agencies.viewer import Viewer
from vedette.audit.models import Entry
from vedette.kit.errors import Conflict, Forbidden, Missing, Refused
from vedette.kit.signing import BadSignature
from vedette.live.models import Event
from vedette.sharing.actions import (
    add_paragraph,
    edit_paragraph,
    keep_paragraph,
    set_terms,
    sign_release,
)
from vedette.sharing.actions.drafting import LABEL, addresses_of
from vedette.sharing.models import Delivery, Paragraph, Release, Rest
from vedette.sharing.preflight import BLOCK, preflight
from vedette.sharing.queries import access_release, paragraphs_of, verdict_of
from vedette.sharing.tests.stage import Stage, blocks, drafted, signed, text_of

TLP = {"TLP:RED", "TLP:AMBER+STRICT", "TLP:AMBER", "TLP:GREEN", "TLP:CLEAR"}


def test_each_version_starts_with_its_own_label_and_tlp_is_written_exactly(paris: Stage) -> None:
    for version, label in LABEL.items():
        key = "unit:transit" if version in ("order", "bulletin") else "pt-bos"
        release = drafted(paris, version, key)
        assert release.tlp == f"TLP:{label}" and release.tlp in TLP


def test_a_draft_rests_on_reports_and_never_on_one_that_names_a_person_or_was_withdrawn(paris: Stage) -> None:
    release = drafted(paris, "police", "pt-bos")
    found = paragraphs_of(paris.releasing, release)
    assert found and all(row.rests or row.paragraph.origin == "own" for row in found)
    sheets = [sheet for row in found for sheet in row.rests]
    assert not any(sheet.access_class.named_subject or sheet.withdrawn_at for sheet in sheets)


def test_the_sector_version_names_no_place_host_method_or_figure(paris: Stage) -> None:
    said = text_of(drafted(paris, "sector", "pt-shield"))
    for word in ("Bataclan", "Stade", "prefecture", "rifle", "vest", "killed", "post"):
        assert word.casefold() not in said.casefold(), said
    assert "stadium" in said


def test_a_signature_verifies_and_a_changed_text_does_not(paris: Stage) -> None:
    release = signed(paris, "police", "pt-bos")
    assert verdict_of(release) == (True, "")
    document = json.loads(bytes(release.body or b""))
    assert verify(release.jws, jwks(), document)["label"] == "TLP:AMBER"
    document["paragraphs"][0] += " Not so."
    with pytest.raises(BadSignature):
        verify(release.jws, jwks(), document)
    release.body = bytes(release.body or b"").replace(b"Paris", b"Lyons")
    assert not verdict_of(release)[0]


def test_what_is_signed_is_fixed_in_the_database_too(paris: Stage) -> None:
    release = signed(paris, "police", "pt-bos")
    with pytest.raises(DatabaseError), transaction.atomic():
        Release.objects.as_house("a test").filter(pk=release.pk).update(title="Other")
    with pytest.raises(DatabaseError), transaction.atomic():
        Paragraph.objects.as_house("a test").filter(release=release).update(text="Other")
    with pytest.raises(DatabaseError), transaction.atomic():
        Delivery.objects.as_house("a test").filter(release=release).delete()
    with pytest.raises(Conflict):
        set_terms(paris.releasing, release=release, title="Other")


def test_signing_asks_who_one_is_once_more_and_only_the_releasing_officer_may(paris: Stage) -> None:
    release = drafted(paris, "police", "pt-bos")
    unproved = Viewer(**{**paris.releasing.__dict__, "proved_at": None})
    with pytest.raises(Forbidden) as refusal:
        sign_release(unproved, release=release)
    assert refusal.value.way_out == "prove"
    with pytest.raises(Forbidden):
        sign_release(paris.watch, release=release)
    assert sign_release(paris.releasing, release=release).signed_at


def test_signing_is_one_audit_entry_that_binds_the_document_and_one_event(paris: Stage) -> None:
    release = drafted(paris, "police", "pt-bos", "pt-jttf")
    before = Entry.objects.count()
    sign_release(paris.releasing, release=release)
    entry = Entry.objects.order_by("real_at").last()
    assert Entry.objects.count() == before + 1
    assert entry is not None and entry.code == "release.signed"
    assert bytes(entry.document) == bytes(access_release(paris.releasing, release.pk).digest or b"")
    assert Event.objects.filter(kind="release.signed", ids=[release.pk]).count() == 1


def test_two_versions_never_share_a_sheet(paris: Stage) -> None:
    one, two = drafted(paris, "police", "pt-bos"), drafted(paris, "federal", "pt-jttf")
    assert one.sheet.pk != two.sheet.pk and one.sheet.reference != two.sheet.reference


def test_a_named_person_is_refused_with_the_reason_and_goes_when_the_paragraph_is_cut(paris: Stage) -> None:
    release = drafted(paris, "police", "pt-bos")
    add_paragraph(paris.releasing, release=release, text="The man is named Tamerlan Tsarnaev, they say.")
    found = next(check for check in preflight(paris.releasing, release) if check.rule == "named-subject")
    assert found.state == BLOCK and "Tsarnaev" in found.sentence and "predicate" in found.way_round
    typed = Paragraph.objects.as_house("a test").get(release=release, topic="typed")
    keep_paragraph(paris.releasing, release=release, paragraph=typed.id, kept=False)
    assert "named-subject" not in blocks(paris, release)
    assert sign_release(paris.releasing, release=release).signed_at


def test_a_report_is_never_quoted_to_another_agency_and_the_quote_joins_the_lineage(paris: Stage) -> None:
    release = drafted(paris, "police", "pt-bos")
    row = next(row for row in rows("paris-2015") if row["id"] == "PAR-008")
    add_paragraph(paris.releasing, release=release, text=row["text"])
    assert "own-words" in blocks(paris, release)
    typed = Paragraph.objects.as_house("a test").get(release=release, topic="typed")
    assert Rest.objects.as_house("a test").filter(paragraph=typed, sheet=paris.reports["PAR-008"].pk).exists()
    edit_paragraph(
        paris.releasing, release=release, paragraph=typed.id, text="One of the attackers inside was shot early."
    )
    assert "own-words" not in blocks(paris, release)


def test_private_security_gets_the_sector_version_only_and_the_foundation_nothing(paris: Stage) -> None:
    assert "version" in blocks(paris, drafted(paris, "police", "pt-shield"))
    assert "version" in blocks(paris, drafted(paris, "sector", "pt-found"))
    assert "agreement" in blocks(paris, drafted(paris, "sector", "pt-found"))
    release = drafted(paris, "sector", "pt-shield")
    add_paragraph(paris.releasing, release=release, text="We hold 412 officers over.")
    assert "sector" in blocks(paris, release)


def test_without_an_agreement_nothing_leaves_and_inside_none_is_needed(paris: Stage) -> None:
    assert blocks(paris, drafted(paris, "police", "pt-chi")) == ["agreement"]
    assert blocks(paris, drafted(paris, "bulletin", "unit:transit")) == []
    assert blocks(paris, drafted(paris, "bulletin", "pt-bos")) == ["version"]


def test_a_label_wider_than_its_parts_or_narrower_than_the_clause_is_refused(paris: Stage) -> None:
    release = drafted(paris, "police", "pt-bos")
    set_terms(paris.releasing, release=release, label="TLP:AMBER+STRICT")
    held = [check for check in preflight(paris.releasing, release) if check.state == BLOCK]
    assert [check.rule for check in held] == ["agreement"] and any(way.do == "label" for way in held[0].ways)
    set_terms(paris.releasing, release=release, label="AMBER")
    assert blocks(paris, release) == []
    with pytest.raises(Refused):
        set_terms(paris.releasing, release=release, label="TLP:WHITE")


def test_red_goes_to_named_persons_only(paris: Stage) -> None:
    release = drafted(paris, "order", "unit:transit")
    set_terms(paris.releasing, release=release, label="RED")
    assert blocks(paris, release) == ["version"]


def test_a_release_is_as_narrow_as_what_it_rests_on(paris: Stage) -> None:
    from vedette.handling.actions import reclassify

    sheet = paris.reports["PAR-008"].sheet
    reclassify(paris.watch, sheet=sheet, sensitivity=3, groups=["desk"], named_subject=False, because="kept close")
    release = drafted(paris, "police", "pt-bos")
    assert release.sheet.access_class.sensitivity == 3 and release.sheet.access_class.groups == ["desk"]
    assert "label" in blocks(paris, release)


def test_a_partner_and_a_stranger_find_no_draft(paris: Stage) -> None:
    release = drafted(paris, "police", "pt-bos")
    for viewer in (paris.partner("pt-bos"), paris.partner("pt-chi"), None):
        with pytest.raises(Missing):
            access_release(viewer, release.pk)


def test_recipients_are_named_by_key_and_an_unknown_one_is_refused(paris: Stage) -> None:
    found = addresses_of([{"agency": "pt-bos"}, {"unit": "transit"}, {"agency": "pt-bos"}])
    assert len(found) == 2
    with pytest.raises(Refused):
        addresses_of([{"agency": "nobody"}])
