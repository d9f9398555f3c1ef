"""Clients of intake's API that carry a token, as any program outside would."""

from collections.abc import Callable

import pytest

from coordination.testing.people import Api, account_of


@pytest.fixture
def api(basis) -> Callable[..., Api]:
    """A client for a role in an organisation; without a role one that is not signed in."""
    return lambda *who: Api("intake", account_of(*who) if who else None)


@pytest.fixture
def officer(api) -> Api:
    return api("policy_officer")
