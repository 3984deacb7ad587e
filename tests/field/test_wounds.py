"""The server, the line and the app itself are hurt while something is on its way: it goes on where it stopped, once."""

import base64
import random
import re
import shutil
import sys
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Route, expect

from tests.field.conftest import Rows, reports_saying, words
from tests.field.phones import PIN, Phone, until
from tests.flows.conftest import House

pytestmark = pytest.mark.browser
PIECES = 20
THERE = "Received, not read"


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A picture of noise that goes up in twenty pieces of 256 kB."""
    place = tmp_path_factory.mktemp("photo") / "cordon.png"
    side = 1310
    Image.frombytes("RGB", (side, side), random.Random(7).randbytes(side * side * 3)).save(place)
    assert (PIECES - 1) * 262_144 < place.stat().st_size <= PIECES * 262_144
    return place


class Pieces:
    """Counts the pieces that a phone has begun to send."""

    def __init__(self, phone: Phone) -> None:
        self.begun = 0
        phone.page.on("request", lambda request: self._count(request.method))

    def _count(self, method: str) -> None:
        self.begun += method == "PATCH"


def _attached(rows: Rows, text: str) -> list[str]:
    found = rows(
        """SELECT f.name FROM files_storedfile f JOIN reporting_version v ON v.report_id = f.sheet_id
           WHERE v.text = %s AND f.state = 'stored'""",
        text,
    )
    return [row[0] for row in found]


def test_an_app_killed_at_piece_seven_of_twenty_goes_on_at_piece_seven(phone: Phone, rows: Rows, photo: Path):
    text = words()
    pieces = Pieces(phone)
    phone.offline()
    phone.file(text, photo=photo)
    phone.offline(False)
    phone.throttle(600_000)
    until(lambda: pieces.begun >= 3, phone.page, 60)
    flash = words()
    phone.file(flash)
    expect(phone.card(flash).locator(".stateword")).to_have_text(THERE, timeout=5_000)
    assert _attached(rows, text) == [], "words go beside a film and not behind it"
    until(lambda: pieces.begun >= 7, phone.page, 60)
    assert reports_saying(rows, text) == 1, "the words were there before the first piece"
    phone.restart()
    again = Pieces(phone)
    phone.outbox()
    expect(phone.card(text)).to_contain_text("File there and checked", timeout=60_000)
    assert again.begun <= PIECES - 5, "what had arrived was not sent again"
    assert _attached(rows, text) == ["cordon.png"]
    assert phone.stored("pieces") == []


NAME = "\u202e" + "north bank " * 16 + ".png"
SIZES = {"lost": 300_000, "gone": 20_000, "stumbles": 30_000, "whole": 40_000}


ONE_TOO_MANY = """import('/static/field/attach.js').then(async ({ attach }) => {
  const input = { files: [new File(['x'], 'receipt.png')] };
  return new Promise((said) => attach(null, input, { most: 5, count: () => 5, said }));
})"""


class Stumbling:
    """The server answers 500 to whatever is asked of these files."""

    def __init__(self, phone: Phone, ids: list[str]) -> None:
        self.ids = ids
        phone.page.route("**/api/v1/uploads**", self._answer)

    def _answer(self, route: Route) -> None:
        announced = route.request.headers.get("upload-metadata", "file ").split(",")[0].split(" ")[1]
        said = route.request.url + base64.b64decode(announced).decode()
        if any(one in said for one in self.ids):
            route.fulfill(status=500, body="{}")
        else:
            route.continue_()


def _lose_large_rows(phone: Phone) -> None:
    """A large row of the browser's store is a file of its own in the profile: the disk loses it."""
    found = [file for file in phone.folder.rglob("*.indexeddb.blob/**/*") if file.is_file()]
    assert found
    for file in found:
        file.unlink()


