"""The speaker and the listener on the embedded log."""

from collections.abc import Callable

import pytest
from tests.coordination.events.speaking import Listener, Speaker

from coordination.events.embedded.log import EmbeddedLog
from reporting.models.messaging import HandledEvent, SubjectPosition


@pytest.fixture
def log() -> EmbeddedLog:
    """The embedded log."""
    return EmbeddedLog()


@pytest.fixture
def matching(log: EmbeddedLog) -> Speaker:
    """Matching, speaking."""
    return Speaker(log)


@pytest.fixture
def reporting(log: EmbeddedLog) -> Listener:
    """Reporting, listening."""
    return Listener(log)


@pytest.fixture
def marks() -> Callable[[], tuple[int, int]]:
    """How many messages are marked, and how many subjects have a position."""
    return lambda: (HandledEvent.objects.count(), SubjectPosition.objects.count())
