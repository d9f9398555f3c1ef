"""Clients of intake's API that carry a token, as any program outside would."""

import json
from collections.abc import Callable

import pytest
from django.test import Client

from coordination.contracts.identifiers import new_id

BASE = "/intake/api/v1"


class Api:
    """Speaks JSON to intake as one account."""

    def __init__(self, token: str, account_id) -> None:
        self.account_id = account_id
        self._client = Client(raise_request_exception=False)
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, path: str, **query):
        return self._client.get(BASE + path, query, headers=self._headers)

    def get_as(self, path: str, media_type: str):
        return self._client.get(BASE + path, headers=self._headers | {"Accept": media_type})

    def post(self, path: str, body, **headers):
        return self._send("post", path, body, headers)

    def patch(self, path: str, body, **headers):
        return self._send("patch", path, body, headers)

    def _send(self, method: str, path: str, body, headers):
        content = body if isinstance(body, str) else json.dumps(body)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return getattr(self._client, method)(
            BASE + path, content, content_type="application/json", headers=self._headers | named
        )


@pytest.fixture
def api(basis) -> Callable[..., Api]:
    """A client for a role in an organisation; without a role one that is not signed in."""
    from coordination.identity import accounts

    def _api(role: str = "", key: str = "9901", kind: str = "municipality") -> Api:
        if not role:
            return Api("", None)
        account = accounts.create_account(email=f"{new_id()}@test.example", name="Test")
        accounts.add_membership(account=account, role=role, kind=kind, key=key)
        return Api(accounts.issue_token(account), account.id)

    return _api


@pytest.fixture
def officer(api) -> Api:
    return api("policy_officer")
