"""Standing rules on the screen: written, shown, ended; what waits under one says so, and what blocks it."""

import datetime

from tests.cast import sign_in
from vedette.kit.time import now
from vedette.sharing.actions import draft_by_rules, end_standing_rule, withdraw_report
from vedette.sharing.models import StandingDraft, StandingRule
from vedette.sharing.tests.ruled import Ruled, seen

LIST, NEW = "/releases/standing/", "/releases/standing/new/"


def test_a_rule_is_written_shown_and_ended_by_a_releasing_officer(house: Ruled) -> None:
    browser = sign_in(house.stage.releasing)
    page = browser.get(LIST).content.decode()
    assert "One officer for two" in page and "signed by Releasing officer" in page and "In force" in page
    typed = {
        "share": str(house.share.id), "clause": str(house.clause.id), "label": "AMBER", "because": "as agreed",
        "last_day": (now().date() + datetime.timedelta(days=30)).isoformat(),
    }  # fmt: skip
    taken = browser.post(NEW, typed)
    assert taken.status_code == 422 and "End that one first" in taken.content.decode()
    ended = browser.post(f"{LIST}{house.rule.id}/end/", {"because": "too many"}, follow=True).content.decode()
    assert "nothing more is drafted" in ended and "too many" in ended
    assert browser.post(f"{LIST}{house.rule.id}/end/", {"because": "again"}).status_code == 409
    for wrong, words in (
        ({"label": "RED"}, "goes up to TLP:AMBER"), ({"last_day": "2031-01-01"}, "at most a year"), ({"clause": ""}, "Nothing is chosen"),
    ):  # fmt: skip
        answer = browser.post(NEW, {**typed, **wrong})
        assert answer.status_code == 422 and words in answer.content.decode(), wrong
    page = browser.post(NEW, typed, follow=True).content.decode()
    assert "The rule is signed" in page and StandingRule.objects.filter(until__isnull=True).count() == 1


def test_who_may_read_the_rules_and_who_may_write_one(house: Ruled) -> None:
    watch, commander = (sign_in(house.stage.viewer(name)) for name in ("Watch officer 1", "Commander on duty"))
    assert watch.get(LIST).status_code == 403 and watch.get(NEW).status_code == 403
    page = commander.get(LIST)
    assert page.status_code == 200 and NEW not in page.content.decode() and commander.get(NEW).status_code == 403
    assert LIST not in watch.get("/releases/").content.decode() and LIST in commander.get("/releases/").content.decode()


def test_a_draft_says_by_which_rule_until_when_and_what_blocks_it(house: Ruled) -> None:
    report, _claim = seen(house.stage, "par", "Gare du Nord", killed=3)
    draft_by_rules()
    browser = sign_in(house.stage.releasing)
    said = "Drafted by standing rule of Releasing officer, 13 Nov 2015, clause 2 of One officer for two"
    assert said in browser.get("/releases/").content.decode()
    one = StandingDraft.objects.as_house("a test").get()
    address = f"/releases/{one.release_id}/"
    page = browser.get(address).content.decode()
    assert said in page and "Escalates at" in page and "Sign and send to 1 recipient" in page
    withdraw_report(house.stage.watch, report=report, because="another station")
    page = browser.get(address).content.decode()
    assert "was withdrawn after this was drafted" in page and "Blocked" in page
    answer = browser.post(f"{address}aside/", {"because": "told by telephone"}, follow=True).content.decode()
    assert "Set aside" in answer and "told by telephone" in answer
    assert browser.post(f"{address}aside/", {"because": "again"}).status_code == 422
    end_standing_rule(house.stage.releasing, rule=house.rule, because="over")
    assert one.release_id.hex not in browser.get(LIST).content.decode().replace("-", "")


def test_a_draft_of_an_ended_rule_says_so(house: Ruled) -> None:
    seen(house.stage, "par", "Gare du Nord", killed=3)
    draft_by_rules()
    end_standing_rule(house.stage.releasing, rule=house.rule, because="over")
    one = StandingDraft.objects.as_house("a test").get()
    page = sign_in(house.stage.releasing).get(f"/releases/{one.release_id}/").content.decode()
    assert "The rule was ended." in page and "renewed no more" in page and "Escalates at" not in page
