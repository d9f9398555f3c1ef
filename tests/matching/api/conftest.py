"""Clients of matching's API that carry a token, as any program outside would."""

import json
from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client

from coordination.contracts.identifiers import new_id
from coordination.identity import accounts

BASE = "/matching/api/v1"


class Api:
    """Speaks JSON to matching as one account."""

    def __init__(self, token: str = "") -> None:
        self._client = Client(raise_request_exception=False)
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, path: str, **query):
        """Read."""
        return self._client.get(BASE + path, query, headers=self._headers)

    def post(self, path: str, body, **headers):
        """Add; a header is written with underscores."""
        return self._send("post", path, body, headers)

    def patch(self, path: str, body, **headers):
        """Set; a header is written with underscores."""
        return self._send("patch", path, body, headers)

    def _send(self, method: str, path: str, body, headers):
        content = body if isinstance(body, str) else json.dumps(body)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return getattr(self._client, method)(
            BASE + path, content, content_type="application/json", headers=self._headers | named
        )


@pytest.fixture
def api(world) -> Callable[..., Api]:
    """A client with a role in an organisation; without a role one that is not signed in."""

    def _api(role: str = "", key: str | UUID = "9901", kind: str = "municipality") -> Api:
        if not role:
            return Api()
        account = accounts.create_account(email=f"{new_id()}@test.example", name="Test")
        accounts.add_membership(account=account, role=role, kind=kind, key=str(key))
        return Api(accounts.issue_token(account))

    return _api


@pytest.fixture
def officer(api) -> Api:
    """A policy officer of Merenstad."""
    return api("policy_officer")


@pytest.fixture
def school(api, world) -> Callable[[str], Api]:
    """The coordinator of an example school."""
    return lambda brin="90AA": api("school_coordinator", world.schools[brin], "school")


@pytest.fixture
def partner(api, world) -> Callable[[str], Api]:
    """Somebody of an example partner."""
    return lambda name="Stichting Welzijn Polderlicht": api("partner", world.partners[name], "partner")


@pytest.fixture
def problem() -> Callable[..., dict]:
    """Checks that an answer is a problem with a status, and gives it."""

    def _problem(response, status: int) -> dict:
        assert response.status_code == status, response.content
        assert response["Content-Type"] == "application/problem+json"
        return response.json()

    return _problem
