"""The map part in a real browser: points, theme, table, picking, and what happens without WebGL."""

import shutil
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.rules import ask, violations
from vedette.places.build_basemap import build
from vedette.places.tests.test_build_basemap import small_world
from vedette.web.parts.tests.range_server import serve

VENDOR = settings.BUILT / "vendor"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
    pytest.mark.skipif(not (VENDOR / "maplibre-gl.mjs").exists(), reason="the front-end parts are not set up"),
]
SHEETS = ("shell/tokens", "shell/base", "shell/marks", "shell/rows", "shell/tables", "shell/pictures", "parts/map")
POINTS = [
    {"id": "ny", "kind": "home", "lat": 40.71, "lon": -74.0, "label": "New York"},
    {
        "id": "paris",
        "kind": "incident",
        "lat": 48.86,
        "lon": 2.35,
        "label": "Paris",
        "href": "/incidents/paris",
        "note": "7 reports",
    },
    {"id": "london", "kind": "post", "lat": 51.5, "lon": -0.12, "label": "London", "href": "/posts/london"},
    {"id": "abu", "kind": "post", "lat": 24.45, "lon": 54.38, "label": "Abu Dhabi", "state": "gap"},
    {"id": "gare", "kind": "site", "lat": 40.75, "lon": -73.99, "label": "Station", "state": "covered"},
]


def page_of(theme: str = "dark", fields: str = "", **context: Any) -> str:
    """A page with one map, as a screen would carry it."""
    context = {"points": POINTS, "map_id": "m", "label": "Posts and incidents", "at": "2015-11-13T20:52:00Z"} | context
    links = "".join(f'<link rel="stylesheet" href="/static/{sheet}.css">' for sheet in SHEETS)
    body = render_to_string("parts/map.html", context)
    return (
        f'<!doctype html><html lang="en" data-theme="{theme}"><head><meta charset="utf-8"><title>Map</title>{links}'
        '<link rel="icon" href="data:,"><script type="module" src="/static/parts/map.js"></script></head>'
        f'<body><main><h1 class="sr">Map</h1>{fields}<div class="map">{body}</div></main></body></html>'
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    arguments = [
        "--no-sandbox",
        "--disable-background-networking",
        "--use-angle=swiftshader",
        "--enable-unsafe-swiftshader",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def tiles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a base map of a very small world."""
    folder = tmp_path_factory.mktemp("basemap")
    build(small_world(folder), folder / "map" / "world.pmtiles")
    return folder / "map"


@pytest.fixture
def troubles() -> list[str]:
    """What the browser's console complains of; `show` asserts at the end that there is nothing."""
    return []


@pytest.fixture
def show(browser: Browser, tiles: Path, troubles: list[str]) -> Iterator[Callable[..., Page]]:
    """Open a page with a map; a console error or a refused request fails the test."""
    web = settings.WEB
    folders = {
        "/static/vendor/map/": tiles,
        "/static/vendor/": VENDOR,
        "/static/shell/": web / "shell" / "static" / "shell",
        "/static/parts/": web / "parts" / "static" / "parts",
    }
    pages: dict[str, str] = {}
    server = serve(folders, pages)
    page = browser.new_page(viewport={"width": 900, "height": 600})
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))

    def opened(setup: str = "", **context: Any) -> Page:
        pages["/"] = page_of(**context)
        if setup:
            page.add_init_script(setup)
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        page.locator("[data-map][data-view]").wait_for()
        return page

    yield opened
    page.close()
    server.shutdown()
    server.server_close()
    assert troubles == []


def brightness(page: Page) -> float:
    """How bright the map's middle is, 0 to 255."""
    picture = Image.open(BytesIO(page.locator("[data-map-canvas]").screenshot())).convert("L")
    return sum(picture.get_flattened_data() if hasattr(picture, "get_flattened_data") else picture.getdata()) / (
        picture.width * picture.height
    )


def test_each_point_is_a_link_or_a_button_with_its_name_kind_and_state(show: Callable[..., Page]) -> None:
    page = show()
    expect(page.locator("[data-map]")).to_have_attribute("data-view", "map")
    expect(page.get_by_role("link", name="Paris, Incident, 7 reports")).to_have_attribute("href", "/incidents/paris")
    expect(page.get_by_role("button", name="Abu Dhabi, Post, gap")).to_be_visible()
    expect(page.locator(".mappin.burns")).to_have_count(1)
    expect(page.locator(".mappin")).to_have_count(len(POINTS))


