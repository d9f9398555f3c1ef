"""Tokens: signed, expiring, checked by public key alone; and the session as the other way in."""

import base64
import json
from datetime import timedelta

import pytest
from django.test import Client
from joserfc import jwt
from joserfc.jwk import OKPKey

from coordination.identity import accounts, tokens
from coordination.identity.models import SigningKey

pytestmark = [
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.urls("tests.coordination.identity.addresses"),
]
WHO = "/matching/api/v1/who"


def ask(client: Client, token: str):
    return client.get(WHO, headers={"Authorization": f"Bearer {token}"})


def parts(token: str) -> list[dict]:
    return [json.loads(base64.urlsafe_b64decode(part + "==")) for part in token.split(".")[:2]]


def test_a_token_speaks_for_its_account(client, account):
    answer = ask(client, accounts.issue_token(account, timedelta(hours=1)))
    assert answer.status_code == 200
    assert answer.json() == {"name": account.name, "audiences": ["municipality:9901", "municipality:9902"]}


def test_a_token_says_account_organisations_roles_expiry_and_its_own_id(account):
    header, claims = parts(accounts.issue_token(account, timedelta(hours=1)))
    assert header["kid"] == SigningKey.objects.get().kid
    assert claims["sub"] == str(account.id)
    assert claims["exp"] - claims["iat"] == 3600
    assert claims["jti"] != parts(accounts.issue_token(account))[1]["jti"]
    assert [(one["role"], one["key"]) for one in claims["roles"]] == [
        ("policy_officer", "9901"),
        ("council_member", "9902"),
    ]
    assert account.email not in json.dumps(claims)


def test_the_public_key_is_enough_to_check_a_token(client, account):
    token = accounts.issue_token(account)
    SigningKey.objects.update(private_jwk={})
    assert ask(client, token).status_code == 200


def test_an_expired_token_is_told_so_in_dutch(client, account):
    answer = ask(client, accounts.issue_token(account, timedelta(seconds=-1)))
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["detail"] == "Dit toegangsbewijs is verlopen. Vraag een nieuw aan."


def tampered(token: str) -> str:
    claims = parts(token)[1]
    claims["roles"][0]["key"] = "9903"
    header, _body, signature = token.split(".")
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    return ".".join([header, body, signature])


def unsigned(token: str) -> str:
    header, claims = ({"alg": "none", "kid": parts(token)[0]["kid"]}, parts(token)[1])
    words = (base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=").decode() for one in (header, claims))
    return ".".join([*words, ""])


def of_another_key(token: str) -> str:
    header, claims = parts(token)
    return jwt.encode(header, claims, OKPKey.generate_key("Ed25519"), algorithms=[tokens.ALGORITHM])


def of_an_unknown_key(token: str) -> str:
    header, claims = parts(token)
    return jwt.encode(header | {"kid": "x"}, claims, OKPKey.generate_key("Ed25519"), algorithms=[tokens.ALGORITHM])


@pytest.mark.parametrize(
    "spoil",
    [
        tampered,
        unsigned,
        of_another_key,
        of_an_unknown_key,
        lambda token: token[:-4],
        lambda _token: "geen.echt.bewijs",
        lambda _token: "a" * 20_000,
        lambda _token: base64.urlsafe_b64encode(b"[" * 9000).decode() + ".e30.AA",
        lambda token: f"{token} {token}",
    ],
)
def test_a_token_that_was_tampered_with_is_refused(client, account, spoil):
    answer = ask(client, spoil(accounts.issue_token(account)))
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert "Traceback" not in answer.content.decode()


def test_nobody_is_asked_to_sign_in_with_a_token_first(client):
    answer = client.get(WHO)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="vierspan"'


def test_a_session_may_read_and_changes_only_with_its_csrf_token(account):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(account, backend="coordination.identity.backends.Accounts")
    assert strict.get(WHO).status_code == 200
    answer = strict.post(WHO, {}, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    strict.get("/profiel")
    token = strict.cookies["csrftoken"].value
    assert strict.post(WHO, {}, content_type="application/json", headers={"X-CSRFToken": token}).status_code == 201


def test_a_token_needs_no_csrf_token(account):
    strict = Client(enforce_csrf_checks=True)
    headers = {"Authorization": f"Bearer {accounts.issue_token(account)}"}
    assert strict.post(WHO, {}, content_type="application/json", headers=headers).status_code == 201
