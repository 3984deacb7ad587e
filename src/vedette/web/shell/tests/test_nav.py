"""A seat finds the screens of its roles and no others, and only those that exist."""

from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import path

from vedette.web.shell.nav import entries, is_current


def nothing(request):
    return HttpResponse()


urlpatterns = [
    path("", nothing, name="desk"),
    path("incidents/", nothing, name="incidents"),
    path("inbox/", nothing, name="inbox"),
]


def seat(*roles: str) -> SimpleNamespace:
    return SimpleNamespace(roles=frozenset(roles), is_home=True)


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        (("watch",), ["desk", "incidents"]),
        (("partner",), ["inbox"]),
        (("unit",), ["inbox"]),
        (("watch", "partner"), ["desk", "inbox", "incidents"]),
    ],
)
@override_settings(ROOT_URLCONF=__name__)
def test_a_seat_finds_the_screens_of_its_roles_that_exist(roles, expected):
    request = RequestFactory().get("/incidents/")
    assert [entry.key for entry in entries(request, seat(*roles))] == expected


@override_settings(ROOT_URLCONF=__name__)
def test_nobody_signed_in_finds_no_screen():
    assert entries(RequestFactory().get("/"), None) == []


@override_settings(ROOT_URLCONF=__name__)
def test_a_count_burns_on_its_own_entry_only():
    request = RequestFactory().get("/")
    request.nav_counts = {"desk": (2, True, "2 unread flashes")}
    desk, incidents = entries(request, seat("watch"))
    assert (desk.count, desk.hot, desk.count_label, desk.current) == (2, True, "2 unread flashes", True)
    assert (incidents.count, incidents.hot, incidents.current) == (0, False, False)


def test_the_desk_is_current_at_the_root_alone():
    assert is_current("/", "/")
    assert not is_current("/", "/incidents/")
    assert is_current("/incidents/", "/incidents/paris/")
