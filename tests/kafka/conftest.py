"""Each test has topics and groups of its own on the brokers of this run, by a prefix nobody else has."""

import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import pytest
from django.db import connections
from tests.coordination.events.speaking import Listener, Speaker

from coordination.contracts import catalogue
from coordination.events.consumer import Consumer
from coordination.events.kafka import KafkaLog, topics
from coordination.events.kafka.brokers import Brokers
from coordination.events.relay import Relay

PATIENCE = 40.0


def brokers_at(address: str) -> Brokers:
    """The brokers at an address, seen through a fresh prefix."""
    prefix = f"test-{uuid.uuid4().hex[:12]}."
    return Brokers(bootstrap_servers=address, prefix=prefix, partitions=4, replication=1, session_seconds=6)


def wait_until(true: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
    """Wait until something is so; a test fails with what it waited for."""
    until = time.monotonic() + patience
    while not true():
        assert time.monotonic() < until, f"waited {patience:.0f} s for: {what}"
        time.sleep(0.1)


@contextmanager
def at_work(*workers: Consumer | Relay) -> Iterator[list[threading.Event]]:
    """Relays and consumers running, a thread each, until the end or until their own event is set."""
    events = [threading.Event() for _ in workers]

    def work(worker: Consumer | Relay, stopping: threading.Event) -> None:
        try:
            worker.run(stopping)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=pair, daemon=True) for pair in zip(workers, events, strict=True)]
    for thread in threads:
        thread.start()
    try:
        yield events
    finally:
        for event in events:
            event.set()
        for thread in threads:
            thread.join(20)
    assert not any(thread.is_alive() for thread in threads)


@pytest.fixture
def at(kafka_address: str) -> Brokers:
    """The brokers of this run."""
    return brokers_at(kafka_address)


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


@pytest.fixture
def log(logs: Callable[[], KafkaLog], made: Callable[[Sequence[str]], Brokers]) -> KafkaLog:
    """A log with the one topic that the speaker speaks on."""
    made(["matching.offers"])
    return logs()


@pytest.fixture
def matching(log: KafkaLog) -> Speaker:
    """Matching, speaking."""
    return Speaker(log)


@pytest.fixture
def reporting(log: KafkaLog) -> Listener:
    """Reporting, listening."""
    return Listener(log)


@pytest.fixture
def hear(log: KafkaLog) -> Callable[[Listener], Consumer]:
    """Lets a listener hear until it has caught up; gives the consumer, closed."""

    def until_quiet(listener: Listener) -> Consumer:
        consumer = listener.consumer()
        until = time.monotonic() + PATIENCE
        while consumer.run_once(timeout=0.3) or consumer.reader.lag():
            assert time.monotonic() < until, f"not caught up: {consumer.tally}"
        consumer.close()
        return consumer

    return until_quiet
