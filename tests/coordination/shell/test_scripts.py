"""What the scripts of the shell do in a real browser, on a page of the real layout and a server of a few lines."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.template import engines
from playwright.sync_api import Browser, Page, Request, Route, WebSocketRoute, expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.needs("chromium"),
    pytest.mark.urls("tests.coordination.shell.addresses"),
]

ADDRESS = "http://vierspan.test/page"
FRAGMENT = (
    '<p><span data-figure="spent" data-figure-label="Besteed">{spent}</span></p>'
    '<details id="more"><summary>Meer</summary>meer</details><label>Veld <input name="field" value=""></label>'
)
BODY = """{% extends "shell/page.html" %}{% load vierspan %}
{% block title %}T{% endblock %}{% block heading %}T{% endblock %}
{% block content %}<p class="vs-asof">{% live_sign %}</p>
{% live "intake" "activities" id="7" fragment="figures" %}FRAGMENT{% endlive %}
<form method="post" action="/save" id="save"><button>Bewaren</button></form>
<form id="refused" hx-post="/refused" hx-target="#refused"><button>Weigeren</button></form>
<form data-addup data-addup-total="1000">
<label>A <input data-addup-part></label><label>B <input data-addup-part></label>
<output data-addup-sum></output><p class="vs-addup" data-addup-answer></p></form>{% endblock %}"""
REFUSAL = '<html><h1>Dit kan nu niet</h1><div class="vs-intro"><p>De activiteit is afgerond.</p></div></html>'


class Site:
    """A server that shows one page, its fragment, and the sockets that listen."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.spent = "€ 100,00"
        self.asked: list[str] = []
        self.saved = 0
        self.open = True
        self.sockets: list[WebSocketRoute] = []
        page.route("**/*", self.answer)
        page.route_web_socket("**/live", self.listen)

    def html(self) -> str:
        """The page as the layout makes it, Dutch, with the scripts as they are."""
        body = BODY.replace("FRAGMENT", FRAGMENT.format(spent=self.spent))
        return engines["django"].from_string(body).render({})

    def answer(self, route: Route, request: Request) -> None:
        """Serve what is asked."""
        where = urlsplit(request.url)
        if where.path.startswith("/static/"):
            place = finders.find(where.path.removeprefix("/static/"))
            route.fulfill(path=place) if place else route.fulfill(status=404)
        elif fragment := parse_qs(where.query).get("fragment"):
            self.asked += fragment
            route.fulfill(content_type="text/html", body=FRAGMENT.format(spent=self.spent))
        elif where.path == "/save":
            self.saved += 1
        elif where.path == "/refused":
            route.fulfill(status=409, content_type="text/html", body=REFUSAL)
        else:
            route.fulfill(content_type="text/html", body=self.html())

    def listen(self, socket: WebSocketRoute) -> None:
        """Keep a socket, or close it while the server is away."""
        if self.open:
            self.sockets.append(socket)
        else:
            socket.close(code=1012)

    def say(self, subject: str = "activities", id: str = "7") -> None:
        """A notice to everybody."""
        self.sockets[-1].send(f'{{"subject": "{subject}", "id": "{id}"}}')

    @property
    def figure(self):
        """The live figure on the page."""
        return self.page.locator("[data-figure=spent]")


@pytest.fixture
def site(browser: Browser) -> Iterator[Site]:
    """The page, open and live."""
    page = browser.new_page()
    found = Site(page)
    page.goto(ADDRESS)
    expect(page.locator("[data-live-word]")).to_have_text("Live")
    page.wait_for_timeout(150)
    assert found.asked == ["figures"]
    yield found
    page.close()


