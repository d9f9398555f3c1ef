"""Signing in at a real provider: where one wanted to go, in every service at once, and who is not let in."""

import re
import urllib.parse

import pytest
from tests.coordination.sign_in.visitor import Visitor

from coordination.testing.page_rules import faults_of

pytestmark = pytest.mark.needs("provider", "postgresql", "redis", "nginx")
OFFICER = "beleid@merenstad.example"
COUNCIL = "raad@merenstad.example"


@pytest.fixture(scope="module")
def officer(services) -> str:
    """A policy officer of Merenstad who is a council member too, invited and not yet seen."""
    services.script("invite", OFFICER, "policy_officer", "municipality", "9901")
    return OFFICER


@pytest.fixture
def visitor(services) -> Visitor:
    """Somebody new."""
    return Visitor(services.address)


def state_of(address: str) -> str:
    return urllib.parse.parse_qs(urllib.parse.urlsplit(address).query)["state"][0]


def test_a_deep_link_survives_signing_in_and_the_other_services_ask_nothing(services, officer, visitor):
    answer = visitor.sign_in(officer, services.password, "/matching/requests?zoek=%C3%A9")
    assert answer.path == "/matching/requests?zoek=%C3%A9"
    assert visitor.cookie("matching_session") and not visitor.cookie("intake_session")
    answer = visitor.visit("/intake/activities?q=x")
    assert answer.path == "/intake/activities?q=x"
    assert any(services.provider.address in passed for passed in visitor.passed)
    assert officer in visitor.visit("/profiel").text
    assert services.script("sessions", officer) == "2"


def test_what_goes_to_the_provider_is_bound_to_this_attempt(services, visitor):
    status, headers, _text = services.ask("/inloggen?next=/profiel")
    asked = urllib.parse.parse_qs(urllib.parse.urlsplit(headers["Location"]).query)
    assert status == 302
    assert asked["code_challenge_method"] == ["S256"] and len(asked["code_challenge"][0]) == 43
    assert len(asked["nonce"][0]) >= 32 and len(asked["state"][0]) >= 32
    assert asked["response_type"] == ["code"] and asked["redirect_uri"] == [f"{services.address}/inloggen/terug"]
    assert asked["ui_locales"] == ["nl"]
    assert headers["Set-Cookie"].startswith("intake_session=") and "HttpOnly" in headers["Set-Cookie"]
    _status, headers, _text = services.ask("/reporting/inloggen")
    assert "Path=/reporting;" in headers["Set-Cookie"]


@pytest.mark.parametrize("elsewhere", ["https://kwaad.example/", "//kwaad.example/", "/\\kwaad.example"])
def test_signing_in_never_leads_elsewhere(services, officer, visitor, elsewhere):
    answer = visitor.sign_in(officer, services.password, f"/inloggen?next={urllib.parse.quote(elsewhere)}")
    assert answer.address.startswith(services.address)
    assert visitor.visit(f"/inloggen?next={urllib.parse.quote(elsewhere)}").address.startswith(services.address)


def test_each_window_comes_back_to_its_own_page(services, officer, visitor):
    first, second = visitor.visit("/inloggen?next=/profiel"), visitor.visit("/inloggen?next=/woordenlijst")
    assert first.asks_to_sign_in and second.asks_to_sign_in
    assert visitor.sign_in(officer, services.password, first.address).path == "/profiel"


def test_an_attempt_works_once_and_only_where_it_began(services, officer, visitor):
    visitor.sign_in(officer, services.password, "/inloggen?next=/profiel")
    back = next(address for address in visitor.passed if "/inloggen/terug" in address)
    assert visitor.visit(back).status != 400 and not any("terug" in one for one in visitor.passed)
    thief = Visitor(services.address)
    thief.visit("/inloggen")
    answer = thief.visit(back)
    assert (answer.status, "verlopen of al gebruikt" in answer.text) == (400, True)
    forged = back.replace(state_of(back), state_of(thief.visit("/inloggen").address))
    answer = thief.visit(forged)
    assert (answer.status, "Opnieuw inloggen" in answer.text) == (400, True)
    assert thief.visit("/profiel").asks_to_sign_in


def test_a_code_got_in_another_attempt_is_refused_by_its_nonce_and_verifier(services, officer):
    """What a thief could do who makes a victim follow a link with the thief's own code."""
    thief, victim = Visitor(services.address), Visitor(services.address)
    shown = thief.visit("/inloggen")
    thief.cookies.clear(domain="localhost.local")
    state = state_of(victim.visit("/inloggen").address)
    answer = thief.sign_in(officer, services.password, shown.address)
    back = next(address for address in [*thief.passed, answer.address] if "/inloggen/terug" in address)
    answer = victim.visit(back.replace(state_of(back), state))
    assert answer.status == 400
    assert victim.visit("/profiel").asks_to_sign_in


