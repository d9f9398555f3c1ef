"""A client with a token of an officer."""

import pytest
from django.test import Client

from coordination.identity import accounts
from coordination.identity.models import Account


def new_account(email: str) -> Account:
    """A policy officer of Merenstad."""
    account = accounts.create_account(email=email, name="Noor")
    accounts.add_membership(account=account, role="policy_officer", kind="municipality", key="9901")
    return account


def client_of(account: Account) -> Client:
    """A client that sends a token of this account."""
    return Client(headers={"Authorization": f"Bearer {accounts.issue_token(account)}"}, raise_request_exception=False)


@pytest.fixture
def account() -> Account:
    """An officer."""
    return new_account("beleid@merenstad.example")


@pytest.fixture
def api(account) -> Client:
    """A client with the officer's token; an error of the server is an answer, as it is outside."""
    return client_of(account)


@pytest.fixture
def other_api() -> Client:
    """A client of another account."""
    return client_of(new_account("budget@merenstad.example"))
