"""A workbook on the screen: looked over before anything is entered, taken whole or in part, and never twice."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import sign_in
from vedette.funding.importing import COLUMNS
from vedette.funding.models import Expense
from vedette.funding.tests.test_importing import GOOD, OTHER, book
from vedette.kit.time import set_clock

LOOK, TAKE = "/funding/import/", "/funding/import/take/"


def sent(*rows):
    return {"file": SimpleUploadedFile("costs.xlsx", book(*rows))}


def kept():
    return Expense.objects.as_house("a test").count()


def looked(browser, *rows):
    answer = browser.post(LOOK, sent(*rows))
    return answer.content.decode(), answer.context["take"]["rows"].value()


def test_a_workbook_is_looked_over_first_and_taken_whole_or_in_part(money, browser):
    bad = [*GOOD[:3], "-7", *GOOD[4:]]
    page, carried = looked(browser, GOOD, bad, OTHER)
    assert kept() == 0 and "1 not taken" in page and "2 can be taken" in page and "A cost is never negative." in page
    refused = browser.post(TAKE, {"how": "all", "rows": carried})
    assert refused.status_code == 422 and "1 of 3 rows cannot be taken" in refused.content.decode() and kept() == 0
    taken = browser.post(TAKE, {"how": "some", "rows": carried}).content.decode()
    assert kept() == 2 and "2 entered, 1 not taken." in taken and "A cost is never negative." in taken
    again = browser.post(TAKE, {"how": "some", "rows": carried})
    assert again.status_code == 422 and "No row can be taken." in again.content.decode() and kept() == 2


def test_what_the_page_carried_is_taken_only_unchanged_by_the_same_seat_and_within_the_hour(money, browser, second):
    _page, carried = looked(browser, GOOD)
    for who, rows in ((browser, carried[:-1]), (browser, ""), (second, carried)):
        answer = who.post(TAKE, {"how": "all", "rows": rows})
        assert answer.status_code == 422 and "This is not what was read." in answer.content.decode()
    set_clock(shown=money.later(61), speed=1, paused=False)
    assert "more than an hour ago" in browser.post(TAKE, {"how": "all", "rows": carried}).content.decode()
    assert kept() == 0


@pytest.mark.parametrize("body", [b"", b"Post,Item", b"PK\x03\x04"])
def test_what_is_no_workbook_is_refused_beside_its_field(browser, body):
    answer = browser.post(LOOK, {"file": SimpleUploadedFile("costs.xlsx", body)})
    assert answer.status_code == 422 and "id_file_error" in answer.content.decode()


def test_the_empty_workbook_filled_in_is_taken(money, browser):
    made = openpyxl.load_workbook(io.BytesIO(browser.get("/funding/import/costs.xlsx").content))
    assert [cell.value for cell in made["Costs"][1]] == list(COLUMNS)
    assert "A-ville" in [cell.value for cell in made["Lists"]["A"]]
    made["Costs"].append(GOOD)
    out = io.BytesIO()
    made.save(out)
    page = browser.post(LOOK, {"file": SimpleUploadedFile("costs.xlsx", out.getvalue())}).content.decode()
    assert "1 can be taken" in page and "Foundation" in page


@pytest.mark.parametrize("name", ["officer_a", "narrow", "commander", "foundation"])
def test_only_a_finance_officer_comes_here(money, name):
    client = sign_in(money.cast.viewer(name))
    assert {
        client.get(LOOK).status_code,
        client.post(TAKE).status_code,
        client.get(f"{LOOK}costs.xlsx").status_code,
    } == {403}