def _what_cannot_go_holds_up_no_other(phone: Phone, rows: Rows) -> None:
    """A file that cannot go says why, and one that would be refused is never chosen."""
    text = words()
    phone.offline()
    form = phone.write(text)
    for number, size in enumerate((0, *SIZES.values())):
        form.set_input_files("[name=photo]", {"name": NAME, "mimeType": "image/png", "buffer": b"x" * size})
        expect(form.locator("[data-files] li")).to_have_count(number)
        if not size:
            expect(form.locator("[data-file-said]")).to_contain_text("is empty")
    form.locator("[data-send]").click()
    expect(phone.card(text)).to_be_visible()
    ids = {row["size"] // 10_000 * 10_000: row["id"] for row in phone.stored("files") if row["size"] < 1_000_000}
    lost, gone, stumbles, _whole = (ids[size] for size in SIZES.values())
    server = Stumbling(phone, list(ids.values()))
    phone.offline(False)
    expect(phone.page.locator("#held")).to_contain_text("does not take", timeout=20_000)
    # To whom another's phone lies in the hand its files are not there: that refuses none of them.
    server.ids = []
    other = "(SELECT o.id FROM agencies_seat o WHERE o.person_id <> s.person_id LIMIT 1)"
    taken = f"UPDATE handsets_handset h SET seat_id = {other} FROM agencies_seat s WHERE s.id = h.seat_id AND h.id = %s RETURNING s.id"
    seat = rows(taken, phone.number)[0][0]
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.page.locator("#held")).to_contain_text("Signed out", timeout=20_000)
    assert {row["state"] for row in phone.stored("files") if row["id"] in ids.values()} == {"waiting"}
    rows("UPDATE handsets_handset SET seat_id = %s WHERE id = %s RETURNING 1", seat, phone.number)
    _lose_large_rows(phone)
    rows("DELETE FROM handsets_upload WHERE id = %s RETURNING 1", gone)
    server.ids = [stumbles]
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    card, there = phone.card(text), re.compile("File there and checked")
    for said in ("File there and checked", "File waiting", "lost part of it", "does not wait for it"):
        expect(card).to_contain_text(said, timeout=20_000)
    assert {row["id"]: row["reason"] for row in phone.stored("files") if row["reason"]} == {lost: "lost", gone: "gone"}
    server.ids = []
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    expect(card).not_to_contain_text("File waiting", timeout=20_000)
    expect(phone.page.locator("#held")).to_be_hidden()
    names = _attached(rows, text)
    assert len(there.findall(card.inner_text())) == len(names) == 2
    assert all(name.startswith("north bank") for name in names), "without the mark that turns its direction"
    assert phone.page.evaluate(ONE_TOO_MANY).startswith("No more than 5 files go with one")


def test_a_server_killed_while_a_file_goes_up_gets_the_rest_of_it_when_it_is_back_and_no_file_holds_up_another(
    phone: Phone, rows: Rows, photo: Path, base: House
):
    text = words()
    pieces = Pieces(phone)
    phone.offline()
    phone.file(text, photo=photo)
    phone.offline(False)
    phone.throttle(900_000)
    until(lambda: pieces.begun >= 5, phone.page, 60)
    base.kill_server()
    expect(phone.card(text)).to_contain_text("File waiting", timeout=30_000)
    base.start()
    phone.page.locator("#tabs a").first.click()
    phone.outbox()
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.card(text)).to_contain_text("File there and checked", timeout=60_000)
    assert _attached(rows, text) == ["cordon.png"]
    _what_cannot_go_holds_up_no_other(phone, rows)


def test_a_server_killed_among_reports_has_each_of_them_once_when_it_is_back(phone: Phone, rows: Rows, base: House):
    texts = [words() for _ in range(8)]
    phone.offline()
    for text in texts:
        phone.file(text)
    phone.offline(False)
    until(lambda: any(reports_saying(rows, text) for text in texts), phone.page)
    base.kill_server()
    there = [text for text in texts if reports_saying(rows, text)]
    phone.page.wait_for_timeout(500)
    states = {text: phone.state_of(text) for text in texts}
    assert {text for text, state in states.items() if state == THERE} <= set(there), (
        "nothing is called received that is not"
    )
    base.start()
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    for text in texts:
        expect(phone.card(text).locator(".stateword")).to_have_text(THERE, timeout=40_000)
    assert [reports_saying(rows, text) for text in texts] == [1] * len(texts)


