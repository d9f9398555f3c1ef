"""Browsers of an administrator and of others, and messages that are stuck in reporting."""

import pytest
from django.test import Client
from tests.coordination.events.speaking import Listener, Speaker

from coordination.contracts.identifiers import new_id
from coordination.events.embedded.log import EmbeddedLog
from coordination.events.log import Message
from coordination.identity.models import Account
from coordination.testing.people import account_of, browser_of
from reporting.models.messaging import DeadLetter


@pytest.fixture
def bea() -> Account:
    """The administrator of the house."""
    return account_of("administrator", "house", "house", "Bea Heer")


@pytest.fixture
def administrator(bea) -> Client:
    """Her browser."""
    return browser_of(bea)


@pytest.fixture
def officer() -> Client:
    """The browser of a policy officer."""
    return browser_of(account_of("policy_officer"))


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
