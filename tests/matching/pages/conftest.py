"""Browsers without JavaScript that are signed in as somebody."""

from collections.abc import Callable

import pytest
from django.test import Client

from coordination.testing.people import account_of, browser_of

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

    return lambda *who: Visitor(browser_of(account_of(*who) if who else None))


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