@pytest.mark.parametrize("query", ["", "?error=access_denied", "?code=x", "?state=x&code=x", "?error=x&state=%00"])
def test_coming_back_with_something_else_is_a_page_in_words(services, visitor, query):
    answer = visitor.visit(f"/inloggen/terug{query}")
    assert answer.status == 400
    assert "Traceback" not in answer.text and "<h1" in answer.text


def test_who_is_not_invited_hears_whom_to_ask_and_can_take_another_account(services, officer, visitor):
    answer = visitor.sign_in("budget@dijkermond.example", services.password, "/reporting/council/9902")
    assert answer.status == 403
    assert "budget@dijkermond.example" in answer.text and "Vraag de beheerder" in answer.text
    assert faults_of(answer.text) == []
    assert visitor.visit("/profiel").status == 403
    answer = visitor.press("/profiel", "/uitloggen")
    assert "U bent uitgelogd" in answer.text and faults_of(answer.text) == []
    assert visitor.sign_in(officer, services.password, "/profiel").path == "/profiel"


def test_an_address_that_is_not_verified_or_taken_by_another_gives_no_account(services, visitor):
    users = services.provider.ask("GET", "users?username=raad@heidehoek.example&exact=true")
    services.script("invite", "raad@heidehoek.example", "council_member", "municipality", "9903")
    services.provider.ask("PUT", f"users/{users[0]['id']}", users[0] | {"emailVerified": False})
    assert visitor.sign_in("raad@heidehoek.example", services.password).status == 403
    services.provider.ask("PUT", f"users/{users[0]['id']}", users[0] | {"emailVerified": True})
    assert visitor.visit("/profiel").status == 200


def test_a_closed_account_is_out_at_once_everywhere_and_hears_why(services, visitor):
    services.script("invite", COUNCIL, "council_member", "municipality", "9901")
    visitor.sign_in(COUNCIL, services.password, "/profiel")
    assert visitor.visit("/reporting/council/9901").path == "/reporting/council/9901"
    services.script("close", COUNCIL)
    answer = visitor.visit("/reporting/council/9901")
    assert (answer.status, "account in Vierspan is gesloten" in answer.text) == (403, True)
    assert visitor.visit("/profiel").status == 403
    services.script("open", COUNCIL)
    assert visitor.visit("/profiel").status == 200


def test_who_is_not_signed_in_is_led_to_signing_in_as_a_page_a_fragment_or_a_program_can_bear(services):
    status, headers, _text = services.ask("/matching/requests?zoek=a")
    assert (status, headers["Location"]) == (302, "/matching/inloggen?next=%2Fmatching%2Frequests%3Fzoek%3Da")
    seen = f"{services.address}/matching/requests"
    status, headers, _text = services.ask("/matching/requests", HX_Request="true", HX_Current_URL=seen)
    assert (status, headers["HX-Redirect"]) == (401, "/matching/inloggen?next=%2Fmatching%2Frequests")
    status, headers, _text = services.ask("/reporting/api/v1/municipalities/9901/summary")
    assert (status, headers["Content-Type"]) == (401, "application/problem+json")


def test_the_first_administrator_signs_in_by_a_link_that_works_once_and_invites_the_next(services, visitor):
    link = services.script("link")
    shown = visitor.visit(link)
    assert shown.asks_to_sign_in
    visitor.sign_in("beheer@vierspan.example", services.password, shown.address)
    assert "Functioneel beheerder" in visitor.visit("/profiel").text
    assert services.ask(link)[0] == 404

    page = visitor.visit("/accounts/new")
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', page.text))
    asked = {"name": "Raad", "email": "raad@dijkermond.example", "role": "administrator", "organisation": "house:house"}
    answer = visitor.visit("/accounts/new", hidden | asked, Referer=f"{services.address}/accounts/new")
    assert answer.status == 200 and f"{services.address}/inloggen" in answer.text
    assert "/welkom/" not in answer.text and faults_of(answer.text) == []
    invited = Visitor(services.address)
    assert invited.sign_in("raad@dijkermond.example", services.password, "/profiel").status == 200

    account = re.search(r'href="(/accounts/[0-9a-f-]{36})"', answer.text)
    assert account is not None
    visitor.press(account[1], f"{account[1]}/subject")
    assert "Wie voor het eerst met dit e-mailadres inlogt" in visitor.visit(account[1]).text


def test_no_password_is_asked_or_chosen_here(services):
    for path in ("/profiel/wachtwoord", "/welkom/x"):
        assert services.ask(path)[0] == 404
    assert services.ask("/inloggen", body=b"email=a@b.example&password=x")[0] in (403, 405)
