"""The page of all contacts: by post, and only those the viewer may see."""

import pytest

from vedette.audit.models import Entry
from vedette.programme.actions import set_contact

PAGE = "/programme/contacts/"


def made(cast, by, post, role, sensitivity):
    plain = {"languages": [], "reach": "line", "sensitivity": sensitivity}
    return set_contact(cast.viewer(by), post=cast.posts[post], role=role, **plain)


def test_without_contacts_the_page_says_where_they_are_written_down(browser):
    assert "on the page of its post" in browser.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("name", "roles"),
    [
        ("watch", {"Role one", "Role two", "Role three"}),
        ("narrow", {"Role one", "Role two"}),
        ("officer_a", {"Role one", "Role three"}),
    ],
)
def test_each_viewer_finds_exactly_the_contacts_he_may_see(cast, name, roles):
    made(cast, "narrow", "a", "Role one", 1)
    made(cast, "narrow", "b", "Role two", 2)
    made(cast, "officer_a", "a", "Role three", 3)
    page = cast.signed_in(name).get(PAGE).content.decode()
    assert {role for role in ("Role one", "Role two", "Role three") if role in page} == roles


def test_a_post_all_of_whose_contacts_are_hidden_is_not_named(cast, browser):
    made(cast, "officer_b", "b", "Role three", 3)
    assert "B-town" not in browser.get(PAGE).content.decode()


def test_the_list_is_written_down(cast, browser):
    contact = made(cast, "narrow", "a", "Role one", 1)
    browser.get(PAGE)
    assert Entry.objects.filter(code="sheet.listed").get().objects_ids == [contact.pk]


@pytest.mark.parametrize("name", ["investigator", "auditor", "north_1"])
def test_others_are_refused(cast, name):
    assert cast.signed_in(name).get(PAGE).status_code == 403
