"""Browsers of an administrator and of others, and messages that are stuck in reporting."""

import pytest
from django.test import Client
from tests.coordination.events.speaking import Listener, Speaker

from coordination.contracts.identifiers import new_id
from coordination.events.embedded.log import EmbeddedLog
from coordination.events.log import Message
from coordination.identity import accounts
from reporting.models.messaging import DeadLetter


def _browser(name: str, **membership: str) -> Client:
    account = accounts.create_account(email=f"{new_id()}@test.example", name=name)
    accounts.add_membership(account=account, **membership)
    client = Client()
    client.force_login(account, backend="coordination.identity.backends.Accounts")
    client.account = account
    return client


@pytest.fixture
def administrator() -> Client:
    """The browser of the administrator of the house."""
    return _browser("Bea Heer", role="administrator", kind="house", key="house")


@pytest.fixture
def officer() -> Client:
    """The browser of a policy officer."""
    return _browser("Noor", role="policy_officer", kind="municipality", key="9901")


@pytest.fixture
def log() -> EmbeddedLog:
    """The embedded log."""
    return EmbeddedLog()


@pytest.fixture
def speaker(log) -> Speaker:
    """Matching, speaking."""
    return Speaker(log)


@pytest.fixture
def stuck(log, speaker) -> tuple[DeadLetter, DeadLetter]:
    """Rubbish about an activity, and news of that activity that waits behind it; heard by a real consumer."""
    activity = new_id()
    log.append([Message(topic="matching.offers", key=str(activity), value=b'{"places": <b>9</b>}')])
    speaker.says(activity, 7)
    speaker.sends()
    Listener(log).hears_all()
    return tuple(DeadLetter.objects.order_by("sequence"))
