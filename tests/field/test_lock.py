"""The lock and the loss of a phone: ten tries, the other PIN, out of use at home."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.field.conftest import Rows, reports_saying, words
from tests.field.phones import PIN, Phone, until
from vedette.demo.client import Person

pytestmark = pytest.mark.browser
OTHER = "739164"
# A newer shell came while the app was open.
NEWER = """Object.defineProperty(ServiceWorkerRegistration.prototype, 'waiting', {
  get: () => ({ postMessage: (said) => { globalThis.told = said; } }),
});"""


def test_ten_wrong_tries_destroy_the_key_and_what_was_filed_still_goes_home(phone: Phone, rows: Rows):
    text, draft = words(), words()
    phone.offline()
    phone.file(text)
    phone.write(draft, kind="spot")
    phone.page.reload()
    for left in range(9, 0, -1):
        phone.page.fill("#pin", "111222")
        phone.page.locator("form [type=submit]").click()
        expect(phone.page.locator("[data-said]")).to_contain_text(f"Tries left: {left}")
    # A kill between two tries gives none for nothing.
    phone.page.reload()
    phone.page.fill("#pin", "111222")
    phone.page.locator("form [type=submit]").click()
    expect(phone.page.get_by_role("heading")).to_have_text("Ten wrong tries")
    expect(phone.page.locator("main")).to_contain_text("Still to be sent, sealed for the server: 1")
    assert phone.stored("drafts") == [] and phone.stored("items")[0]["body"] is None
    phone.page.reload()
    expect(phone.page.get_by_role("heading")).to_have_text("Ten wrong tries")
    phone.offline(False)
    until(lambda: reports_saying(rows, text) == 1, phone.page)
    _two_windows_set_one_pin(phone)


def _choose_a_pin(page: Page, pin: str) -> None:
    page.get_by_role("button", name="Set a new PIN").click()
    page.fill("#newpin", pin)
    page.fill("#againpin", pin)


def _two_windows_set_one_pin(phone: Phone) -> None:
    """A window that shows an old screen throws no living lock away: neither the one that says destroyed, nor a form half filled."""
    begun, old, half = words(), phone.second_tab(), phone.second_tab()
    expect(old.get_by_role("heading")).to_have_text("Ten wrong tries")
    _choose_a_pin(half, OTHER)
    # A newer shell has come: what is typed here is not lost by it.
    half.evaluate("navigator.serviceWorker.dispatchEvent(new Event('controllerchange'))")
    _choose_a_pin(phone.page, PIN)
    phone.page.locator("form [type=submit]").click()
    expect(phone.page.locator(".bigflash")).to_be_visible()
    phone.write(begun)
    old.get_by_role("button", name="Set a new PIN").click()
    expect(old.locator("#pin")).to_be_visible()
    expect(half.locator("#newpin")).to_have_value(OTHER)
    half.locator("form [type=submit]").click()
    expect(half.locator("#said")).to_contain_text("Another window set this phone up")
    phone.page.reload()
    phone.unlock()
    expect(phone.page.locator("#text")).to_have_value(begun)


# What waits cannot be sealed anew: the key it is sealed to is broken.
UNSEALABLE = """import('/static/field/store.js').then(async ({ alter, items }) => {
  for (const item of await items()) await alter('items', item.id, () => ({ kid: 'earlier' }));
  await alter('meta', 'handset', () => ({ sealing: null }));
})"""


def test_the_right_pin_after_nine_wrong_ones_opens_whatever_waits_and_gives_ten_tries_again_and_an_eleventh_is_never_judged(
    phone: Phone,
):
    phone.offline()
    phone.file(words())
    phone.page.evaluate(UNSEALABLE)
    phone.page.reload()
    # The browser's store takes nothing for a while.
    phone.page.evaluate(
        "() => { globalThis.whole = IDBObjectStore.prototype.put; IDBObjectStore.prototype.put = null; }"
    )
    phone.page.fill("#pin", PIN)
    phone.page.locator("form [type=submit]").click()
    expect(phone.page.locator("[data-said]")).to_contain_text("It did not open")
    phone.page.evaluate("() => { IDBObjectStore.prototype.put = globalThis.whole; }")
    for _ in range(2):
        phone.page.fill("#pin", "111222")
        phone.page.locator("form [type=submit]").click()
        expect(phone.page.locator("[data-said]")).to_contain_text("Tries left")
        phone.page.wait_for_timeout(50)
    phone.unlock()
    phone.page.reload()
    phone.page.fill("#pin", "111222")
    phone.page.locator("form [type=submit]").click()
    expect(phone.page.locator("[data-said]")).to_contain_text("Tries left: 9")
    # The app was killed in the tenth try, which was counted.
    phone.page.evaluate("import('/static/field/store.js').then((m) => m.alter('meta', 'lock', () => ({ tries: 10 })))")
    phone.page.fill("#pin", PIN)
    phone.page.locator("form [type=submit]").click()
    expect(phone.page.get_by_role("heading")).to_have_text("Ten wrong tries")


def test_a_browser_whose_store_does_not_open_is_told_so(bare_phone: Phone):
    page = bare_phone.page
    page.goto("/static/shell/vedette.svg")
    # A store of a form that this app does not know is one that it cannot open.
    page.evaluate("""() => new Promise((done) => {
      const asked = indexedDB.open('vedette-field', 99);
      asked.onsuccess = () => { asked.result.close(); done(); };
    })""")
    page.goto("/field")
    expect(page.get_by_role("heading")).to_have_text("This browser cannot keep reports safely")


@pytest.mark.parametrize(
    ("pin", "again", "said"),
    [("12345", "12345", "six digits"), ("111111", "111111", "tried first"), ("482915", "482916", "differ")],
)
def test_a_pin_that_protects_nothing_is_refused_with_its_reason(bare_phone: Phone, pin: str, again: str, said: str):
    bare_phone.page.goto("/field")
    bare_phone.page.fill("#newpin", pin)
    bare_phone.page.fill("#againpin", again)
    bare_phone.page.locator("form [type=submit]").click()
    expect(bare_phone.page.locator("[data-said]")).to_contain_text(said)
    assert bare_phone.stored("meta") == []
    held = "import('/static/field/sync.js').then((sync) => sync.held().why)"
    assert bare_phone.page.evaluate(held) == "", "nothing is held up on a phone that is not set up"


def test_who_is_not_signed_in_is_led_to_sign_in_and_back(bare_phone: Phone):
    page = bare_phone.page
    page.goto("/field")
    page.fill("#newpin", PIN)
    page.fill("#againpin", PIN)
    page.locator("form [type=submit]").click()
    page.get_by_role("link", name="Sign in").click()
    page.locator("button").filter(has=page.get_by_text("LO Paris", exact=True)).first.click()
    expect(page.locator("#newpin")).to_be_visible()
    assert page.url.endswith("/field")


def test_the_other_pin_opens_an_empty_app_and_the_desk_is_told_at_the_next_contact_signed_in_or_not(
    bare_phone: Phone, rows: Rows, end_sessions: Callable[[], None]
):
    phone = bare_phone.set_up(duress=OTHER)
    text, begun = words(), words()
    phone.offline()
    phone.file(text)
    phone.write(begun)
    end_sessions()
    phone.restart_locked()
    phone.page.evaluate("location.hash = '#/question/1'")
    phone.unlock(OTHER)
    # As an officer's for whom nothing waits: not where it was left, nothing said to be gone, nothing still to come.
    expect(phone.page.locator(".bigflash")).to_be_visible()
    phone.page.evaluate("location.hash = '#/to-me'")
    expect(phone.page.get_by_role("heading", name="Nobody waits for you")).to_be_visible()
    phone.page.evaluate("location.hash = '#/expense'")
    expect(phone.page.locator("#amount")).to_be_visible()
    phone.write(words())
    phone.outbox()
    expect(phone.page.locator(".itemcard")).to_have_count(0)
    expect(phone.page.locator("#waiting")).to_be_hidden()
    shown = phone.page.locator("body").inner_text().lower()
    assert "duress" not in shown and "forced" not in shown and "alarm" not in shown
    before = rows("SELECT count(*) FROM handsets_packet WHERE kind = 'duress'")[0][0]
    phone.offline(False)
    until(lambda: rows("SELECT count(*) FROM handsets_packet WHERE kind = 'duress'")[0][0] == before + 1, phone.page)
    assert reports_saying(rows, text) == 0
    phone.sign_in()
    phone.open(OTHER)
    # What waited goes home as well, and nothing of it shows here.
    until(lambda: reports_saying(rows, text) == 1, phone.page)
    expect(phone.page.locator(".itemcard")).to_have_count(0)
    phone.page.evaluate(NEWER)
    phone.page.evaluate("location.hash = '#/phone'")
    phone.page.locator("[data-lock]").click()
    # A newer shell takes over at the lock, as soon as the page has its worker.
    until(lambda: phone.page.evaluate("globalThis.told") == "take-over", phone.page)
    phone.unlock()
    phone.outbox()
    expect(phone.card(text)).to_be_visible()
    phone.page.evaluate("location.hash = '#/report/flash'")
    expect(phone.page.locator("#text")).to_have_value(begun)


def test_a_phone_without_a_duress_pin_looks_the_same_in_its_store(bare_phone: Phone):
    phone = bare_phone.set_up()
    lock = next(row for row in phone.stored("meta") if isinstance(row, dict) and "tries" in row)
    assert {name: sorted(lock[name]) for name in ("a", "b")} == {
        name: ["iv", "rounds", "salt", "wrapped"] for name in ("a", "b")
    }
    assert lock["a"] == lock["b"], "the same lengths on both sides"


def test_two_tabs_show_the_same_outbox_and_send_each_thing_once(phone: Phone, rows: Rows):
    one, two = words(), words()
    other = phone.second_tab()
    other.fill("#pin", PIN)
    other.locator("form [type=submit]").click()
    expect(other.locator("#tabs")).to_be_visible()
    phone.offline()
    phone.file(one)
    phone.file(two, page=other)
    phone.outbox()
    for page in (phone.page, other):
        expect(page.locator(".itemcard")).to_have_count(2)
    phone.offline(False)
    for page in (phone.page, other):
        expect(page.locator(".itemcard").filter(has_text="Received, not read")).to_have_count(2, timeout=30_000)
    assert [reports_saying(rows, one), reports_saying(rows, two)] == [1, 1]


@pytest.mark.parametrize("closed", [False, True])
def test_a_phone_taken_out_of_use_empties_itself_at_its_next_contact_and_says_what_is_lost(
    phone: Phone, rows: Rows, officer: Person, closed: bool
):
    sent, unsent = words(), words()
    phone.file(sent)
    expect(phone.card(sent).locator(".stateword")).to_have_text("Received, not read")
    phone.offline()
    phone.file(unsent)
    said = {"because": "Left in a taxi.", "own": True}
    officer.post(f"/api/v1/handsets/{phone.number}/revoke", said)
    wake = phone.close_the_app() if closed else None
    phone.offline(False)
    if wake:
        wake()
        until(lambda: phone.stored("items") == [], phone.page)
        phone.page.goto("/field")
    expect(phone.page.get_by_role("heading")).to_have_text("This phone was emptied", timeout=30_000)
    expect(phone.page.locator("main")).to_contain_text("readable by nobody now: 1")
    assert [phone.stored(table) for table in ("items", "drafts", "kept", "files", "pieces")] == [[], [], [], [], []]
    until(
        lambda: rows("SELECT wiped_at FROM handsets_handset WHERE id = %s", phone.number)[0][0] is not None, phone.page
    )
    assert (reports_saying(rows, sent), reports_saying(rows, unsent)) == (1, 0)
