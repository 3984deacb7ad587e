"""The handover on screen and as PDF, and promises on the page of the post."""

import pytest

from vedette.kit.time import now
from vedette.programme.actions import log_meeting, set_contact
from vedette.programme.models import Promise


@pytest.fixture
def meeting(cast):
    """The officer of post A met a contact there who asks for something."""
    officer, post = cast.viewer("officer_a"), cast.posts["a"]
    contact = set_contact(
        officer,
        post=post,
        role="Duty desk",
        languages=["French"],
        reach="line",
        conditions="Never by mail",
        sensitivity=1,
    )
    return log_meeting(officer, contact=contact, met_at=now(), how="met", text="Of the match.", sensitivity=1)


def test_a_promise_is_noted_and_settled_on_the_page_and_stands_in_the_handover_while_it_is_owed(cast, meeting):
    browser, key = cast.signed_in("officer_a"), cast.posts["a"].key
    page = f"/programme/posts/{key}/"
    typed = {"whose": "ours", "text": "Send the list", "due": "2026-03-20"}
    shown = browser.post(f"{page}meetings/{meeting.pk}/promises/", typed, follow=True).content.decode()
    assert "Send the list" in shown and "by 20 Mar 2026" in shown
    handover = browser.get(f"{page}handover/").content.decode()
    assert "Send the list" in handover and "Never by mail" in handover and "Of the match." in handover
    row = Promise.objects.as_house("what was typed").get()
    assert browser.post(f"{page}promises/{row.id}/", {"because": "Sent."}).status_code == 422
    shown = browser.post(
        f"{page}promises/{row.id}/", {"kept": "no", "because": "He left."}, follow=True
    ).content.decode()
    assert "not kept" in shown and "He left." in shown
    assert "Send the list" not in browser.get(f"{page}handover/").content.decode()
    other = cast.signed_in("officer_b")
    assert other.get(f"{page}handover/").status_code == 403 and other.get(f"{page}handover.pdf").status_code == 403
    assert f"{page}handover/" in shown and f"{page}handover/" not in other.get(page).content.decode()


def test_the_handover_is_a_paper_of_its_own(cast, meeting):
    answer = cast.signed_in("officer_a").get(f"/programme/posts/{cast.posts['a'].key}/handover.pdf")
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
