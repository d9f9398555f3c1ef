"""Requests over ASGI: each in one thread of a fixed crew, and none knows of another."""

import asyncio
import threading
from contextvars import ContextVar

import pytest
from django.core import signals
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path

from coordination.web.pages import CREW, InOneThread

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db(databases="__all__")]

_seen: ContextVar[str] = ContextVar("seen", default="nothing")


def tell(request: HttpRequest) -> HttpResponse:
    """What an earlier request left in the context, and the thread."""
    before = _seen.get()
    _seen.set(request.GET.get("say", ""))
    return HttpResponse(f"{before} {threading.current_thread().name}")


def stream(_request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(iter([b"een ", b"twee ", b"drie"]))


def echo(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.body)


def fail(_request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


urlpatterns = [path("tell", tell), path("stream", stream), path("echo", echo), path("fail", fail)]


@pytest.fixture
def pages(settings) -> InOneThread:
    """The handler without the middleware of the shell: what is asked here is where the work is done."""
    settings.MIDDLEWARE = []
    return InOneThread()


async def ask(pages: InOneThread, address: str, *parts: bytes, leaves: bool = False) -> tuple[int, bytes]:
    """Status and content of an answer to a request whose body comes in these parts; 0 without any answer."""
    address, _, query = address.partition("?")
    coming = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
    coming.append({"type": "http.disconnect"} if leaves else {"type": "http.request", "body": b""})
    sent: list[dict] = []

    async def receive() -> dict:
        return coming.pop(0)

    async def send(message: dict) -> None:
        sent.append(message)

    await pages(
        {
            "type": "http",
            "method": "POST" if parts else "GET",
            "path": address,
            "query_string": query.encode(),
            "headers": [(b"host", b"localhost")],
        },
        receive,
        send,
    )
    return (sent[0]["status"], b"".join(one.get("body", b"") for one in sent)) if sent else (0, b"")


async def test_what_one_request_sets_no_other_sees(pages):
    answers = [await ask(pages, f"/tell?say={number}") for number in range(CREW * 2)]
    assert {content.split()[0] for _status, content in answers} == {b"nothing"}


async def test_a_fixed_crew_does_the_work(pages):
    answers = await asyncio.gather(*(ask(pages, "/tell") for _ in range(CREW * 4)))
    threads = {content.split()[1] for _status, content in answers}
    assert all(name.startswith(b"page_") for name in threads)
    assert len(threads) <= CREW


async def test_a_body_in_parts_and_an_answer_in_parts_are_whole(pages):
    assert await ask(pages, "/echo", b"eerste ", b"tweede") == (200, b"eerste tweede")
    finished: list[str] = []

    def note(**_named: object) -> None:
        finished.append(threading.current_thread().name)

    signals.request_finished.connect(note)
    try:
        assert await ask(pages, "/stream") == (200, b"een twee drie")
        assert (await ask(pages, "/tell"))[0] == 200
    finally:
        signals.request_finished.disconnect(note)
    # Once for each, where its databases were used.
    assert len(finished) == 2
    assert all(name.startswith("page_") for name in finished)


async def test_who_leaves_before_all_was_said_is_not_answered(pages):
    assert await ask(pages, "/echo", b"half", leaves=True) == (0, b"")


async def test_a_fault_is_an_answer_and_the_next_one_is_served(pages, settings):
    settings.DEBUG_PROPAGATE_EXCEPTIONS = False
    assert (await ask(pages, "/fail"))[0] == 500
    assert (await ask(pages, "/tell"))[0] == 200
    assert (await ask(pages, "/nergens"))[0] == 404
