"""Shared posts on the screen: entered, refused beside the field, ended."""

from vedette.funding.models import PostShare
from vedette.funding.tests.test_shares import clause

__all__ = ["clause"]
NEW, LIST = "/funding/new-share/", "/funding/shared/"


def test_a_post_is_shared_and_the_share_is_ended(money, browser, clause):
    typed = {
        "post": str(money.cast.posts["a"].id), "clause": str(clause.id), "part": "30", "categories": ["training"],
        "because": "the letter",
    }  # fmt: skip
    for values, words in (
        ({"part": "0"}, "more than nothing"),
        ({"post": ""}, "Nothing is chosen."),
        ({"part": "x"}, "cannot be read"),
    ):
        answer = browser.post(NEW, {**typed, **values})
        assert answer.status_code == 422 and words in answer.content.decode(), values
    page = browser.post(NEW, typed, follow=True).content.decode()
    assert "A-ville" in page and "30 %" in page and "One officer for two" in page
    again = browser.post(NEW, typed)
    assert again.status_code == 422 and "shares it already" in again.content.decode()
    share = PostShare.objects.get()
    page = browser.post(f"{LIST}{share.id}/end/", {"because": "ours again"}, follow=True).content.decode()
    assert "The share is ended." in page and "ours again" in page
    assert browser.post(f"{LIST}{share.id}/end/", {"because": "again"}).status_code == 409