def test_a_notice_changes_the_figure_marks_it_and_says_so(site):
    site.page.locator("#more summary").click()
    site.spent = "€ 150,50"
    site.say()
    expect(site.figure).to_have_text("€ 150,50")
    expect(site.figure).to_have_attribute("data-difference", "zojuist: + €\u00a050,50".replace("\u00a0", " "))
    expect(site.page.locator("#more")).to_have_attribute("open", "")
    expect(site.page.locator("[data-live-region]")).to_have_text("Besteed is nu € 150,50")
    expect(site.figure).not_to_have_class("vs-changed", timeout=8000)


def test_nothing_is_replaced_when_nothing_changed_before_the_socket_opened(site):
    site.figure.evaluate("one => { one.dataset.kept = '1' }")
    site.page.wait_for_timeout(200)
    expect(site.figure).to_have_attribute("data-kept", "1")


@pytest.mark.parametrize(("subject", "id"), [("activities", "8"), ("allocations", "7")])
def test_a_notice_about_something_else_asks_nothing(site, subject, id):
    site.say(subject, id)
    site.page.wait_for_timeout(300)
    assert site.asked == ["figures"]


def test_what_somebody_typed_is_never_taken_away(site):
    field = site.page.get_by_label("Veld")
    field.fill("bijna klaar")
    site.page.get_by_role("heading", name="T").click()
    site.spent = "€ 1,00"
    site.say()
    site.page.wait_for_timeout(300)
    expect(field).to_have_value("bijna klaar")
    expect(site.figure).to_have_text("€ 100,00")
    field.fill("")
    field.blur()
    expect(site.figure).to_have_text("€ 1,00")


def test_pausing_waits_and_resuming_catches_up(site):
    site.page.get_by_role("button", name="Pauzeer bijwerken").click()
    expect(site.page.locator("[data-live-word]")).to_contain_text("Niet live, stand van")
    site.spent = "€ 2,00"
    site.say()
    site.page.wait_for_timeout(300)
    expect(site.figure).to_have_text("€ 100,00")
    site.page.get_by_role("button", name="Weer bijwerken").click()
    expect(site.figure).to_have_text("€ 2,00")
    expect(site.page.locator("[data-live-word]")).to_have_text("Live")


def test_a_lost_connection_is_said_and_made_up_for(site):
    site.open = False
    site.sockets[-1].close(code=1012)
    expect(site.page.locator("[data-live-word]")).to_contain_text("Niet live, stand van")
    site.spent = "€ 3,00"
    site.open = True
    expect(site.figure).to_have_text("€ 3,00", timeout=10_000)
    expect(site.page.locator("[data-live-word]")).to_have_text("Live")


def test_a_double_click_sends_a_form_once(site):
    site.page.get_by_role("button", name="Bewaren").evaluate("one => { one.click(); one.click(); one.click() }")
    site.page.wait_for_timeout(300)
    assert site.saved == 1


def test_a_refusal_is_shown_where_the_act_was_done(site):
    site.page.get_by_role("button", name="Weigeren").click()
    alert = site.page.locator("#refused [role=alert]")
    expect(alert).to_have_text("Dit kan nu niet. De activiteit is afgerond.")
    site.page.get_by_role("button", name="Weigeren").click()
    expect(alert).to_have_count(1)


@pytest.mark.parametrize(
    ("one", "other", "says", "right"),
    [
        ("6,00", "4,00", "Klopt: de schooljaren tellen op tot € 10,00", True),
        ("6", "", "Nog € 4,00 te verdelen", False),
        ("6,00", "4,01", "€ 0,01 te veel verdeeld", False),
        ("zes", "4", "Vul bedragen in als 1.234,56", False),
        ("1.234,56", "-1.224,56", "Klopt: de schooljaren tellen op tot € 10,00", True),
    ],
)
def test_amounts_are_added_up_while_typing(site, one, other, says, right):
    site.page.get_by_label("A", exact=True).fill(one)
    site.page.get_by_label("B", exact=True).fill(other)
    answer = site.page.locator("[data-addup-answer]")
    expect(answer).to_have_text(says)
    assert ("vs-right" in answer.get_attribute("class")) is right
