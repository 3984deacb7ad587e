"""Drafts, signatures and documents on the page of an agreement."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

PAGE = "/programme/agreements/terms-to-come/"


@pytest.fixture
def draft(cast, browser) -> str:
    """A draft entered by the form: no day of signing is given."""
    typed = {"partner": str(cast.agencies["north"].id), "title": "Terms to come", "kind": "sharing", "signed": ""}
    return browser.post("/programme/new-agreement/", typed, follow=True).content.decode()


def test_a_draft_says_who_has_not_signed_and_is_in_force_once_both_have(cast, browser, draft):
    assert "Not signed yet: we, the other side." in draft and "A draft: nothing rests on it" in draft
    typed = {"side": "ours", "office": "Commissioner", "signed": "2026-02-02"}
    page = browser.post(f"{PAGE}signatures/", typed, follow=True).content.decode()
    assert "Not signed yet: the other side." in page and "Take it back" in page
    assert browser.post(f"{PAGE}signatures/", {**typed, "signed": "2027-01-01"}).status_code == 422
    page = browser.post(f"{PAGE}signatures/", {**typed, "side": "theirs"}, follow=True).content.decode()
    assert "A draft" not in page and "signed 2 Feb 2026" in page and "Take it back" not in page
    assert "for North County Police" in page


def test_a_signature_is_taken_back_with_a_reason(browser, draft):
    from vedette.programme.models import AgreementSignature

    browser.post(f"{PAGE}signatures/", {"side": "ours", "office": "Mayor", "signed": "2026-02-02"})
    row = AgreementSignature.objects.get()
    page = browser.post(
        f"{PAGE}signatures/{row.id}/end/", {"because": "It was the clerk's."}, follow=True
    ).content.decode()
    assert "taken back" in page and "Not signed yet: we, the other side." in page


def test_a_version_is_stored_listed_and_taken_and_what_may_run_is_refused(cast, browser, draft):
    paper = SimpleUploadedFile("terms.txt", b"Clause 1.")
    page = browser.post(f"{PAGE}documents/", {"file": paper, "sensitivity": "3"}, follow=True).content.decode()
    assert (
        "Version 1" in page and "No paper that you may read" in cast.signed_in("officer_a").get(PAGE).content.decode()
    )
    paper = SimpleUploadedFile("terms.txt", b"Clause 1.")
    page = browser.post(f"{PAGE}documents/", {"file": paper, "sensitivity": "1"}, follow=True).content.decode()
    assert "Version 2" in page and "terms.txt" in page
    runs = SimpleUploadedFile("terms.exe", b"MZ\x90\x00\x03" + b"\x00" * 99)
    refused = browser.post(f"{PAGE}documents/", {"file": runs, "sensitivity": "1"})
    assert refused.status_code == 422 and 'id="document_file_error"' in refused.content.decode()
    assert "Version 2" in cast.signed_in("commander").get(PAGE).content.decode()
