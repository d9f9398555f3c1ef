"""What lets a program in to the API of all three services: a token of this house, or one of the provider."""

import base64
import json
import time

import pytest
from infra.provider.local.server import subject_of
from tests.coordination.sign_in.visitor import Visitor

from coordination.service.provider import provider as look
from coordination.testing import processes
from coordination.testing.page_rules import faults_of

pytestmark = pytest.mark.needs("provider", "postgresql", "redis", "nginx")
PROGRAM = "raad@columba.example"
DOORS = (
    "/intake/api/v1/activities",
    "/matching/api/v1/participations",
    "/reporting/api/v1/municipalities/9904/summary",
)


@pytest.fixture(scope="module")
def known(services) -> str:
    """Somebody who is known here and signed in once."""
    services.script("invite", PROGRAM, "council_member", "municipality", "9904")
    services.script("bind", PROGRAM, services.provider.issuer, subject_of(PROGRAM))
    return PROGRAM


def key_of(token: str) -> str:
    """The name of the key a token says it is signed with."""
    return json.loads(base64.urlsafe_b64decode(token.partition(".")[0] + "=="))["kid"]


def answers(services, token: str) -> list[int]:
    """What the three services answer to a token: 200, or 404 for a municipality nobody told of, is being let in."""
    return [services.ask(door, Authorization=f"Bearer {token}")[0] for door in DOORS]


def test_a_token_of_this_house_is_taken_by_all_three(services, known):
    assert answers(services, services.script("token", known)) == [200, 200, 404]


def test_an_access_token_of_the_provider_is_taken_by_all_three(services, known):
    assert answers(services, services.access_token(known)) == [200, 200, 404]


def test_what_the_provider_signed_for_something_else_is_refused_in_dutch(services, known):
    Visitor(services.address).sign_in(known, services.password)
    token, proof = services.access_token(known), services.script("proof", known)
    tampered = token[:-20] + ("A" if token[-20] != "A" else "B") + token[-19:]
    for wrong in (
        services.access_token(known, client="other", audience=""),
        proof,
        tampered,
        token.rpartition(".")[0] + ".",
        services.access_token("budget@columba.example"),
    ):
        for door in DOORS:
            status, headers, text = services.ask(door, Authorization=f"Bearer {wrong}")
            assert (status, headers["Content-Type"]) == (401, "application/problem+json")
            assert headers["WWW-Authenticate"].startswith("Bearer")
            assert "toegangsbewijs" in json.loads(text)["detail"]


def test_a_closed_account_is_refused_with_a_token_of_the_provider_that_is_still_good(services, known):
    token = services.access_token(known)
    services.script("close", known)
    assert answers(services, token) == [401, 401, 401]
    services.script("open", known)
    assert answers(services, token) == [200, 200, 404]


def test_a_new_key_of_the_provider_is_taken_without_a_restart_and_the_old_one_goes_on(services, known):
    before = services.access_token(known)
    assert answers(services, before) == [200, 200, 404]
    realm = services.provider.ask("GET", "")
    services.provider.ask(
        "POST",
        "components",
        {
            "name": "newer",
            "parentId": realm["id"],
            "providerId": "rsa-generated",
            "providerType": "org.keycloak.keys.KeyProvider",
            "config": {
                "priority": [str(int(time.time()))],
                "enabled": ["true"],
                "active": ["true"],
                "algorithm": ["RS256"],
            },
        },
    )
    after = services.access_token(known)
    assert key_of(after) != key_of(before)
    # Somebody may just have come with a key that nobody knows; then the provider is left alone for some seconds.
    until = time.monotonic() + 30
    while answers(services, after) != [200, 200, 404]:
        assert time.monotonic() < until
        time.sleep(0.5)
    assert answers(services, before) == [200, 200, 404]


def test_the_doctor_says_that_all_is_well(services, known):
    assert "Alles in orde." in services.run("reporting", "-m", "reporting", "doctor")


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("kent vierspan niet met dit geheim", {"OIDC_RP_CLIENT_SECRET": "guessed"}),
        ("kent nobody niet met dit geheim", {"OIDC_RP_CLIENT_ID": "nobody"}),
        ("noemt zich 'http://", {"OIDC_ISSUER": "http://127.0.0.1/other"}),
        ("antwoordt 404 op", {"OIDC_DISCOVERY_URL": "{issuer}/nothing"}),
        ("antwoordt niet op http://127.0.0.1:1/ (", {"OIDC_DISCOVERY_URL": "http://127.0.0.1:1/"}),
        ("antwoordt niet op", {"OIDC_DISCOVERY_URL": "{issuer}/account"}),
        ("noemt zich None", {"OIDC_DISCOVERY_URL": "{issuer}/protocol/openid-connect/certs"}),
    ],
)
def test_the_doctor_says_what_is_wrong_with_the_provider(provider, settings, said, wrong):
    right = {
        "OIDC_ISSUER": provider.issuer,
        "OIDC_DISCOVERY_URL": f"{provider.issuer}/.well-known/openid-configuration",
        "OIDC_RP_CLIENT_ID": "vierspan",
        "OIDC_RP_CLIENT_SECRET": provider.client_secret,
        "VIERSPAN_URL": provider.house,
    }
    for name, value in (right | wrong).items():
        setattr(settings, name, value.replace("{issuer}", provider.issuer))
    (finding,) = look("reporting")
    assert not finding.well
    assert said in finding.words and "guessed" not in finding.words


def test_without_the_provider_who_is_in_goes_on_and_signing_in_says_so(services, known):
    port = processes.free_port()
    services.serve("reporting", name="lonely", PORT=str(port), OIDC_DISCOVERY_URL="http://127.0.0.1:1/")
    services.wait_for("lonely", port)
    there = f"http://127.0.0.1:{port}"
    cookie = services.script("session", known)
    assert services.ask("/reporting/council/9904", there, Cookie=f"reporting_session={cookie}")[0] == 404
    status, headers, text = services.ask("/reporting/inloggen?next=/reporting/council/9904", there)
    assert (status, headers["Retry-After"]) == (503, "30")
    assert "antwoordt niet" in text and "Opnieuw proberen" in text and faults_of(text) == []
    status, headers, text = services.ask(DOORS[2], there, Authorization=f"Bearer {services.access_token(known)}")
    assert (status, "De aanbieder antwoordt niet" in json.loads(text)["detail"]) == (401, True)
    assert services.ask(DOORS[2], there, Authorization=f"Bearer {services.script('token', known)}")[0] == 404
