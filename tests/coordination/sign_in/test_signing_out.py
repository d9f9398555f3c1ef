"""One sign-out: begun here, at the provider, or by a forged word of it."""

import base64
import json
import time

import pytest
from infra.provider.local.server import subject_of
from joserfc import jwt
from joserfc.jwk import RSAKey
from playwright.sync_api import Browser, expect
from tests.coordination.sign_in.visitor import Visitor

pytestmark = pytest.mark.needs("provider", "postgresql", "redis", "nginx")
HOLDER = "budget@merenstad.example"
PAGES = ("/profiel", "/matching/requests", "/reporting/council/9901")
TOLD = "/uitloggen/melding"


@pytest.fixture(scope="module")
def holder(services) -> str:
    """A budget holder of Merenstad."""
    services.script("invite", HOLDER, "budget_holder", "municipality", "9901")
    return HOLDER


def everywhere(services, account: str) -> Visitor:
    """Somebody signed in to all three services."""
    visitor = Visitor(services.address)
    visitor.sign_in(account, services.password, PAGES[0])
    assert [visitor.visit(path).asks_to_sign_in for path in PAGES] == [False, False, False]
    return visitor


@pytest.mark.browser
@pytest.mark.needs("chromium")
def test_signing_out_in_a_browser_leaves_nothing_open_anywhere(services, holder, browser: Browser):
    elsewhere = everywhere(services, holder)
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{services.address}/reporting/council/9901?schoolYear=2021-2022")
        page.get_by_label("E-mailadres").fill(holder)
        page.get_by_label("Wachtwoord").fill("niet dit wachtwoord")
        page.get_by_role("button", name="Inloggen").click()
        expect(page.get_by_text("horen niet bij elkaar")).to_be_visible()
        page.get_by_label("Wachtwoord").fill(services.password)
        page.get_by_role("button", name="Inloggen").click()
        page.wait_for_url(f"{services.address}/reporting/council/9901?schoolYear=2021-2022")
        page.goto(f"{services.address}/matching/requests")
        assert page.url == f"{services.address}/matching/requests"
        page.goto(f"{services.address}/profiel")
        # The form leads on to the provider and back; the policy of the page must let it.
        page.get_by_role("button", name="Uitloggen").click()
        expect(page.get_by_role("heading", name="U bent uitgelogd")).to_be_visible()
        for path in PAGES:
            page.goto(services.address + path)
            expect(page.get_by_label("Wachtwoord")).to_be_visible()
    # Somebody who is in at another computer stays in there.
    assert [elsewhere.visit(path).asks_to_sign_in for path in PAGES] == [False, False, False]


def test_signing_out_with_one_cookie_makes_those_of_the_other_services_worthless(services, holder):
    visitor = everywhere(services, holder)
    kept = {service: visitor.cookie(f"{service}_session") for service in ("intake", "matching", "reporting")}
    assert all(kept.values())
    assert "U bent uitgelogd" in visitor.press("/profiel", "/uitloggen").text
    for (service, cookie), path in zip(kept.items(), PAGES, strict=True):
        status, headers, _text = services.ask(path, Cookie=f"{service}_session={cookie}")
        assert (status, "inloggen?next=" in headers["Location"]) == (302, True), service


def test_a_mere_visit_or_a_foreign_form_signs_nobody_out(services, holder):
    visitor = everywhere(services, holder)
    visitor.visit("/uitloggen")
    assert visitor.visit("/uitloggen", {"csrfmiddlewaretoken": "x" * 64}).status == 403
    assert not visitor.visit("/profiel").asks_to_sign_in


def test_the_provider_ends_every_session_of_a_person(services, holder):
    here, there = everywhere(services, holder), everywhere(services, holder)
    services.provider.admit(services.address)
    services.provider.ask("POST", f"users/{subject_of(holder)}/logout")
    until = time.monotonic() + 20
    while services.script("sessions", holder) != "0":
        assert time.monotonic() < until
        time.sleep(0.2)
    for visitor in (here, there):
        assert [visitor.visit(path).asks_to_sign_in for path in PAGES] == [True, True, True]


def key_of(token: str) -> str:
    """The name of the key a token says it is signed with."""
    header = token.partition(".")[0]
    return json.loads(base64.urlsafe_b64decode(header + "=="))["kid"]


def forged(services, kid: str) -> str:
    """A word of the provider that is right in all but the key."""
    now = int(time.time())
    claims = {
        "iss": services.provider.issuer,
        "aud": "vierspan",
        "iat": now,
        "exp": now + 60,
        "jti": "x",
        "sub": subject_of(HOLDER),
        "events": {"http://schemas.openid.net/event/backchannel-logout": {}},
    }
    return jwt.encode({"alg": "RS256", "kid": kid}, claims, RSAKey.generate_key(2048))


def test_nobody_but_the_provider_can_say_that_somebody_left(services, holder):
    visitor = everywhere(services, holder)
    proof = services.script("proof", holder)
    for word in ("", "x", "a.b.c", "x" * 20_000, forged(services, "x"), forged(services, key_of(proof)), proof):
        status, headers, text = services.ask(TOLD, body=f"logout_token={word}".encode())
        assert (status, headers["Cache-Control"].count("no-store")) == (400, 1), word[:20]
        assert "Traceback" not in text
    assert services.ask(TOLD)[0] == 405
    assert not visitor.visit("/profiel").asks_to_sign_in