def test_the_map_follows_the_theme_without_being_built_anew(show: Callable[..., Page]) -> None:
    page = show()
    dark = brightness(page)
    page.locator("html").evaluate("root => { root.dataset.theme = 'light' }")
    until = time.monotonic() + 10
    while (light := brightness(page)) <= dark + 80 and time.monotonic() < until:
        page.wait_for_timeout(50)
    assert light > dark + 80


def test_the_same_points_stand_in_a_table_at_the_press_of_a_button(show: Callable[..., Page]) -> None:
    page = show()
    expect(page.get_by_role("table")).to_be_hidden()
    page.get_by_role("button", name="Table").click()
    expect(page.get_by_role("row")).to_have_count(len(POINTS) + 1)
    expect(page.get_by_role("link", name="Paris")).to_be_visible()
    page.get_by_role("button", name="Table").click()
    expect(page.get_by_role("table")).to_be_hidden()


def test_without_webgl_the_table_is_the_page(show: Callable[..., Page]) -> None:
    page = show(setup="HTMLCanvasElement.prototype.getContext = () => null;")
    expect(page.locator("[data-map]")).to_have_attribute("data-view", "table")
    expect(page.get_by_role("row")).to_have_count(len(POINTS) + 1)
    expect(page.get_by_role("button", name="Table")).to_be_hidden()


def test_a_row_that_comes_in_becomes_a_point_and_one_that_goes_leaves(show: Callable[..., Page]) -> None:
    page = show()
    cells = "<th data-spoken>Amman</th><td data-spoken>Post</td>"
    row = f'<tr data-id="new" data-kind="post" data-lat="31.95" data-lon="35.93">{cells}</tr>'
    page.locator("tbody").evaluate("(body, row) => body.insertAdjacentHTML('beforeend', row)", row)
    expect(page.get_by_role("button", name="Amman, Post")).to_be_visible()
    page.locator("tr[data-id=london]").evaluate("row => row.remove()")
    expect(page.get_by_role("link", name="London, Post")).to_have_count(0)


def test_a_click_tells_the_page_which_point_and_lets_it_keep_the_reader(show: Callable[..., Page]) -> None:
    page = show()
    page.locator("body").evaluate(
        """body => body.addEventListener('vedette:point', event => {
            event.preventDefault();
            body.dataset.told = event.detail.id;
        })"""
    )
    page.get_by_role("link", name="Paris, Incident").click()
    expect(page.locator("body")).to_have_attribute("data-told", "paris")
    assert page.url.endswith("/")


def test_a_click_or_enter_chooses_a_place_with_its_precision(show: Callable[..., Page]) -> None:
    fields = (
        '<label>Lat <input id="lat"></label><label>Lon <input id="lon"></label><label>m <input id="metres"></label>'
    )
    page = show(fields=fields, points=[], center="48.86,2.35", zoom=11, pick="#lat,#lon,#metres")
    canvas = page.locator("canvas.maplibregl-canvas")
    canvas.press("Enter")
    assert float(page.locator("#lat").input_value()) == pytest.approx(48.86, abs=0.001)
    assert float(page.locator("#lon").input_value()) == pytest.approx(2.35, abs=0.001)
    assert int(page.locator("#metres").input_value()) in (200, 500)
    canvas.click(position={"x": 20, "y": 20})
    assert float(page.locator("#lon").input_value()) < 2.3
    expect(page.locator(".mappin.picked")).to_be_visible()


@pytest.mark.parametrize(("theme", "view"), [("dark", "map"), ("light", "map"), ("dark", "table")])
def test_the_map_has_no_accessibility_fault(show: Callable[..., Page], theme: str, view: str) -> None:
    page = show(theme=theme, legend="post incident home night")
    if view == "table":
        page.get_by_role("button", name="Table").click()
    assert violations(page) == []
    # On a drawn picture a checker can tell nothing: every word of the map has a ground of its own, so that it can.
    assert [rule["nodes"] for rule in ask(page, "incomplete") if rule["id"] == "color-contrast"] == []


def test_the_shade_of_night_lies_where_the_sun_is_down(show: Callable[..., Page]) -> None:
    page = show()
    sun = page.evaluate("async () => (await import('/static/parts/sky.js')).zenith(Date.UTC(2015, 10, 13, 20, 52))")
    # Declination and equation of time from the almanac of that day: -18.15 degrees, +15.7 minutes.
    assert sun["lat"] == pytest.approx(-18.15, abs=0.3)
    assert sun["lon"] == pytest.approx(-136.9, abs=0.5)
