"""Papers and the rule of cover on the page of a post and on the rota; who sees whose."""

import datetime

from vedette.kit.time import now
from vedette.programme.actions import set_away, set_paper
from vedette.programme.models import PostCover, PostPaper


def ahead(days: int) -> str:
    return (now().date() + datetime.timedelta(days=days)).isoformat()


def test_a_visa_is_written_prolonged_and_ended_on_the_page_of_the_post(cast, browser):
    page = f"/programme/posts/{cast.posts['a'].key}/"
    typed = {"kind": "visa", "seat": str(cast.seats["officer_a"].id), "expires": ahead(6), "note": "consulate"}
    assert "6 days" in browser.post(f"{page}papers/", typed, follow=True).content.decode()
    refused = browser.post(f"{page}papers/", {**typed, "expires": ahead(400)})
    assert refused.status_code == 422 and "consulate" in refused.content.decode()
    for beyond in ("9999-12-31", "0001-01-01"):
        refused = browser.post(f"{page}papers/", {**typed, "kind": "lease", "seat": "", "expires": beyond})
        assert refused.status_code == 422 and "No such day can be kept." in refused.content.decode()
    row = PostPaper.objects.get()
    browser.post(f"{page}papers/{row.id}/", {**typed, "expires": ahead(400), "because": "prolonged"})
    row = PostPaper.objects.get(until__isnull=True)
    shown = browser.post(f"{page}papers/{row.id}/end/", {"because": "he left"}, follow=True).content.decode()
    assert "2 earlier papers" in shown and "prolonged" in shown and "he left" in shown
    assert cast.signed_in("watch").post(f"{page}papers/", typed).status_code == 403


def test_the_rule_is_set_on_the_page_and_counted_on_the_first_one(cast, browser):
    page = f"/programme/posts/{cast.posts['a'].key}/"
    shown = browser.post(f"{page}cover/", {"officers": "2", "handover_days": "9", "because": "more work"}, follow=True)
    assert "2 officers must stand here; 9 days of handover are wanted." in shown.content.decode()
    assert PostCover.objects.count() == 1 and "1 of 2 officers" in browser.get("/programme/").content.decode()
    assert browser.post(f"{page}cover/", {"officers": "0", "handover_days": "9", "because": "x"}).status_code == 422


def test_the_rota_marks_papers_and_leave_for_those_who_may_see_them(cast, browser, manager):
    officer = cast.seats["officer_a"]
    day = now().date() + datetime.timedelta(days=40)
    set_paper(manager, post=cast.posts["a"], kind="visa", seat=officer, expires=day)
    set_away(manager, person=officer.person, kind="leave", first=day, last=day)
    rota = browser.get("/programme/rota/").content.decode()
    assert 'class="papermark due"' in rota and 'class="leave leave"' in rota and "11 Apr 2026" in rota
    assert "1 paper runs out" in browser.get("/programme/").content.decode()
    others = cast.signed_in("watch").get("/programme/rota/").content.decode()
    assert "papermark" not in others and "leave leave" not in others and "11 Apr 2026" not in others


def test_the_managers_tabs_count_what_is_due_and_nobody_elses_do(cast, browser, manager):
    set_paper(manager, post=cast.posts["a"], kind="lease", expires=now().date() + datetime.timedelta(days=5))
    for page in ("/programme/", "/programme/contacts/"):
        assert '<span class="n burn">1 due</span>' in browser.get(page).content.decode()
        assert '<span class="n burn">' not in cast.signed_in("watch").get(page).content.decode()
