"""Who may see a record is changed from its own page: looked at first, with a reason, never wider than its originator said."""

import datetime

import pytest

from tests.cast import sheet_of
from vedette.agencies.models import GlassBreak
from vedette.handling.actions import record_handling
from vedette.handling.models import Sheet, SheetChange
from vedette.kit.time import now

pytestmark = pytest.mark.django_db
NARROW = {"sensitivity": "3", "groups": ["desk"], "because": "it names a source"}


def at(record, name="who/") -> str:
    return f"/explain/{sheet_of(record).reference}/{name}"


@pytest.mark.parametrize(
    ("who", "answer"), [("watch", 200), ("analyst", 200), ("officer_a", 403), ("sergeant", 403), ("north_1", 403)]
)
def test_the_form_opens_to_the_desk_alone(cast, who, answer):
    report = cast.report()
    client = cast.signed_in(who)
    assert client.get(at(report)).status_code == answer
    offered = at(report) in client.get(at(report, "")).content.decode()
    assert offered is (answer == 200)


def test_a_look_says_who_would_lose_it_and_changes_nothing(cast):
    report = cast.report()
    page = cast.signed_in("watch").post(at(report), {**NARROW, "because": "", "look": "1"})
    text = page.content.decode()
    assert page.status_code == 200 and "Would lose it" in text and "sergeant" in text and "Would gain it" not in text
    assert "You yourself" not in text and sheet_of(report).access_class.sensitivity == 1
    text = cast.signed_in("watch").post(at(report), {"sensitivity": "4", "look": "1"}).content.decode()
    assert "You yourself would not see it any more" in text


def test_what_is_made_narrow_is_gone_for_who_saw_it_and_the_change_is_kept_for_who_still_does(cast):
    report = cast.report()
    client = cast.signed_in("sergeant")
    assert client.get(at(report, "")).status_code == 200
    assert cast.signed_in("watch").post(at(report), NARROW)["Location"] == at(report, "")
    assert client.get(at(report, "")).status_code == 404
    assert str(report.pk) not in client.get("/").content.decode()
    page = cast.signed_in("analyst").get(at(report, "")).content.decode()
    assert "Now restricted." in page and "it names a source" in page
    assert [row.because for row in SheetChange.objects.filter(sheet=report.pk).order_by("since")][1:] == [
        "it names a source"
    ]


def test_who_makes_it_too_narrow_for_himself_goes_back_to_the_desk(cast):
    report = cast.report()
    answer = cast.signed_in("watch").post(at(report), {"sensitivity": "4", "because": "for its author alone"})
    assert answer["Location"] == "/"
    assert cast.signed_in("watch").get(at(report)).status_code == 404


def test_who_sees_it_only_under_broken_glass_is_told_so(cast):
    report, commander = cast.report(), cast.seats["commander"]
    cast.signed_in("watch").post(at(report), {"sensitivity": "4", "because": "for its author alone"})
    moment = now()
    until = moment + datetime.timedelta(minutes=15)
    GlassBreak.objects.create(seat=commander, since=moment, until=until, because="explosion at the hall")
    client = cast.signed_in("commander")
    assert "only your broken glass shows it" in client.get(at(report, "")).content.decode()
    assert "yours contain it" in client.get(at(cast.report(), "")).content.decode()


@pytest.mark.parametrize("wrong", [{"because": ""}, {"sensitivity": "9"}, {"groups": ["nobody-is-in-it"]}])
def test_wrong_words_change_nothing_and_say_so(cast, wrong):
    report = cast.report()
    answer = cast.signed_in("watch").post(at(report), {**NARROW, **wrong})
    assert answer.status_code == 422 and sheet_of(report).access_class.sensitivity == 1


def test_another_agencys_word_is_made_narrower_here_and_never_wider(cast):
    report = cast.report()
    sheet = Sheet.objects.get(pk=report.pk)
    record_handling(sheet, None, because="as it came", originator=cast.agencies["north"])
    client = cast.signed_in("watch")
    assert "only be made narrower" in client.get(at(report)).content.decode()
    assert client.post(at(report), NARROW).status_code == 302
    for wider in ({"sensitivity": "2"}, {"groups": []}):
        answer = client.post(at(report), {**NARROW, **wider})
        assert answer.status_code == 422 and "that agency&#x27;s to say" in answer.content.decode()
    assert sheet_of(report).access_class.sensitivity == 3
