"""The programme manager, the finance officer and the chief do a year's work by clicks in a real browser."""

import datetime
import io
import re
import uuid
import zipfile
from collections.abc import Iterator

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.flows.conftest import as_for_a_person, running_house
from tests.flows.walking import Walk, walking

pytestmark = pytest.mark.browser
CREOLE = "Creole-speaking instructors"
VETTED = {
    "Case number": "2015-0911-A",
    "Vetted on": "2015-11-10",
    "Holds until": "2016-11-09",
    "Cleared": "24",
    "Suspended": "1",
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """A demonstration on the morning before its night, with nobody playing."""
    home = tmp_path_factory.mktemp("office")
    with pytest.MonkeyPatch.context() as patch:
        as_for_a_person(home, patch)
        with running_house(home, paused=True) as house:
            yield house.cast()


@pytest.fixture
def walk(browser, office) -> Iterator[Walk]:
    with walking(browser, office.base) as found:
        yield found


def moved(office, day: str) -> None:
    """The shown clock stands at noon of a day."""
    moment = datetime.datetime.fromisoformat(f"{day}T17:00:00+00:00")
    office.watch.post("/replay/clock/", {"to": moment.isoformat(), "paused": True})


def opened(page: Page, summary: str, nth: int = 0):
    """A form that opens in its place."""
    editor = page.locator(
        "details.editor", has=page.locator("summary", has_text=re.compile(f"^\\s*{summary}\\s*$"))
    ).nth(nth)
    editor.locator("summary").click()
    return editor


def filled(page: Page, summary: str, values: dict[str, str], nth: int = 0) -> None:
    """A form opened, filled and sent."""
    editor = opened(page, summary, nth)
    for label, value in values.items():
        field = editor.get_by_label(label)
        field.select_option(label=value) if field.evaluate("one => one.tagName") == "SELECT" else field.fill(value)
    editor.locator("button[type=submit]").click()
    page.wait_for_load_state()


def on_the_board(page: Page, title: str) -> None:
    page.goto("/programme/missions/")
    page.get_by_role("link", name=re.compile(title)).click()
    expect(page.get_by_role("heading", name=re.compile(title))).to_be_visible()


def check_off(page: Page) -> None:
    """Every line of the list that is open is done; vettings with their case."""
    while (left := page.locator(".checks li", has=page.locator(".chip.due"))).count():
        line = left.first
        line.locator("summary").click()
        for label, value in VETTED.items():
            if line.get_by_label(label).count() and (label != "Holds until" or "vetting" in line.inner_text()):
                line.get_by_label(label).fill(value)
        line.locator("button[type=submit]").click()
        page.wait_for_load_state()


def test_the_creole_mission_is_matched_moved_checked_flown_reported_and_claimed(walk, office):
    manager = walk.sit("Programme manager")
    on_the_board(manager, CREOLE)
    manager.get_by_role("button", name="Begin to look for a team").click()
    expect(manager.locator(".fits")).to_contain_text("Haitian Creole")
    address = manager.url

    chief = walk.sit("Commander on duty")
    chief.goto(address)
    moved_on = {
        "First day": "2016-03-07",
        "For how many days": "30",
        "Place": "Port-au-Prince",
        "Reason": "Not before spring.",
    }
    filled(chief, "Accept", moved_on)
    expect(chief.locator(".pagehead")).to_contain_text("7 Mar 2016")

    manager.goto(address)
    for _seat in range(manager.locator("tr.best").count()):
        manager.locator("tr.best button").first.click()
        manager.wait_for_load_state()
    expect(manager.locator("tr.best button")).to_have_count(0)
    assert manager.locator("section[aria-labelledby=team-head] li b").count() >= 4
    session = {"Session": "Patrol on foot", "Day": "2016-03-09", "Hours": "6", "Trainees": "24", "Of them vetted": "24"}
    filled(manager, "Plan a session", session)

    chief.goto(address)
    expect(chief.locator("section[aria-labelledby=go-head]")).to_contain_text("lines of the list are not done")
    filled(chief, "Go", {})
    expect(chief.get_by_role("alert").first).to_contain_text("Not done: insurance")
    walk.wrong.clear()
    finance = walk.sit("Finance officer")
    committed(finance, "Creole", "travel", "2016-03-07", "2016-04-05", "24,000.00")
    manager.goto(address)
    expect(manager.locator("#check-funding .chip.ok")).to_be_visible()
    check_off(manager)
    chief.goto(address)
    expect(chief.get_by_text("Nothing is missing")).to_be_visible()
    filled(chief, "Go", {})
    expect(chief.locator(".pagehead .chip")).to_contain_text("Go")

    moved(office, "2016-03-07")
    manager.goto(address)
    manager.get_by_role("button", name="The team has left").click()
    expect(manager.locator(".pagehead .chip")).to_contain_text("Abroad")
    cost(finance, "Creole", "Flight", "4,200.00", **{"Day it was paid": "2016-03-07", "Order number": "BUR-2016-17"})
    approve_as(chief, finance.url)

    moved(office, "2016-04-06")
    manager.goto(address)
    filled(manager, "The team is home", {})
    filled(manager, "File the report", {"What was done": "One session was held. The hosts ask for it again."})
    filled(
        manager,
        "Note what was learned",
        {"About": "training", "What was seen": "Radios of the hosts did not reach the hills."},
    )
    manager.get_by_role("button", name="Close the mission").click()
    expect(manager.locator(".pagehead .chip")).to_contain_text("Closed")

    pack = claimed(finance, "2016-03-01", "2016-04-05")
    book = openpyxl.load_workbook(io.BytesIO(pack.read("claim.xlsx")), data_only=True)["Claim"]
    lines = [
        row[9] for row in book.iter_rows(min_row=9, values_only=True) if row[0] and isinstance(row[9], int | float)
    ]
    total = next(row[9] for row in book.iter_rows(min_row=9, values_only=True) if row[8] == "Sum")
    assert 4200 in lines
    assert sum(lines) == pytest.approx(total)
    assert "Radios of the hosts" not in str(list(book.values))


def cost(finance: Page, mission: str, item: str, amount: str, **more: str) -> None:
    """A cost of a mission is entered; its page is open, or the form again with what is wrong."""
    finance.goto("/funding/new-expense/")
    work = finance.get_by_label("For", exact=True)
    work.select_option(value=work.locator("option", has_text=mission).first.get_attribute("value"))
    finance.get_by_label("What it is").select_option(label=item)
    for label, value in {"Amount": amount, "Currency": "USD", **more}.items():
        finance.get_by_label(label).fill(value)
    finance.get_by_role("button", name="Enter the expense").click()
    finance.wait_for_load_state()


def committed(finance: Page, mission: str, category: str, first: str, last: str, amount: str) -> None:
    """What a mission will cost is committed, out of the bureau's money."""
    finance.goto("/funding/new-commitment/")
    work = finance.get_by_label("For", exact=True)
    work.select_option(value=work.locator("option", has_text=mission).first.get_attribute("value"))
    finance.get_by_label("Category").select_option(label=category)
    typed = {"First day": first, "Last day": last, "Amount": amount, "Currency": "USD", "Order number": "BUR-2016-17"}
    for label, value in typed.items():
        finance.get_by_label(label).fill(value)
    finance.get_by_role("button", name="Commit it").click()
    finance.wait_for_load_state()


def approve_as(chief: Page, address: str) -> None:
    chief.goto(address)
    chief.get_by_role("button", name="Approve").click()
    expect(chief.get_by_role("button", name="Approve")).to_have_count(0)


def claimed(finance: Page, first: str, last: str) -> zipfile.ZipFile:
    """The bureau's claim for some days, sent, and its pack."""
    finance.goto("/funding/new-claim/")
    grant = finance.get_by_label("Grant", exact=True)
    options = {one.inner_text(): one.get_attribute("value") for one in grant.locator("option").all()}
    grant.select_option(value=next(value for name, value in options.items() if "bureau" in name and "2015" in name))
    finance.get_by_label("First day").fill(first)
    finance.get_by_label("Last day").fill(last)
    finance.get_by_role("button", name="Look at what it would hold").click()
    finance.get_by_role("button", name="Send the claim").click()
    finance.wait_for_load_state()
    answer = finance.request.get(finance.locator("a[href$='/pack/']").first.get_attribute("href"))
    return zipfile.ZipFile(io.BytesIO(answer.body()))


def test_the_fourth_mission_is_refused_by_every_payer_and_the_lawful_way_is_said(walk, office):
    finance = walk.sit("Finance officer")
    cost(finance, "Rapid first-entry drill", "Flight", "3,100.00", **{"Day it was paid": "2015-11-12"})
    page = finance.locator("main")
    expect(page).to_contain_text("Have the request made through the bureau")
    assert walk.sit("Commander on duty").goto(finance.url).status == 200


def test_an_officer_offers_himself_and_a_gap_in_the_rota_is_filled(walk, office):
    officer = walk.sit("LO Paris")
    officer.goto("/programme/offer-mission/")
    typed = {"Title": "Creole for the island's police", "Country": "HT", "City": "Port-au-Prince",
             "Time zone": "America/Port-au-Prince", "From": "2016-05-02", "For how many days": "14", "Seats of the team": "1",
             "What it is for": "My family comes from there."}  # fmt: skip
    for label, value in typed.items():
        officer.locator("main form").last.get_by_label(label).first.fill(value)
    officer.get_by_label("Kind", exact=True).select_option(index=1)
    officer.locator("main form button[type=submit]").last.click()
    expect(officer.get_by_role("heading", name="Creole for the island's police")).to_be_visible()
    manager = walk.sit("Programme manager")
    on_the_board(manager, "Creole for the island's police")

    rota = manager.locator("tr", has=manager.get_by_role("link", name="Singapore"))
    manager.goto("/programme/posts/sin/")
    filled(manager, "Last day", {"Last day there": "2016-06-30", "Reason": "His two years are over."})
    manager.goto("/programme/rota/")
    expect(rota).to_contain_text("nobody named from 1 Jul 2016")
    manager.goto("/programme/posts/sin/")
    filled(manager, "Post an officer", {"Officer": "SGT-16", "First day": "2016-06-20"})
    manager.goto("/programme/rota/")
    expect(rota).to_contain_text("11 days together")
    expect(rota).not_to_contain_text("nobody named")


def test_the_chief_takes_the_yearly_statement(walk, office):
    chief = walk.sit("Commander on duty")
    chief.goto("/funding/value/")
    expect(chief.locator(".pagehead")).to_contain_text("What they learn goes to the city's own commands first")
    paper = chief.request.get(chief.get_by_role("link", name="Statement").get_attribute("href"))
    assert paper.body().startswith(b"%PDF")
    book = chief.request.get(chief.get_by_role("link", name="Workbook").get_attribute("href"))
    assert openpyxl.load_workbook(io.BytesIO(book.body())).sheetnames[:2] == ["Posts", "Who paid"]
    chief.goto("/funding/value/chains/")
    expect(chief.get_by_role("heading", name="From report to outcome")).to_be_visible()


def test_an_agreement_that_ended_stops_a_mission_a_charge_and_a_release_and_each_says_so(walk, office):
    moved(office, "2016-10-05")
    chief, manager, finance = (
        walk.sit(label) for label in ("Commander on duty", "Programme manager", "Finance officer")
    )
    on_the_board(manager, "Rapid first-entry drill")
    chief.goto(manager.url)
    bureau = "Memorandum with the State Department bureau on police training abroad"
    days = {"First day": "2016-11-07", "For how many days": "10", "Place": "Paris", "Reason": "Later."}
    filled(chief, "Accept", days)
    expect(chief.locator("section[aria-labelledby=go-head]")).to_contain_text("No agreement is named")
    manager.goto("/programme/agreements/")
    expect(manager.locator("tr", has_text=bureau)).to_contain_text("xpired")

    cost(finance, "Creole", "Flight", "900.00", **{"Day it was paid": "2016-10-03", "Order number": "BUR-2016-18"})
    expect(finance.locator("main")).to_contain_text("ended on 2 Oct 2016")

    manager.get_by_role("link", name=re.compile("overseas incident reporting")).first.click()
    paper = manager.locator("section[aria-labelledby=facts-head] details.editor", has_text="Write it down").first
    paper.locator("summary").click()
    paper.get_by_label("Last day").fill("2016-10-01")
    paper.get_by_label("Why it changes").fill("It was not renewed.")
    paper.get_by_role("button", name="Write it down").click()
    expect(manager.locator("main")).to_contain_text("1 Oct 2016")
    incident = opened_incident(walk, office)
    releasing = walk.sit("Releasing officer")
    releasing.goto(f"/releases/draft/?incident={incident}")
    releasing.get_by_label(re.compile("Federal joint terrorism task force")).check()
    releasing.get_by_role("button", name="Draft the versions").click()
    expect(releasing.locator(".check.block", has_text="overseas incident reporting")).to_be_visible()
    expect(releasing.get_by_role("button", name="Sign", exact=True)).to_have_attribute("aria-disabled", "true")


def opened_incident(walk: Walk, office) -> str:
    """A flash comes, and the watch opens an incident on it."""
    place = {"name": "Gare de Lyon, Paris 12e", "lat": 48.8443, "lon": 2.3744, "precision_m": 200}
    words = {"kind": "flash", "text": "Shots in the main hall, two men with rifles.", "place": place}
    now = office.watch.get("/replay/state/")["shown"]
    office.watch.post("/api/v1/reports", {"client_id": str(uuid.uuid4()), "observed_t": now, "post": "par", **words})
    watch = walk.sit("Watch officer 1")
    watch.locator("#queue > li").first.locator("a").first.click()
    watch.locator("#report").get_by_role("button", name=re.compile("New incident|Open an incident")).first.click()
    link = watch.locator("#belongs a[href*='/incidents/']").first
    expect(link).to_be_visible()
    return link.get_attribute("href").strip("/").split("/")[-1]
