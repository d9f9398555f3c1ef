"""Clients of matching's API that carry a token, as any program outside would."""

from collections.abc import Callable

import pytest

from coordination.testing.people import Api, account_of


@pytest.fixture
def api(world) -> Callable[..., Api]:
    """A client with a role in an organisation; without a role one that is not signed in."""
    return lambda *who: Api("matching", account_of(*who) if who else None)


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
