"""Where a report happened, said afterwards: dated, with a reason, within the policy; a photo's position is an offer."""

import io

import pytest

from tests.cast import draft
from vedette.audit.models import Entry
from vedette.files.tests import samples
from vedette.kit.errors import Forbidden, Missing, Refused
from vedette.reporting.actions import attach, file_report, set_place
from vedette.reporting.actions.places import access_offer
from vedette.reporting.drafts import PlaceDraft
from vedette.reporting.models import Placing, Report
from vedette.reporting.work import report_work
from vedette.search.models import Entry as IndexEntry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path, monkeypatch):
    settings.VEDETTE_FILES = str(tmp_path / "files")
    monkeypatch.setattr("vedette.files.vault._master", lambda: b"k" * 32)


def filed(cast, **values) -> Report:
    place = PlaceDraft("North gate", 48.9, 2.3, 500)
    return file_report(cast.viewer("officer_a"), draft(**{"text": "Shots at the hall.", "place": place, **values}))


def history(cast, report):
    rows = Placing.objects.seen_by(cast.viewer("watch")).filter(report=report, offered=False).order_by("since", "id")
    return [(row.how, row.place_name, row.until is None) for row in rows]


def with_photo(cast, report, by="officer_a"):
    stream = io.BytesIO(samples.jpeg(position=(48.863, 2.3706)))
    return attach(cast.viewer(by), report=report, stream=stream, name="gate.jpg")


def test_a_corrected_place_closes_the_filed_one_and_moves_the_report_and_its_index(cast):
    report = filed(cast)
    set_place(cast.viewer("watch"), report=report, place=PlaceDraft("South hall", 48.8, 2.4, 50), because="misheard")
    assert history(cast, report) == [("filed", "North gate", False), ("point", "South hall", True)]
    row = Report.objects.seen_by(cast.viewer("watch")).get()
    assert (row.place_name, row.lat, row.lon, row.precision_m) == ("South hall", 48.8, 2.4, 50)
    entry = IndexEntry.objects.seen_by(cast.viewer("watch")).get(sheet=report.pk)
    assert (entry.place_name, entry.lat) == ("South hall", 48.8)
    assert Entry.objects.get(code="report.placed").reason == "misheard"


def test_a_name_without_a_point_takes_the_old_point_out(cast):
    report = filed(cast)
    set_place(cast.viewer("officer_a"), report=report, place=PlaceDraft("A hall, not known which"), because="unsure")
    assert history(cast, report)[-1] == ("typed", "A hall, not known which", True)
    assert Report.objects.seen_by(cast.viewer("watch")).get().lat is None


@pytest.mark.parametrize(
    ("place", "because", "field"),
    [
        (PlaceDraft("South hall"), " ", "because"), (PlaceDraft(), "x", "place"), (PlaceDraft("x", 91.0, 2.0), "x", "place.lat"),
        (PlaceDraft("x", 48.0), "x", "place"), (PlaceDraft("North gate", 48.9, 2.3, 500), "x", "place"),
    ],
)  # fmt: skip
def test_no_reason_no_place_no_earth_and_no_change_are_refused(cast, place, because, field):
    with pytest.raises(Refused) as refusal:
        set_place(cast.viewer("watch"), report=filed(cast), place=place, because=because)
    assert refusal.value.field == field and not Placing.objects.seen_by(cast.viewer("watch")).exists()


@pytest.mark.parametrize(
    ("by", "may"),
    [("officer_a", True), ("watch", True), ("analyst", True), ("officer_b", False), ("commander", False), ("north_1", False)],
)  # fmt: skip
def test_the_author_and_the_desk_place_a_report_and_nobody_else(cast, by, may):
    report, place = filed(cast), PlaceDraft("South hall")
    if may:
        set_place(cast.viewer(by), report=report, place=place, because="misheard")
    else:
        with pytest.raises(Forbidden):
            set_place(cast.viewer(by), report=report, place=place, because="misheard")


def test_a_photos_position_is_an_offer_until_one_press_takes_it(cast):
    report = filed(cast)
    with_photo(cast, report)
    with_photo(cast, report)
    (offer,) = report_work(cast.viewer("watch"), report.pk).offers
    assert report_work(cast.viewer("watch"), report.pk).row.report.lat == 48.9
    answer = cast.signed_in("watch").post(f"/reports/{report.pk}/place/{offer.pk}/", headers={"HX-Request": "true"})
    assert answer.status_code == 200 and "Use the photo" not in answer.content.decode()
    row = Report.objects.seen_by(cast.viewer("watch")).get()
    assert (round(row.lat, 3), round(row.lon, 4), row.place_name) == (48.863, 2.3706, "North gate")
    placed = Placing.objects.seen_by(cast.viewer("watch")).get(offered=False, until__isnull=True)
    assert placed.how == "photo" and placed.file.name in placed.because
    with pytest.raises(Missing):
        access_offer(cast.viewer("watch"), report, offer.pk)


def test_an_offer_is_answered_by_any_place_that_is_set_and_is_never_anothers(cast):
    report, other = filed(cast), filed(cast, text="Elsewhere")
    with_photo(cast, report)
    (offer,) = report_work(cast.viewer("watch"), report.pk).offers
    for viewer, row in (("watch", other), ("north_1", report)):
        with pytest.raises(Missing):
            access_offer(cast.viewer(viewer), row, offer.pk)
    set_place(cast.viewer("watch"), report=report, place=PlaceDraft("South hall"), because="by phone")
    assert report_work(cast.viewer("watch"), report.pk).offers == []


def test_the_officer_sees_the_offer_beside_his_report_and_sets_a_place_on_a_page_of_its_own(cast):
    report = filed(cast)
    with_photo(cast, report)
    browser = cast.signed_in("officer_a")
    assert "Use the photo" in browser.get("/reports/mine/").content.decode()
    page = browser.get(f"/reports/{report.pk}/place/").content.decode()
    assert 'id="place-map"' in page and "North gate" in page
    typed = {"where": "48.8700, 2.3700", "because": "from the map"}
    assert browser.post(f"/reports/{report.pk}/place/", {**typed, "because": ""}).status_code == 422
    assert browser.post(f"/reports/{report.pk}/place/", typed).status_code == 302
    row = Report.objects.seen_by(cast.viewer("officer_a")).get()
    assert (row.lat, row.lon) == (48.87, 2.37) and row.precision_m
    assert cast.signed_in("commander").get(f"/reports/{report.pk}/place/").status_code == 403
    assert cast.signed_in("north_1").get(f"/reports/{report.pk}/place/").status_code == 403
