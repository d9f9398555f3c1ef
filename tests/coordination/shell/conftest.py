"""Somebody with a role, signed in."""

import pytest
from django.test import Client

from coordination.identity import accounts


@pytest.fixture
def officer(client) -> Client:
    """The browser of a policy officer of Merenstad."""
    made = accounts.create_account(email="beleid@merenstad.example", name="Noor de Beleidsmaker")
    accounts.add_membership(account=made, role="policy_officer", kind="municipality", key="9901", name="Merenstad")
    client.force_login(made, backend="coordination.identity.backends.Accounts")
    return client
