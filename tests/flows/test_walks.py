"""Every seat does its main job by clicks in a real browser, on an evening that was played through the same doors."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from vedette.demo.play import Play

pytestmark = pytest.mark.browser
PHONE = (390, 844)


def flash(evening: Play, words: str) -> None:
    """An officer abroad files a flash."""
    now = evening.cast.watch.get("/replay/state/")["shown"]
    body = {"client_id": str(uuid.uuid4()), "kind": "flash", "text": words, "observed_t": now}
    place = {"name": "Gare de Lyon, Paris 12e", "lat": 48.8443, "lon": 2.3744, "precision_m": 200}
    evening.cast.officer("par").post("/api/v1/reports", {**body, "place": place})


def test_the_watch_officer_reads_a_flash_that_comes_live_grades_links_asks_and_starts_a_response(walk, evening):
    page = walk.sit("Watch officer 1")
    words = "Shots fired in the main hall of Gare de Lyon, two men with rifles, three killed."
    flash(evening, words)
    top = page.locator("#queue > li").first
    expect(top).to_contain_text("main hall of Gare de Lyon")
    expect(top.locator(".unread")).to_have_count(1)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    report = page.locator("#report")
    expect(report.get_by_text("Not yet read")).to_be_visible()
    report.get_by_role("button", name="Acknowledge").click()
    expect(report.locator(".chip.ok", has_text="Read")).to_be_visible()
    expect(top.locator(".unread")).to_have_count(0)

    page.keyboard.press("g")
    work = page.locator("#report-work")
    work.get_by_label("The source").select_option("NATO:B")
    work.get_by_label("The information").select_option("NATO:3")
    work.get_by_label("Because").first.fill("one counterpart, nothing beside it")
    work.get_by_role("button", name="Grade", exact=True).click()
    expect(top.locator(".grade")).to_have_attribute("aria-label", re.compile("Grade B3"))

    report.get_by_role("button", name="New incident instead").click()
    expect(report.locator("#belongs")).to_contain_text("INC-15-")
    report.get_by_role("link", name="Ask").click()
    page.get_by_label("What do you want to know?").fill("Is any line to the airport closed?")
    expect(page.get_by_label("Which post?")).to_have_value("par")
    expect(page.get_by_label("Why do you need it?")).to_have_value(re.compile("About PAR-15-"))
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_text("Is any line to the airport closed?").first).to_be_visible()

    page.goto("/")
    page.locator("#queue > li").first.locator("a").click()
    report.get_by_role("link", name="Respond").click()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("heading", name=re.compile("Response: "))).to_be_visible()
    expect(page.locator(".task").first).to_be_visible()


def test_the_analyst_carries_another_figure_and_looks_back_to_before_it_was_known(walk, evening):
    page = walk.sit("Analyst 1")
    page.goto(f"/incidents/{evening.desk.responding.incident}/")
    one = page.locator(".contradiction").first
    other = one.locator(".claim", has=page.get_by_role("button", name="Carry")).first
    figure = other.locator(".big").inner_text()
    other.get_by_role("button", name="Carry").click()
    expect(one.locator(".claim.carried .big")).to_have_text(figure)
    slider = page.locator("[data-asof]")
    slider.focus()
    slider.press("Home")
    expect(page.get_by_text("Looking back: the page as it stood")).to_be_visible()
    expect(page.get_by_role("button", name="Carry")).to_have_count(0)
    slider.press("End")
    expect(page.get_by_text("Looking back: the page as it stood")).to_have_count(0)


def test_the_commander_reads_one_page_and_decides(walk, evening):
    page = walk.sit("Commander on duty")
    expect(page).to_have_url(re.compile("/brief/"))
    page.goto(f"/brief/{evening.desk.responding.incident}/")
    expect(page.get_by_role("heading", name=evening.chronology.title)).to_be_visible()
    paper = page.request.get(page.get_by_role("link", name="PDF").get_attribute("href"))
    assert paper.headers["content-type"] == "application/pdf" and paper.body().startswith(b"%PDF")
    page.goto(f"/response/{evening.desk.responding.run['id']}/")
    page.keyboard.press("c")
    page.get_by_label("What is to be decided?").fill("Does a team leave tonight?")
    page.get_by_label("Decided", exact=True).fill("Two officers, first flight")
    page.get_by_role("textbox", name="Because").fill("The host has asked for them.")
    page.locator("#drawer").get_by_role("button", name="Decide").click()
    expect(page.locator("[data-part=decisions]")).to_contain_text("Two officers, first flight")


def test_the_sergeant_acknowledges_on_the_phone_and_reports_it_done(walk, evening):
    page = walk.sit("Duty sergeant, Emergency service unit", size=PHONE)
    expect(page).to_have_url(re.compile("/orders/"))
    order = page.locator("article.order", has=page.get_by_role("button", name="Acknowledge")).first
    key = order.get_attribute("id")
    order.get_by_role("button", name="Acknowledge").click()
    order = page.locator(f"#{key}")
    expect(order.get_by_role("button", name="Acknowledge")).to_have_count(0)
    order.locator("summary", has_text="Done").click()
    order.get_by_label("Evidence").fill("Four stations covered, list with the desk.")
    order.get_by_label("What came of it").fill("Units stand until midnight.")
    order.get_by_role("button", name="Report it done").click()
    expect(page.locator(f"#{key}.done")).to_contain_text("Units stand until midnight.")


def test_the_releasing_officer_meets_a_block_takes_the_way_round_and_signs(walk, evening):
    page = walk.sit("Releasing officer")
    page.goto(f"/releases/draft/?incident={evening.desk.responding.incident}")
    page.get_by_label(re.compile("Paris prefecture-style host")).check()
    page.get_by_label(re.compile("Boston-style city police")).check()
    page.get_by_role("button", name="Draft the versions").click()
    ways = page.locator(".check.block .way button")
    expect(page.locator(".check.block", has_text="Paris prefecture-style host may not receive it")).to_be_visible()
    expect(page.get_by_role("button", name="Sign", exact=True)).to_have_attribute("aria-disabled", "true")
    for left in range(ways.count(), 0, -1):
        ways.first.click()
        expect(ways).to_have_count(left - 1)
    page.get_by_role("button", name=re.compile("Sign and send to")).click()
    page.locator("dialog#sign").get_by_role("button", name="Sign and send").click()
    expect(page.get_by_role("heading", name="Recipients")).to_be_visible()
    expect(page.get_by_text("signature verifies")).to_be_visible()


def test_an_investigator_asks_about_a_person_and_who_is_not_sworn_does_not_see_it(walk, evening):
    page = walk.sit("Investigator, robbery squad")
    page.get_by_role("link", name="Ask", exact=True).click()
    page.get_by_label("What do you want to know?").fill("Is the lessee of the black car known to the host?")
    page.get_by_label("Why do you need it?").fill("The same plate was seen at a robbery in our city.")
    page.get_by_label("It names a private person").check()
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("heading", name=re.compile("lessee of the black car"))).to_be_visible()
    address = page.url
    other = walk.sit("Programme manager")
    assert other.goto(address).status in (403, 404)
    expect(other.get_by_text("lessee of the black car")).to_have_count(0)
    walk.wrong.clear()


def test_a_partner_acknowledges_on_the_phone_and_asks(walk, evening):
    partner = next(row for row in evening.chronology.home["partners"] if row["kind"] == "private security network")
    page = walk.sit("Duty desk", partner["name"], size=PHONE)
    page.locator(".qrow").first.click()
    page.get_by_role("button", name="Acknowledge").click()
    expect(page.locator(".chip.ok", has_text="acknowledged").first).to_be_visible()
    page.locator("summary", has_text="Ask").click()
    page.get_by_label("What do you need to know?").fill("Are halls in our sector meant?")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Are halls in our sector meant?")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text("PAR-15-")


def test_the_auditor_asks_who_knew_what_follows_a_trail_and_verifies_the_log(walk, evening):
    page = walk.sit("Auditor")
    page.get_by_label("Person, unit or partner").select_option(label="Watch officer 1")
    page.get_by_label("Reference, incident or words").fill("PAR-15-0004")
    page.get_by_role("button", name="Ask").click()
    row = page.locator(".knewtable tbody tr").first
    expect(row).to_contain_text("PAR-15-0004")
    row.get_by_role("link", name="PAR-15-0004").click()
    expect(page.locator(".timeline.trail li").first).to_be_visible()
    page.get_by_role("link", name="Proofs").click()
    page.get_by_role("button", name=re.compile("Verify the newest")).click()
    expect(page.locator("#verifying")).to_contain_text("Stands: every entry")
