"""Each test has topics and groups of its own on the brokers of this run, by a prefix nobody else has."""

import uuid
from collections.abc import Callable, Iterator, Sequence

import pytest

from coordination.contracts import catalogue
from coordination.events.kafka import topics
from coordination.events.kafka.brokers import Brokers
from coordination.events.kafka.log import KafkaLog


@pytest.fixture
def at(kafka_address: str) -> Brokers:
    """The brokers, seen through a fresh prefix."""
    return Brokers(
        bootstrap_servers=kafka_address,
        prefix=f"test-{uuid.uuid4().hex[:12]}.",
        partitions=4,
        replication=1,
        session_seconds=6,
    )


@pytest.fixture
def logs(at: Brokers) -> Iterator[Callable[[], KafkaLog]]:
    """Opens the log, as often as asked and from any thread; everything is closed afterwards."""
    opened: list[KafkaLog] = []

    def open_one() -> KafkaLog:
        opened.append(KafkaLog(at))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()


@pytest.fixture
def made(at: Brokers) -> Callable[[Sequence[str]], Brokers]:
    """Makes topics, all of the catalogue unless others are asked for."""

    def make(names: Sequence[str] = catalogue.TOPICS) -> Brokers:
        topics.create_missing(at, names)
        return at

    return make
