"""Picking a place without a network, in a real browser: found by the house's rule, off the page's own thread, quick."""

import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page

from tests.flows.walking import started_browser
from vedette.places.names import fold
from vedette.web.parts.tests.range_server import serve

pytestmark = pytest.mark.browser
PAGE = """<!doctype html><html lang="fr"><meta charset="utf-8"><title>Places</title><link rel="icon" href="data:,">
<script type="module" src="/static/page/page.js"></script><main></main></html>"""
SCRIPT = """import * as places from "/static/field/places.js";
window.long = [];
new PerformanceObserver((list) => window.long.push(...list.getEntries().map((one) => one.duration))).observe({type: "longtask"});
window.places = places;"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("page")
    (folder / "page.js").write_text(SCRIPT)
    folders = {
        "/static/page/": folder,
        "/static/field/": settings.FIELD / "static" / "field",
        "/static/vendor/": settings.BUILT / "vendor",
    }
    server = serve(folders, {"/": PAGE})
    with started_browser() as browser:
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        page.wait_for_function("window.places")
        yield page
    server.shutdown()
    server.server_close()


def search(page: Page, text: str, **more: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate("([text, more]) => places.search(text, more)", [text, more])
    return found


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("pari", "Paris", "FR"), ("Париж", "Paris", "FR"), ("باريس", "Paris", "FR"), ("पेरिस", "Paris", "FR"),
        ("Παρίσι", "Paris", "FR"), ("巴黎", "Paris", "FR"), ("파리", "Paris", "FR"), ("פריז", "Paris", "FR"),
        ("sao pau", "São Paulo", "BR"), ("MUNCH", "Munich", "DE"), ("bombay", "Mumbai", "IN"), ("أبو ظبي", "Abu Dhabi", "AE"),
        ("Paris, Texas", "Paris", "US"), ("york", "New York City", "US"), ("Londres", "London", "GB"), ("paris, états-unis", "Paris", "US"),
    ],
)  # fmt: skip
def test_a_place_is_found_by_the_beginning_of_a_name_in_any_script(page, text, name, country):
    # "york" alone is a city of its own first; the great one is among the first.
    found = [(one["name"], one["country"]) for one in search(page, text)]
    assert (name, country) in (found if text == "york" else found[:1])


def test_what_is_near_comes_first_and_a_limit_holds(page):
    near = search(page, "saint-d", near={"lat": 48.85, "lon": 2.35}, limit=3)
    assert near[0]["name"] == "Saint-Denis" and near[0]["km"] < 15 and len(near) == 3
    assert search(page, "  ,, ") == [] and search(page, "zzqqx") == []


def test_the_nearest_place_to_a_position_also_across_the_180th_meridian_and_none_at_sea(page):
    asked = "([lat, lon, more]) => places.around(lat, lon, more)"
    two = page.evaluate(asked, [48.93, 2.36, {"limit": 2}])
    assert [one["name"] for one in two][:1] == ["Saint-Denis"] and two[0]["km"] <= two[1]["km"]
    assert page.evaluate(asked, [-16.8, -179.99, {"km": 400}])[0]["country"] == "FJ"
    assert page.evaluate("() => places.nearest(0, -30)") is None


def test_names_are_compared_as_the_house_compares_them(page):
    names = [
        "Île-de-France",
        "Straße",
        "İstanbul",
        "Łódź",
        "ΑΘΗΝΑΣ",
        "Ярославль",
        "هەولێر",
        "दिल्ली",
        "서울",
        "ガーナ",
        "N’Djamena",
        "ﬁn",
    ]
    got = page.evaluate(
        """async (names) => {
          const code = await (await fetch("/static/field/places-worker.js")).text();
          const bytes = new Uint8Array(await (await fetch("/static/vendor/places/places.dat")).arrayBuffer());
          const head = JSON.parse(new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(10))));
          const own = "; onmessage = ({data}) => postMessage(data.names.map(folder(data.head)));";
          const body = code.replace('addEventListener("message"', 'addEventListener("other"') + own;
          const worker = new Worker(URL.createObjectURL(new Blob([body], {type: "text/javascript"})));
          return new Promise((done) => { worker.onmessage = ({data}) => done(data); worker.postMessage({names, head}); });
        }""",
        names,
    )
    assert got == [unicodedata.normalize("NFC", fold(name)) for name in names]


def test_no_key_stroke_waits_for_the_search(page):
    took = page.evaluate(
        """async () => {
          const times = [];
          for (const text of ["s", "sa", "san", "ال", "м", "cathedral", "paris, tex"]) {
            const began = performance.now();
            await places.search(text, {near: {lat: 40, lon: -74}});
            times.push(performance.now() - began);
          }
          return {worst: Math.max(...times), long: window.long.filter((one) => one > 50)};
        }"""
    )
    assert took["worst"] < 500
    assert took["long"] == []
