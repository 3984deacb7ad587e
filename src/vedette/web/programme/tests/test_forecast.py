"""The forecast as a screen: months as columns, each loss with its reason and who could fill it."""

import datetime

from vedette.kit.time import now
from vedette.programme.actions import end_posting, state_qualification
from vedette.programme.models import Posting

PAGE = "/programme/forecast/"


def test_a_loss_stands_in_its_month_with_its_reason_and_is_nobodys_to_fill(cast, browser, manager):
    assert "No post loses anything" in browser.get(PAGE).content.decode()
    officer = cast.seats["officer_a"]
    state_qualification(manager, person=officer.person, kind="skill", name="liaison")
    last = now().date() + datetime.timedelta(days=40)
    end_posting(manager, posting=Posting.objects.get(seat=officer), last_day=last, because="tour")
    page = browser.get(PAGE).content.decode()
    assert "Apr 2026" in page and "the posting of officer_a ends" in page and "Nobody at home brings any of it." in page
    assert "1 thing lost within twelve months" in page
    state_qualification(manager, person=cast.seats["officer_b"].person, kind="skill", name="liaison")
    page = browser.get(PAGE).content.decode()
    assert "brings liaison" in page and "posted abroad on these days" in page


def test_only_the_manager_and_the_chief_are_led_to_it(cast, browser):
    assert PAGE in browser.get("/programme/").content.decode()
    assert cast.signed_in("commander").get(PAGE).status_code == 200
    watch = cast.signed_in("watch")
    assert watch.get(PAGE).status_code == 403 and PAGE not in watch.get("/programme/").content.decode()
