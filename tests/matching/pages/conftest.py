"""Browsers without JavaScript that are signed in as somebody."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client

from coordination.contracts.identifiers import new_id
from coordination.identity import accounts

BACKEND = "coordination.identity.backends.Accounts"
HTMX = {"HX-Request": "true"}


class Visitor:
    """One signed-in browser."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, path: str, **query):
        """Open a page."""
        return self.client.get(path, query)

    def post(self, path: str, data=None, **more):
        """Send a form as a browser without JavaScript does."""
        return self.client.post(path, data or {}, **more)

    def fragment(self, path: str, data=None):
        """Send a form as htmx does."""
        return self.client.post(path, data or {}, headers=HTMX)

    def read(self, path: str, **query) -> str:
        """The text of a page that is there."""
        answer = self.get(path, **query)
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()


@pytest.fixture
def visit(world) -> Callable[..., Visitor]:
    """A browser signed in with a role in an organisation; without a role nobody is signed in."""

    def _visit(role: str = "", key: str | UUID = "9901", kind: str = "municipality") -> Visitor:
        client = Client(raise_request_exception=False)
        if role:
            account = accounts.create_account(email=f"{new_id()}@test.example", name="Test")
            accounts.add_membership(account=account, role=role, kind=kind, key=str(key), name="Test")
            client.force_login(account, backend=BACKEND)
        return Visitor(client)

    return _visit


@pytest.fixture
def officer(visit) -> Visitor:
    """A policy officer of Merenstad."""
    return visit("policy_officer")


@pytest.fixture
def school(visit, world) -> Callable[[str], Visitor]:
    """The coordinator of an example school."""
    return lambda brin="90AA": visit("school_coordinator", world.schools[brin], "school")


@pytest.fixture
def partner(visit, world) -> Callable[[str], Visitor]:
    """Somebody of an example partner."""
    return lambda name="Stichting Welzijn Polderlicht": visit("partner", world.partners[name], "partner")


@pytest.fixture
def administrator(visit) -> Visitor:
    """The administrator of the house."""
    return visit("administrator", "house", "house")
