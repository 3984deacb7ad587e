"""The security pack: dated rows, stricter than their source or as strict, each with an effect that is felt."""

import datetime
from dataclasses import replace

import pytest

from vedette.agencies.actions import expire_accounts, record_person
from vedette.agencies.locks import account_key, begin_try, is_locked, try_failed
from vedette.agencies.rules import RULES, rules_in_force, value_of
from vedette.agencies.signin_models import SecurityRule
from vedette.agencies.viewer import Viewer
from vedette.audit.models import Entry
from vedette.handling.locking import break_glass
from vedette.handling.rules import set_rule
from vedette.kit.errors import Forbidden, Missing, Refused
from vedette.kit.time import real_now


def keeper(cast) -> Viewer:
    return proved(cast.viewer("administrator"))


def proved(viewer: Viewer) -> Viewer:

    return replace(viewer, proved_at=real_now())


def test_a_rule_is_set_from_now_on_and_what_held_before_is_kept(cast):
    assert (value_of("tries"), SecurityRule.objects.count()) == (5, 0)
    set_rule(keeper(cast), key="tries", value=3, because="a stolen list")
    set_rule(keeper(cast), key="tries", value=4, because="too many calls")
    held = next(row for row in rules_in_force() if row.key == "tries")
    assert (held.value, held.row.because, held.row.by_id) == (4, "too many calls", cast.seats["administrator"].id)
    assert [(row.value, row.until is not None) for row in held.earlier] == [(3, True)]
    said = list(Entry.objects.filter(code="rule.set").order_by("id").values_list("reason", flat=True))
    assert said == ["tries 3: a stolen list", "tries 4: too many calls"]


@pytest.mark.parametrize("key", sorted(RULES))
def test_no_rule_is_looser_than_its_source(cast, key):
    rule = RULES[key]
    beyond = rule.loosest + (1 if rule.loosest > rule.strictest else -1)
    with pytest.raises(Refused, match="not allowed"):
        set_rule(keeper(cast), key=key, value=beyond, because="x")
    set_rule(keeper(cast), key=key, value=rule.strictest, because="x")
    assert value_of(key) == rule.strictest


def test_a_reason_a_change_and_an_administrator_who_proved_himself_are_asked_for(cast):
    for value, because in ((5, "x"), (4, " ")):
        with pytest.raises(Refused):
            set_rule(keeper(cast), key="tries", value=value, because=because)
    with pytest.raises(Missing):
        set_rule(keeper(cast), key="nothing", value=1, because="x")
    for viewer in (cast.viewer("administrator"), proved(cast.viewer("watch")), proved(cast.viewer("north_1"))):
        with pytest.raises(Forbidden):
            set_rule(viewer, key="tries", value=4, because="x")


def test_tries_the_glass_and_an_unused_account_follow_the_rule(cast):
    set_rule(keeper(cast), key="tries", value=3, because="x")
    account = account_key("somebody")
    for number in range(3):
        assert not is_locked(account, ""), number
        try_failed(begin_try(account, ""), None)
    assert is_locked(account, "")
    set_rule(keeper(cast), key="glass_minutes", value=10, because="x")
    with pytest.raises(Refused, match="11 minutes cannot be had"):
        break_glass(proved(cast.viewer("commander")), because="x", minutes=11)
    break_glass(proved(cast.viewer("commander")), because="x", minutes=10)


def test_an_account_for_an_occasion_is_switched_off_by_the_rule(cast):

    person = record_person(username="guest", label="Guest", temporary=True)
    person.made_at = real_now() - datetime.timedelta(hours=5)
    person.save()
    expire_accounts()
    person.refresh_from_db()
    assert person.is_active
    set_rule(keeper(cast), key="temporary_hours", value=4, because="x")
    expire_accounts()
    person.refresh_from_db()
    assert not person.is_active


def test_a_session_keeps_the_rule_it_began_under(cast):
    old = cast.signed_in("watch")
    set_rule(keeper(cast), key="idle_minutes", value=5, because="x")
    new = cast.signed_in("watch")
    for browser in (old, new):
        session = browser.session
        session["used"] = (real_now() - datetime.timedelta(minutes=6)).isoformat()
        session.save()
    assert (old.get("/settings/").status_code, new.get("/settings/").status_code) == (200, 302)


def test_the_screen_says_what_is_in_force_since_when_by_whom_and_its_effect(cast):
    browser = cast.signed_in("administrator")
    assert "Wrong codes or passwords lock that way after 5 tries" in browser.get("/settings/rules/").content.decode()
    assert browser.post("/settings/rules/tries/", {"value": 9, "because": "x"}).status_code == 422
    assert browser.post("/settings/rules/tries/", {"value": 3, "because": "a stolen list"}).status_code == 302
    page = browser.get("/settings/rules/").content.decode()
    assert "after 3 tries" in page and "a stolen list" in page and "From the next try on" in page
    assert cast.signed_in("watch").get("/settings/rules/").status_code == 403
