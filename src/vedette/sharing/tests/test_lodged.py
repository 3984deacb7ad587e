"""A question another agency lodges: seen by it and the desk alone, answered by a release it holds or a bare reason, by no word."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import sign_in
from vedette.agencies.viewer import Viewer
from vedette.audit.models import Entry
from vedette.kit.errors import Conflict, Forbidden, Missing, Refused
from vedette.kit.ids import new_id
from vedette.kit.time import now, set_clock
from vedette.live.models import Event
from vedette.programme.models import Post
from vedette.reporting.actions import answer, file_answer, refuse, route, take_in_hand
from vedette.reporting.drafts import ReportDraft
from vedette.reporting.models import Request, RequestState
from vedette.reporting.requests import access_request, deeds_of, open_request, questions_waiting, request_lists
from vedette.sharing.actions import ask_about_release, lodge_question, recall_release, reply_by_release
from vedette.sharing.inbox import letter
from vedette.sharing.lodged import answerable, lodged_questions, open_lodged
from vedette.sharing.models import Release, Reply
from vedette.sharing.tests.stage import Stage, signed

SECRET = "the source is a concierge"


def lodged(paris: Stage, key: str = "pt-bos", question: str = "Did any of them change trains with us?") -> Request:
    return lodge_question(paris.partner(key), question=question, why="A case of ours.", where="Boston", urgency="8h")


def at_desk(paris: Stage, request: Request) -> Request:
    return access_request(paris.watch, request.pk)


def post_of(paris: Stage) -> Post:
    return next(iter(paris.reports.values())).post


def officer_of(paris: Stage) -> Viewer:
    author = next(iter(paris.reports.values())).sheet.author
    assert author is not None
    return paris.viewer(author.label)


def told(viewer: Viewer, request: Request) -> str:
    """All that a partner's own screens say of a question."""
    client = sign_in(viewer)
    texts = [
        client.get(address).content.decode() for address in (f"/inbox/questions/{request.pk}/", f"/ask/{request.pk}/")
    ]
    return " ".join([*texts, client.get("/inbox/questions/").content.decode()])


def test_it_is_lodged_with_a_clock_one_entry_and_waits_at_the_desk(paris: Stage) -> None:
    before = questions_waiting(paris.watch)
    row = lodged(paris)
    assert row.sheet.lodged_by and row.sheet.lodged_by.key == row.sheet.originator.key == "pt-bos"
    assert row.due_at == row.sheet.filed_at + datetime.timedelta(hours=8)
    assert questions_waiting(paris.watch) == before + 1
    assert [one.request.pk for one in request_lists(paris.watch).waiting] == [row.pk]
    assert Entry.objects.get(code="question.lodged").objects_ids == [row.pk]
    assert Event.objects.filter(kind="request.asked", ids=[row.pk]).exists()


@pytest.mark.parametrize(
    "key, sees", [("pt-bos", True), ("pt-chi", False), ("pt-host-par", False), ("pt-shield", False)]
)
def test_its_agency_sees_it_and_no_other_does(paris: Stage, key: str, sees: bool) -> None:
    row, viewer = lodged(paris), paris.partner(key)
    assert [one.request.pk for one in lodged_questions(viewer)] == ([row.pk] if sees else [])
    for address in (f"/inbox/questions/{row.pk}/", f"/ask/{row.pk}/"):
        assert sign_in(viewer).get(address).status_code == (200 if sees else 404)
    if not sees:
        with pytest.raises(Missing):
            open_lodged(viewer, row.pk)


@pytest.mark.parametrize("sees", [True, False])
def test_of_our_own_the_desk_sees_it_and_a_unit_does_not(paris: Stage, sees: bool) -> None:
    row = lodged(paris)
    viewer = paris.watch if sees else paris.sergeant("transit")
    assert (sign_in(viewer).get(f"/ask/{row.pk}/").status_code == 200) is sees


def test_our_own_seats_lodge_nothing_with_themselves(paris: Stage) -> None:
    with pytest.raises(Forbidden):
        lodge_question(paris.watch, question="Who?", why="A case.")
    assert sign_in(paris.watch).post("/inbox/questions/lodge/", {"question": "Who?", "why": "x"}).status_code in (
        403,
        422,
    )
    assert not Request.objects.as_house("a test").exists()


