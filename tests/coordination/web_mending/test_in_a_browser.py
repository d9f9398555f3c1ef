"""Mending in a real browser: without JavaScript everything works, with it a rebuild shows by itself that it is done."""

import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page, Request, Route, expect
from tests.coordination.events.speaking import Listener
from tests.journeys.looking import axe_faults

from coordination.contracts.identifiers import new_id
from coordination.events.connections import close_connections
from coordination.events.dead_letters import dead_letters, passed_over
from coordination.events.rebuilds import ask_for_rebuild, carry_out

pytestmark = [
    pytest.mark.browser,
    pytest.mark.needs("chromium"),
    pytest.mark.django_db(transaction=True, databases="__all__"),
]
HOUSE = "http://vierspan.test"
HERE = f"{HOUSE}/reporting/-/messages"


@pytest.fixture(scope="module", autouse=True)
def beside_a_loop(django_db_setup) -> Iterator[None]:
    """Playwright keeps an event loop in this thread; only here do tables and a browser meet in one process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture
def open_page(browser: Browser, administrator) -> Iterator:
    """Opens a window of the administrator; what it asks, Django answers in this process, with its own policy."""
    contexts = []

    def answer(route: Route, request: Request) -> None:
        where = urlsplit(request.url)
        if where.path.startswith("/static/"):
            place = finders.find(where.path.removeprefix("/static/"))
            route.fulfill(path=place) if place else route.fulfill(status=404)
            return
        asked = f"{where.path}?{where.query}"
        if request.method == "POST":
            given = request.post_data or ""
            found = administrator.post(asked, given, content_type="application/x-www-form-urlencoded")
        else:
            found = administrator.get(asked)
        route.fulfill(status=found.status_code, headers=dict(found.headers), body=found.content)

    def open_one(**options) -> Page:
        context = browser.new_context(locale="nl-NL", **options)
        contexts.append(context)
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.route("**/*", answer)
        return page

    yield open_one
    for context in contexts:
        context.close()


def test_without_javascript_a_message_is_let_go_of_and_what_waited_goes_on(open_page, stuck):
    page = open_page(java_script_enabled=False)
    page.goto(HERE)
    page.get_by_role("link", name="Onleesbaar bericht").click()
    page.get_by_role("button", name="Laten vallen").click()
    expect(page.get_by_text("Zeg waarom dit bericht mag vervallen.").first).to_be_visible()
    page.get_by_label("Waarom mag dit bericht vervallen?").fill("Proefbericht")
    page.get_by_role("button", name="Laten vallen").click()
    expect(page.get_by_text("1 bericht is verwerkt.")).to_be_visible()
    assert (dead_letters("reporting").count(), passed_over("reporting").get().reason) == (0, "Proefbericht")


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_is_sound(open_page, stuck, width):
    page = open_page(viewport={"width": width, "height": 900})
    for path in ("", f"/{stuck[0].pk}", f"/{stuck[1].pk}", "/rebuild", "/passed-over"):
        page.goto(HERE + path)
        assert axe_faults(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_rebuild_shows_by_itself_that_it_is_done(open_page, log, speaker):
    listener = Listener(log)
    speaker.says(new_id(), 1)
    speaker.sends()
    listener.hears_all()
    goes_on = threading.Event()
    listener.faults.append(lambda _event: None if goes_on.wait(20) else 1 / 0)

    def work() -> None:
        try:
            carry_out(ask_for_rebuild("reporting"), listener.subscriptions, log)
        finally:
            close_connections()

    beside = threading.Thread(target=work)
    beside.start()
    page = open_page()
    page.goto(f"{HERE}/rebuild")
    expect(page.get_by_text("Bezig sinds")).to_be_visible()
    assert axe_faults(page) == []
    goes_on.set()
    expect(page.get_by_text("klaar.", exact=False)).to_be_visible()
    beside.join(20)
