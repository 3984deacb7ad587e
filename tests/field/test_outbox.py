"""The outbox held to its word with the fault injected for real: nothing lost, nothing double, states honest."""

import random
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.field.conftest import Rows, reports_saying, words
from tests.field.phones import NO_SYNC, Phone, until
from tests.flows.conftest import House

pytestmark = pytest.mark.browser


def test_a_flash_takes_two_taps_beside_the_typing_and_is_at_the_server_at_once(phone: Phone, rows: Rows):
    text = words()
    phone.page.locator(".bigflash").tap()
    phone.page.fill("#text", text)
    expect(phone.page.locator("[data-position]")).to_contain_text("within 18 m")
    phone.page.locator("[data-send]").tap()
    expect(phone.card(text).locator(".stateword")).to_have_text("Received, not read")
    kind, nexus, lat, size = rows(
        "SELECT r.kind, r.nexus, r.lat, 0 FROM reporting_report r JOIN reporting_version v ON v.report_id = r.sheet_id WHERE v.text = %s",
        text,
    )[0]
    assert (kind, nexus, round(lat, 3), size) == ("flash", "none-known", 48.863, 0)
    assert phone.stored("items")[0]["size"] <= 2048
    asked = "performance.getEntriesByType('resource').map((one) => one.name).filter((name) => name.includes('noto'))"
    assert phone.page.evaluate(asked) == [], "no font of another script comes before a flash"


def test_a_long_flash_fits_in_two_kilobytes_and_nothing_readable_lies_on_the_phone(phone: Phone):
    sentence = (
        "Armed men came out of a black car at the corner and fired at the terrace; the host closes both bridges. "
    )
    phone.offline()
    phone.file(sentence * 10)
    item = phone.stored("items")[0]
    assert item["size"] <= 2048
    raw = phone.page.evaluate("""async () => {
      const { database } = await import('/static/field/store.js');
      const db = await database();
      const seen = [];
      for (const name of db.objectStoreNames) {
        for (const row of await db.getAll(name)) {
          const walk = (v) => {
            if (typeof v === 'string') seen.push(v);
            else if (ArrayBuffer.isView(v)) seen.push(new TextDecoder('latin1').decode(v));
            else if (v && typeof v === 'object') Object.values(v).forEach(walk);
          };
          walk(row);
        }
      }
      return seen.join('\\n');
    }""")
    assert len(raw) > 2000 and "terrace" not in raw


def test_a_session_that_ran_out_while_offline_keeps_the_outbox_asks_to_sign_in_and_then_sends(
    phone: Phone, rows: Rows, end_sessions
):
    text = words()
    phone.offline()
    phone.file(text)
    end_sessions()
    phone.offline(False)
    expect(phone.page.locator("#held")).to_contain_text("Signed out", timeout=30_000)
    assert phone.state_of(text) == "On this phone"
    assert reports_saying(rows, text) == 0
    phone.page.locator("#held").get_by_role("link", name="Sign in").click()
    phone.page.locator("button").filter(has=phone.page.get_by_text("LO Paris", exact=True)).first.click()
    expect(phone.page.locator("#pin")).to_be_visible()
    phone.unlock()
    phone.outbox()
    expect(phone.card(text).locator(".stateword")).to_have_text("Received, not read", timeout=30_000)
    assert reports_saying(rows, text) == 1


def test_what_waits_goes_home_with_the_app_closed_and_locked_when_the_browser_wakes_the_worker(
    phone: Phone, rows: Rows
):
    text = words()
    phone.offline()
    phone.file(text)
    asked = "navigator.serviceWorker.ready.then((found) => found.sync.getTags())"
    until(lambda: "outbox" in phone.page.evaluate(asked), phone.page)
    wake = phone.close_the_app()
    assert reports_saying(rows, text) == 0
    phone.offline(False)
    wake()
    until(lambda: reports_saying(rows, text) == 1, phone.page)
    phone.open()
    phone.outbox()
    expect(phone.card(text).locator(".stateword")).to_have_text("Received, not read")


def test_the_same_packet_sent_from_two_sides_at_once_is_one_report(phone: Phone, rows: Rows):
    text = words()
    phone.offline()
    phone.file(text)
    phone.offline(False)
    phone.page.evaluate("""async () => {
      const { sendWaiting } = await import('/static/field/send.js');
      await Promise.all([1, 2, 3, 4].map(() => sendWaiting(true)));
    }""")
    expect(phone.card(text).locator(".stateword")).to_have_text("Received, not read")
    assert reports_saying(rows, text) == 1