@pytest.mark.parametrize(
    "values, field",
    [
        ({"question": " "}, "question"),
        ({"why": ""}, "why"),
        ({"urgency": "now"}, "urgency"),
        ({"where": "a\u202eb"}, "where"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_its_field_and_leaves_nothing(
    paris: Stage, values: dict[str, str], field: str
) -> None:
    words = {"question": "Who?", "why": "A case.", "where": "Boston", "urgency": "8h", **values}
    with pytest.raises(Refused) as refusal:
        lodge_question(paris.partner("pt-bos"), **words)
    assert refusal.value.field == field
    answer = sign_in(paris.partner("pt-bos")).post("/inbox/questions/lodge/", words)
    assert (answer.status_code == 422 and "A case." in answer.content.decode()) or field == "why"
    assert not Request.objects.as_house("a test").exists()


def test_taking_it_in_hand_tells_the_asker_that_and_nothing_else(paris: Stage) -> None:
    row, boston = lodged(paris), paris.partner("pt-bos")
    assert open_lodged(boston, row.pk).state == "lodged"
    take_in_hand(paris.watch, request=at_desk(paris, row))
    assert open_lodged(boston, row.pk).state == "in-hand"
    assert [one.request.pk for one in request_lists(paris.watch).waiting] == [row.pk], "the desk still owes a reply"
    with pytest.raises(Conflict):
        take_in_hand(paris.watch, request=at_desk(paris, row))
    with pytest.raises(Forbidden):
        take_in_hand(boston, request=row)


def test_a_post_that_is_asked_and_what_it_answers_stay_with_us(paris: Stage) -> None:
    row, boston, post = lodged(paris), paris.partner("pt-bos"), post_of(paris)
    route(paris.watch, request=at_desk(paris, row), post_key=post.key, because=SECRET)
    assert open_lodged(boston, row.pk).state == "in-hand"
    officer = officer_of(paris)
    draft = ReportDraft(client_id=new_id(), kind="answer", text=SECRET, observed_at=now())
    file_answer(officer, request=access_request(officer, row.pk), draft=draft)
    found = open_lodged(boston, row.pk)
    assert (found.state, found.release) == ("in-hand", None)
    said = told(boston, row)
    assert SECRET not in said and f"LO {post.city}" not in said and "Liaison officer" not in said
    assert SECRET in sign_in(paris.watch).get(f"/ask/{row.pk}/").content.decode()
    assert [one.request.pk for one in request_lists(paris.watch).waiting] == [row.pk]


@pytest.mark.parametrize("version, key, answers", [("police", "pt-bos", True), ("federal", "pt-jttf", False)])
def test_it_is_answered_by_a_release_that_the_asker_holds_and_by_no_other(
    paris: Stage, version: str, key: str, answers: bool
) -> None:
    row, boston, release = lodged(paris), paris.partner("pt-bos"), signed(paris, version, key)
    assert [one.pk for one in answerable(paris.watch, row)] == ([release.pk] if answers else [])
    if not answers:
        with pytest.raises(Refused):
            reply_by_release(paris.watch, request=at_desk(paris, row), release=release)
        assert open_lodged(boston, row.pk).state == "lodged"
        return
    reply_by_release(paris.watch, request=at_desk(paris, row), release=release)
    found = open_lodged(boston, row.pk)
    assert (found.state, found.release and found.release.pk, found.struck) == ("answered", release.pk, False)
    assert release.sheet.reference in told(boston, row)
    assert Entry.objects.get(code="request.replied").objects_ids == [row.pk, release.pk]
    assert questions_waiting(paris.watch) == 0 and deeds_of(paris.watch, open_request(paris.watch, row.pk)) == set()
    with pytest.raises(Conflict):
        reply_by_release(paris.watch, request=at_desk(paris, row), release=release)
    assert Reply.objects.as_house("a test").count() == 1


@pytest.mark.parametrize("state", ["drafted", "recalled", "expired"])
def test_a_release_that_is_not_in_force_answers_nothing(paris: Stage, state: str) -> None:
    row, release = lodged(paris), signed(paris, "police", "pt-bos")
    assert [one.pk for one in answerable(paris.watch, row)] == [release.pk]
    if state == "recalled":
        recall_release(paris.releasing, release=release, because="It was another station.")
    elif state == "expired":
        set_clock(shown=now() + datetime.timedelta(days=3650), speed=1, paused=True)
    else:
        row = lodged(paris, "pt-chi")
    with pytest.raises(Refused):
        reply_by_release(paris.watch, request=at_desk(paris, row), release=release)


def test_a_release_taken_back_later_is_struck_where_it_answered(paris: Stage) -> None:
    row, boston, release = lodged(paris), paris.partner("pt-bos"), signed(paris, "police", "pt-bos")
    reply_by_release(paris.watch, request=at_desk(paris, row), release=release)
    recall_release(paris.releasing, release=release, because="It was another station.")
    found = open_lodged(boston, row.pk)
    assert found.state == "answered" and found.struck
    text = told(boston, row)
    assert "was taken back" in text and release.title not in text


def test_a_refusal_crosses_as_a_reason_of_the_list_and_no_word_with_it(paris: Stage) -> None:
    row, boston = lodged(paris), paris.partner("pt-bos")
    for code, text in (("cannot-say", SECRET), ("host-declines", ""), ("", "")):
        with pytest.raises(Refused):
            refuse(paris.watch, request=at_desk(paris, row), reason_code=code, text=text)
    refuse(paris.watch, request=at_desk(paris, row), reason_code="cannot-say", text="")
    assert open_lodged(boston, row.pk).refusal == "we can neither confirm nor deny that we hold anything on it"
    assert "neither confirm nor deny" in told(boston, row)
    mine = sign_in(paris.watch).get(f"/ask/{row.pk}/").content.decode()
    assert "neither confirm nor deny" in mine and "In hand" not in mine, "a step that was left out is not still to come"
    assert set(RequestState.objects.as_house("a test").values_list("because", flat=True)) == {""}
    assert questions_waiting(paris.watch) == 0


def test_a_post_does_not_refuse_another_agency_by_itself(paris: Stage) -> None:
    row, post = lodged(paris), post_of(paris)
    route(paris.watch, request=at_desk(paris, row), post_key=post.key)
    officer = officer_of(paris)
    assert "refuse" not in deeds_of(officer, open_request(officer, row.pk))
    with pytest.raises(Forbidden):
        refuse(officer, request=access_request(officer, row.pk), reason_code="law", text="")


def test_only_what_was_lodged_is_replied_to_so(paris: Stage) -> None:
    release = signed(paris, "bulletin", "unit:transit")
    asked = ask_about_release(paris.sergeant("transit"), release=release.pk, question="Which line?").request
    assert asked is not None
    row = access_request(paris.sergeant("transit"), asked.id)
    for act in (
        lambda: take_in_hand(paris.watch, request=row),
        lambda: reply_by_release(paris.watch, request=row, release=release),
    ):
        with pytest.raises(Refused):
            act()


def test_a_question_about_a_release_stands_in_the_same_words_beside_it(paris: Stage) -> None:
    boston, release = paris.partner("pt-bos"), signed(paris, "police", "pt-bos")
    asked = ask_about_release(boston, release=release.pk, question="Which station?").request
    assert asked is not None
    assert [one.state for one in letter(boston, release.pk).asked] == ["lodged"]
    take_in_hand(paris.watch, request=access_request(paris.watch, asked.id))
    assert [one.state for one in letter(boston, release.pk).asked] == ["in hand"]
    assert [row.request.pk for row in lodged_questions(boston)] == [asked.id]


def test_the_desk_replies_on_the_page_of_the_question(paris: Stage) -> None:
    row, release, desk = lodged(paris), signed(paris, "police", "pt-bos"), sign_in(paris.watch)
    page = desk.get(f"/ask/{row.pk}/").content.decode()
    assert "Reply to" in page and release.sheet.reference in page and "What the asker reads" not in page
    assert desk.post(f"/ask/{row.pk}/take/").status_code == 302
    for wrong in ("", str(new_id()), "x"):
        assert desk.post(f"/ask/{row.pk}/reply/", {"release": wrong}).status_code == 422
    for path in ("take", "reply", "refuse", "route"):
        other = sign_in(paris.partner("pt-bos")).post(f"/ask/{row.pk}/{path}/", {"release": str(release.pk)})
        assert other.status_code == 403, path
    assert desk.post(f"/ask/{row.pk}/reply/", {"release": str(release.pk)}).status_code == 302
    assert "Answered by a release" in desk.get(f"/ask/{row.pk}/").content.decode()


def test_it_says_when_a_post_is_worked_with_and_the_answer_may_not_be_theirs(paris: Stage) -> None:
    row, post = lodged(paris), post_of(paris)
    with pytest.raises(Refused):
        answer(paris.watch, request=at_desk(paris, row), report=next(iter(paris.reports.values())))
    assert post.city not in told(paris.partner("pt-bos"), row)


def test_the_list_asks_as_often_for_forty_questions_as_for_one(paris: Stage) -> None:
    boston, release = paris.partner("pt-bos"), signed(paris, "police", "pt-bos")

    def questions() -> int:
        lodged_questions(boston)
        with CaptureQueriesContext(connection) as asked:
            lodged_questions(boston)
        return len(asked)

    reply_by_release(paris.watch, request=at_desk(paris, lodged(paris)), release=release)
    alone = questions()
    for number in range(39):
        row = lodged(paris, question=f"Question {number}?")
        if number % 2:
            reply_by_release(paris.watch, request=at_desk(paris, row), release=release)
    assert questions() == alone <= 9
    assert Release.objects.as_house("a test").count() == 1
