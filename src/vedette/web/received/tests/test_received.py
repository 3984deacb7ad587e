"""What others sent, in the browser: filed by the desk, kept under its label, hidden from who may not see it."""

import pytest

from vedette.reporting.models import Received

pytestmark = pytest.mark.django_db
TYPED = {
    "agency": "federal", "sender": "", "channel": "call", "received_at": "2015-11-13T16:05", "label": "TLP:AMBER", "text": "A grey launch left.",
}  # fmt: skip


def test_a_clerk_files_a_call_and_it_is_listed_with_sender_label_and_time(cast):
    page = cast.signed_in("watch").post("/received/", TYPED, follow=True).content.decode()
    assert "Federal Office" in page and "TLP:AMBER" in page and "A grey launch left." in page
    row = Received.objects.seen_by(cast.viewer("watch")).get()
    assert row.received_at.isoformat() == "2015-11-13T21:05:00+00:00"


def test_what_was_typed_is_kept_and_the_error_stands_at_its_field(cast):
    answer = cast.signed_in("watch").post("/received/", {**TYPED, "agency": "", "about": "AAA-99-9999"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "A grey launch left.</textarea>" in page and 'id="id_sender_error"' in page


def test_who_may_not_file_sees_the_list_without_the_form(cast):
    page = cast.signed_in("investigator").get("/received/").content.decode()
    assert "<form" not in page.split('id="main"')[1].split("</main>")[0]


def test_a_partner_sees_nothing_of_it(cast):
    cast.signed_in("watch").post("/received/", TYPED)
    row = Received.objects.seen_by(cast.viewer("watch")).get()
    page = cast.signed_in("federal").get("/received/").content.decode()
    assert "grey launch" not in page
    assert cast.signed_in("federal").get(f"/received/{row.pk}/").status_code == 404