FILL = """async () => {
  const { put, isFull } = await import('/static/field/store.js');
  const noise = (size) => {
    const made = new Uint8Array(size);
    for (let at = 0; at < size; at += 65536) crypto.getRandomValues(made.subarray(at, at + 65536));
    return made;
  };
  for (const size of [262144, 65536, 8192, 1024]) {
    for (let n = 0; n < 200; n += 1) {
      try {
        await put('pieces', noise(size), ['junk', size, n]);
      } catch (error) {
        if (!isFull(error)) throw error;
        break;
      }
    }
  }
}"""


def test_a_phone_without_room_still_takes_the_words_and_says_what_it_could_not_take(
    bare_phone: Phone, rows: Rows, tmp_path: Path
):
    phone, text = bare_phone, words()
    room = {"origin": phone.address, "quotaSize": 8_000_000}
    phone.devtools().send("Storage.overrideQuotaForOrigin", room)
    phone.set_up()
    phone.offline()
    phone.write(text)
    large = tmp_path / "film.bin"
    large.write_bytes(random.Random(1).randbytes(12 * 1024 * 1024))
    phone.page.set_input_files("[name=photo]", str(large))
    expect(phone.page.locator("[data-file-said]")).to_contain_text("no room for film.bin", timeout=30_000)
    assert phone.stored("pieces") == [], "what there was of it was let go"
    phone.page.evaluate(FILL)
    phone.page.locator("[data-send]").click()
    expect(phone.card(text)).to_be_visible()
    assert phone.stored("items") == [], "it lies aside, for the store is full"
    phone.page.reload()
    phone.unlock()
    # It may be asked once more, in vain.
    expect(phone.card(text).locator(".stateword")).to_have_text("On this phone")
    phone.offline(False)
    # A page that was loaded without a network is not told by this browser that there is one; else it is asked each half minute.
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.card(text).locator(".stateword")).to_have_text("Received, not read", timeout=30_000)
    assert reports_saying(rows, text) == 1
    _ten_wrong_tries_destroy_the_key_of_a_full_phone(phone)


def _ten_wrong_tries_destroy_the_key_of_a_full_phone(phone: Phone) -> None:
    phone.write(words(), kind="spot")
    phone.page.evaluate(FILL)
    # So a full phone counts.
    phone.page.evaluate("localStorage.setItem('vedette-field-tries', '9')")
    phone.page.reload()
    phone.page.fill("#pin", "111222")
    phone.page.locator("form [type=submit]").click()
    expect(phone.page.get_by_role("heading")).to_have_text("Ten wrong tries")
    phone.page.reload()
    expect(phone.page.get_by_role("heading")).to_have_text("Ten wrong tries")
    assert phone.stored("drafts") == [] and not any("a" in row for row in phone.stored("meta") if isinstance(row, dict))
    phone.page.get_by_role("button", name="Set a new PIN").click()
    expect(phone.page.locator("#newpin")).to_be_visible()


@pytest.mark.parametrize("moment", ["typing", "sending"])
def test_an_app_killed_in_the_middle_of_a_save_has_the_draft_or_the_item_and_never_half(
    phone: Phone, rows: Rows, moment: str
):
    text = words()
    phone.offline()
    phone.write(text)
    if moment == "sending":
        phone.page.evaluate("document.querySelector('[data-send]').click()")
    phone.restart()
    drafts, items = phone.stored("drafts"), phone.stored("items")
    assert len(drafts) + len(items) == 1
    phone.page.evaluate("location.hash = '#/report/flash'")
    expect(phone.page.locator("body[data-view=report]")).to_be_attached()
    if drafts:
        expect(phone.page.locator("#text")).to_have_value(text)
        phone.page.locator("[data-send]").click()
    phone.outbox()
    expect(phone.card(text)).to_be_visible()
    phone.offline(False)
    expect(phone.card(text).locator(".stateword")).to_have_text("Received, not read", timeout=30_000)
    assert reports_saying(rows, text) == 1


def test_an_app_killed_while_its_text_is_on_the_way_sends_it_again_and_it_is_one(phone: Phone, rows: Rows, base: House):
    text = words()
    # The line is slow for the page: it sends, and not the worker.
    phone.page.evaluate(NO_SYNC)
    phone.throttle(3_000, 800)
    phone.write(text)
    phone.page.locator("[data-send]").click()
    expect(phone.card(text).locator(".stateword")).to_have_text("Sending")
    phone.restart()
    phone.outbox()
    expect(phone.card(text).locator(".stateword")).to_have_text("Received, not read", timeout=30_000)
    assert reports_saying(rows, text) == 1
