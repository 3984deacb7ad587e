"""What the house is made of is entered by who keeps it: agencies, units, protected sites one by one and by a list."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from vedette.agencies.models import Agency, Unit
from vedette.audit.models import Entry
from vedette.response.actions import load_playbooks
from vedette.response.models import Site
from vedette.response.queries import sites
from vedette.web.signin.tests.stage import real_house

PLACES = ["/settings/house/new-agency/", "/settings/house/new-unit/"]
SITE = {"name": "Grand hotel", "kind": "Hotel", "lat": "40.75", "lon": "-73.97", "priority": "1", "because": "our list"}
HEADS = "name,kind,lat,lon,area,sector,priority"


def refused(answer) -> bool:
    return answer.status_code == 422


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("who", "answer"), [("keeper", 200), ("watch1", 403), ("north", 403), (None, 302)])
def test_the_house_is_entered_by_administrators_alone(house, place, who, answer):
    client = house.browser(who) if who else Client()
    assert client.get(place).status_code == answer


def test_an_agency_is_entered_once_and_changed_while_its_kind_stays(house):
    client = house.browser("keeper")
    typed = {"name": "Police of Lyon", "kind": "host", "city": "Lyon", "country": "fr", "because": "first day"}
    assert (
        client.post("/settings/house/new-agency/", {**typed, "zone": "Europe/Paris"})["Location"] == "/settings/house/"
    )
    row = Agency.objects.get(name="Police of Lyon")
    assert (row.kind, row.country, row.zone) == ("host", "FR", "Europe/Paris")
    assert refused(client.post("/settings/house/new-agency/", {**typed, "name": "police of LYON"}))
    for wrong in ({"kind": "home"}, {"zone": "Mars/Base"}, {"country": "F1"}, {"because": ""}):
        assert refused(client.post("/settings/house/new-agency/", {**typed, "name": "Another", **wrong})), wrong
    page = f"/settings/house/agencies/{row.id}/"
    client.post(page, {"name": "Police nationale, Lyon", "kind": "private", "city": "Lyon", "because": "its name"})
    row.refresh_from_db()
    assert (row.name, row.kind, row.zone) == ("Police nationale, Lyon", "host", "Europe/Paris")
    assert [one.reason for one in Entry.objects.filter(code="agency.set").order_by("id")] == ["first day", "its name"]


@pytest.mark.parametrize(("place", "kind"), [("new-agency", "police")])
def test_who_enters_a_name_at_the_moment_of_another_waits_for_him(house, place, kind):
    client, typed = (
        house.browser("keeper"),
        {"name": "Twin", "kind": "police", "city": "Lyon", "country": "fr", "because": "first day"},
    )
    with CaptureQueriesContext(connection) as asked:
        client.post(f"/settings/house/{place}/", typed)
    assert any("FOR NO KEY UPDATE" in one["sql"] and "'home'" in one["sql"] for one in asked)


def test_each_form_of_the_house_opens_outside_of_any_transaction(transactional_db):
    house = real_house()
    client = house.browser("keeper")
    pages = [f"/settings/house/agencies/{row.id}/" for row in house.agencies.values()]
    assert {client.get(page).status_code for page in (*pages, *PLACES, "/settings/sites/new/")} == {200}


def test_a_unit_is_entered_with_a_kind_that_a_playbook_knows(house):
    load_playbooks()
    client, typed = house.browser("keeper"), {"name": "Patrol division", "kind": "patrol", "because": "first day"}
    assert client.post("/settings/house/new-unit/", typed).status_code == 302
    row = Unit.objects.get()
    assert (row.agency_id, row.kind) == (house.agencies["home"].id, "patrol")
    assert refused(client.post("/settings/house/new-unit/", typed))
    assert refused(client.post("/settings/house/new-unit/", {**typed, "name": "Other", "kind": "made up"}))
    client.post(f"/settings/house/units/{row.id}/", {**typed, "name": "Patrol", "kind": "tactical"})
    row.refresh_from_db()
    assert (row.name, row.kind) == ("Patrol", "tactical")
    assert "Patrol" in client.get("/settings/house/").content.decode()


@pytest.mark.parametrize(("who", "answer"), [("keeper", 200), ("watch1", 200), ("chief", 200), ("north", 403)])
def test_the_sites_at_home_are_kept_by_the_watch_and_administrators(house, who, answer):
    client = house.browser(who)
    assert {client.get(place).status_code for place in ("/settings/sites/", "/settings/sites/list/sites.csv")} == {
        answer
    }


def test_a_site_is_entered_changed_and_ended_and_one_that_ended_is_protected_no_more(house):
    client = house.browser("watch1")
    assert client.post("/settings/sites/new/", SITE)["Location"] == "/settings/sites/"
    row = Site.objects.get()
    assert (row.kind, row.lat, row.priority) == ("hotel", 40.75, 1)
    for wrong in ({}, {"name": "B", "lat": "140"}, {"name": "B", "lon": "nan"}, {"name": "B", "kind": ""}):
        assert refused(client.post("/settings/sites/new/", {**SITE, **wrong})), wrong
    page = f"/settings/sites/{row.id}/"
    client.post(page, {**SITE, "name": "Great hotel", "priority": "2", "because": "its new name"})
    assert [(site.id, site.name, site.priority) for site in sites()] == [(row.id, "Great hotel", 2)]
    assert refused(client.post(f"{page}end/", {"because": ""}))
    client.post(f"{page}end/", {"because": "pulled down"})
    assert sites() == [] and Site.objects.get().ended_because == "pulled down"
    assert client.get(page).status_code == 404
    codes = list(Entry.objects.filter(code__startswith="site.").exclude(code="site.listed").order_by("id"))
    assert [one.code for one in codes] == ["site.set", "site.set", "site.ended"]


def send(client, text, **typed):
    body = text if isinstance(text, bytes) else text.encode()
    return client.post(
        "/settings/sites/list/", {"file": SimpleUploadedFile("sites.csv", body), "because": "our list", **typed}
    )


def test_a_list_is_taken_whole_or_what_can_be_read_of_it_with_the_reason_for_each_row_left_out(house):
    client = house.browser("chief")
    text = f"{HEADS}\nStation,rail station,40.7,-73.9,East,transport,1\nHotel,hotel,140.7,-73.9,,,2\nstation,bus,40,-73,,,x\n"
    answer = send(client, text)
    said = answer.content.decode()
    assert refused(answer) and not Site.objects.exists()
    assert "A latitude lies between" in said and "This is no priority" in said
    answer = send(client, text, leave="on")
    assert answer.status_code == 200 and "A latitude lies between" in answer.content.decode()
    assert [site.name for site in sites()] == ["Station"]
    again = send(client, "\ufeffname;kind;lat;lon\nStation;Rail station;40.71;-73.9\nHôtel;hotel;40.7;-73.9\n")
    assert again["Location"] == "/settings/sites/"
    assert {(site.name, site.lat) for site in sites()} == {("Station", 40.71), ("Hôtel", 40.7)}


@pytest.mark.parametrize(
    "body",
    [b"", b"name,kind\nA,b\n", HEADS.encode(), b"\xff\xfe\x00", b'name,kind,lat,lon\n"A', f"{HEADS}\n\x00,\n".encode()],
)
def test_what_is_no_list_is_refused_with_a_way_out(house, body):
    assert refused(send(house.browser("chief"), body)) and not Site.objects.exists()
