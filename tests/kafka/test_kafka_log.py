"""Kafka keeps what any log must keep: the suite of the embedded log, unchanged, on a real broker."""

from collections.abc import Callable

import pytest

from coordination.events.kafka.log import KafkaLog
from coordination.testing.log_suite import OTHER, TOPIC, LogSuite

pytestmark = pytest.mark.needs("kafka")


@pytest.fixture
def open_log(logs, made) -> Callable[[], KafkaLog]:
    """The same log each time, empty at first."""
    made([TOPIC, OTHER])
    return logs


class TestKafkaLog(LogSuite):
    """The whole suite."""
