"""The threaded handler: whole and streamed answers, what one request leaves behind, who hangs up, what breaks off."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import path
from django.utils import translation

from vedette.config.threads import THREADS, ThreadedHandler

closed = threading.Event()
names: set[str] = set()


def echo(request: HttpRequest) -> HttpResponse:
    """What was sent, with two cookies and a header."""
    answer = HttpResponse(request.body.upper(), headers={"X-Size": str(len(request.body))})
    answer.set_cookie("one", "1")
    answer.set_cookie("two", "2")
    return answer


def speak(request: HttpRequest) -> HttpResponse:
    """The language before, after which another one is activated and never put back."""
    names.add(threading.current_thread().name)
    before = translation.get_language()
    translation.activate("fr")
    return HttpResponse(before)


def pieces(request: HttpRequest) -> HttpResponseBase:
    """Three pieces, of which the asker may have the last one break."""

    class Noted(StreamingHttpResponse):
        def close(self) -> None:
            super().close()
            closed.set()

    def made() -> Iterator[bytes]:
        yield b"one "
        yield b"two "
        if "break" in request.GET:
            raise OSError("the disk went away")
        yield b"three"

    return Noted(made())


urlpatterns = [path("echo", echo), path("speak", speak), path("pieces", pieces)]


@pytest.fixture
def handler(settings: Any) -> ThreadedHandler:
    settings.MIDDLEWARE = []
    settings.ROOT_URLCONF = __name__
    closed.clear()
    names.clear()
    return ThreadedHandler()


def asked(handler: ThreadedHandler, address: str, *events: dict[str, Any]) -> list[dict[str, Any]]:
    """The messages that the handler sends for one request; bodies arrive as the events say."""
    return asyncio.run(asking(handler, address, *events))


async def asking(handler: ThreadedHandler, address: str, *events: dict[str, Any]) -> list[dict[str, Any]]:
    path_, _, query = address.partition("?")
    scope = {"type": "http", "method": "POST", "path": path_, "query_string": query.encode(), "headers": []}
    waiting = list(events) or [{"type": "http.request", "body": b""}]
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return waiting.pop(0)

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    try:
        await handler(scope, receive, send)
    except OSError as broken:
        sent.append({"type": "broken", "error": broken})
    return sent


def test_a_body_in_parts_comes_back_whole_with_its_headers_and_each_cookie(handler: ThreadedHandler) -> None:
    parts = [{"type": "http.request", "body": b"ab", "more_body": True}, {"type": "http.request", "body": b"cd"}]
    start, body = asked(handler, "/echo", *parts)
    assert start["status"] == 200 and (b"X-Size", b"4") in start["headers"]
    assert [value.split(b"=")[0] for name, value in start["headers"] if name == b"set-cookie"] == [b"one", b"two"]
    assert body == {"type": "http.response.body", "body": b"ABCD"}


def test_what_a_request_activates_is_gone_for_the_next_one_in_any_thread(handler: ThreadedHandler) -> None:
    async def many() -> list[list[dict[str, Any]]]:
        return await asyncio.gather(*(asking(handler, "/speak") for _ in range(THREADS * 4)))

    with translation.override("en"):
        assert {sent[1]["body"] for sent in asyncio.run(many())} == {b"en"}
    assert 1 <= len(names) <= THREADS and all(name.startswith("request") for name in names)


def test_a_stream_goes_out_piece_by_piece_and_is_closed(handler: ThreadedHandler) -> None:
    sent = asked(handler, "/pieces")
    assert [message.get("body") for message in sent[1:]] == [b"one ", b"two ", b"three", b""]
    assert [message.get("more_body", False) for message in sent[1:]] == [True, True, True, False]
    assert closed.is_set()


def test_a_stream_that_breaks_is_never_ended_as_if_it_were_whole(handler: ThreadedHandler) -> None:
    sent = asked(handler, "/pieces?break=1")
    assert [message.get("body") for message in sent[1:3]] == [b"one ", b"two "]
    assert sent[-1]["type"] == "broken" and len(sent) == 4
    assert closed.is_set()


@pytest.mark.parametrize(
    "events",
    [
        [{"type": "http.disconnect"}],
        [{"type": "http.request", "body": b"ab", "more_body": True}, {"type": "http.disconnect"}],
    ],
)
def test_who_hangs_up_before_his_body_ends_is_not_answered(
    handler: ThreadedHandler, events: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    answered: list[Callable[..., Any]] = []
    monkeypatch.setattr(handler, "_answer", lambda *given: answered.append(given[0]))
    assert asked(handler, "/echo", *events) == []
    assert answered == []


def test_an_address_that_leads_nowhere_is_answered_404(handler: ThreadedHandler) -> None:
    start, _body = asked(handler, "/nowhere")
    assert start["status"] == 404