def test_a_server_brought_back_from_before_this_phone_gets_what_waits_sealed_anew(phone: Phone, rows: Rows):
    before, text = words(), words()
    phone.file(before)
    expect(phone.card(before).locator(".stateword")).to_have_text(THERE)
    phone.offline()
    phone.file(text)
    # What it had taken is not in the copy: that report is another's now.
    rows("UPDATE reporting_report SET client_id = gen_random_uuid() WHERE sheet_id IN (SELECT report_id FROM "
         "handsets_passage WHERE handset_id = %s) RETURNING 1", phone.number)  # fmt: skip
    rows("DELETE FROM handsets_passage WHERE handset_id = %s RETURNING 1", phone.number)
    rows("DELETE FROM handsets_packet WHERE handset_id = %s RETURNING 1", phone.number)
    rows("DELETE FROM handsets_handset WHERE id = %s RETURNING 1", phone.number)
    phone.offline(False)
    expect(phone.page.locator("#held")).to_contain_text("does not know this phone", timeout=30_000)
    assert phone.state_of(text) == "On this phone", "and nothing was wiped"
    phone.page.get_by_role("link", name="Set it up again").click()
    phone.page.get_by_role("button", name="Set it up again").click()
    expect(phone.card(text).locator(".stateword")).to_have_text(THERE, timeout=30_000)
    until(lambda: (reports_saying(rows, text), reports_saying(rows, before)) == (1, 2), phone.page)
    expect(phone.card(before).locator(".stateword")).to_have_text(THERE)


NEXT_SCHEMA = """  if (from < 2) {
    db.createObjectStore("labels");
    const items = transaction.objectStore("items");
    items.createIndex("by-state", "state");
    return items.openCursor().then(async function each(cursor) {
      if (!cursor) return;
      await cursor.update({ ...cursor.value, moved: true });
      await cursor.continue().then(each);
    });
  }
}
"""


@pytest.fixture
def newer(base: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The next version of the product, whose app keeps its store in another form, in a folder of its own."""
    source = Path(sys.modules["vedette"].__path__[0])
    made = tmp_path / "next" / "src" / "vedette"
    shutil.copytree(source, made, ignore=shutil.ignore_patterns("__pycache__", "tests"))
    (tmp_path / "next" / "build").symlink_to(source.parents[1] / "build")
    store = made / "field" / "static" / "field" / "store.js"
    text = store.read_text()
    text = text.replace("export const SCHEMA = 1;", "export const SCHEMA = 2;")
    text = text.replace("function migrate(db, from) {", "function migrate(db, from, _to, transaction) {")
    head, end = text.split("\n}\n\nlet opened;")
    store.write_text(f"{head}\n{NEXT_SCHEMA}\nlet opened;{end}")
    return made.parent


def test_an_app_whose_network_went_while_it_was_fetched_says_so_and_comes_whole_at_the_next_try(bare_phone: Phone):
    page = bare_phone.page
    bare_phone.sign_in()
    page.add_init_script("ServiceWorkerContainer.prototype.register = () => new Promise(() => {});")
    page.route("**/static/field/views/report.js", lambda route: route.abort())
    page.goto("/field")
    page.fill("#newpin", PIN)
    page.fill("#againpin", PIN)
    page.locator("form [type=submit]").click()
    expect(page.get_by_role("heading", name="The app came only in part")).to_be_visible()
    page.unroute("**/static/field/views/report.js")
    page.get_by_role("link", name="Fetch it again").click()
    bare_phone.unlock()
    expect(page.locator(".bigflash")).to_be_visible()


def test_an_app_that_is_updated_while_items_wait_brings_them_along_and_sends_them(
    phone: Phone, rows: Rows, base: House, newer: Path, monkeypatch: pytest.MonkeyPatch
):
    texts = [words(), words()]
    phone.offline()
    for text in texts:
        phone.file(text)
    phone.write("Begun and not filed", kind="spot")
    old = phone.page.evaluate("document.documentElement.dataset.version")
    base.kill_server()
    with monkeypatch.context() as patch:
        patch.setenv("PYTHONPATH", str(newer))
        base.start()
    try:
        phone.restart_locked()
        phone.offline(False)
        phone.page.evaluate("navigator.serviceWorker.getRegistration('/field').then((found) => found.update())")
        until(lambda: phone.page.evaluate("document.documentElement.dataset.version") != old, phone.page, 30)
        phone.unlock()
        phone.outbox()
        for text in texts:
            expect(phone.card(text).locator(".stateword")).to_have_text(THERE, timeout=30_000)
        assert [reports_saying(rows, text) for text in texts] == [1, 1]
        assert all(item["moved"] for item in phone.stored("items"))
        phone.page.evaluate("location.hash = '#/report/spot'")
        expect(phone.page.locator("#text")).to_have_value("Begun and not filed")
    finally:
        base.kill_server()
        base.start()
