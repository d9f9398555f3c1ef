"""Several consumers of one service are one group: they share the partitions, and one takes over from another."""

import threading
import time

import pytest
from tests.coordination.events.speaking import Listener
from tests.kafka.conftest import at_work, wait_until

from coordination.contracts.identifiers import new_id
from coordination.events.kafka.reader import KafkaReader
from coordination.events.log import Record
from coordination.events.relay import Relay
from coordination.testing.log_suite import message, read

pytestmark = pytest.mark.needs("kafka")

ACTIVITIES = 24


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_two_consumers_share_and_one_takes_over_without_loss_or_double(logs, matching, reporting):
    activities = [new_id() for _ in range(ACTIVITIES)]
    first, second = reporting.consumer(portion=5), Listener(logs()).consumer(portion=5)

    def say(number: int) -> None:
        for activity in activities:
            matching.says(activity, number)

    def heard(numbers: int) -> bool:
        return sum(len(reporting.heard(one)) for one in activities) >= ACTIVITIES * numbers

    with at_work(first, second, Relay("matching", logs())) as (_, second_stops, _):
        say(1)
        wait_until(lambda: heard(1), "the first round")
        # Both are members now; what comes next falls into the partitions of either.
        wait_until(lambda: len(first.reader._consumer.assignment()) == 2, "half of the partitions each")
        before = second.tally["handled"]
        say(2)
        wait_until(lambda: heard(2), "the second round")
        assert second.tally["handled"] > before
        say(3)
        second_stops.set()
        say(4)
        wait_until(lambda: heard(4), "the rounds after one left")
    for activity in activities:
        assert reporting.heard(activity) == [1, 2, 3, 4]
    assert reporting.parked() == []
    assert reporting.log.lag("reporting", ["matching.offers"]) == 0


class Polling:
    """A reader polled in a thread of its own, as every member of a group must be for the others to get on."""

    def __init__(self, reader: KafkaReader) -> None:
        self.reader = reader
        self.records: list[Record] = []
        self.paused = 0.0
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "Polling":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join(20)

    def _run(self) -> None:
        while not self._stopping.is_set():
            if self.paused:
                self.reader.pause_for(self.paused)
                self.paused = 0.0
            self.records += self.reader.poll(100, 0.5)
            self.reader.commit()


def test_what_another_took_over_is_neither_committed_nor_given_back_by_who_had_it(logs, log):
    log.append([message(f"key-{number}", "1", "matching.offers") for number in range(40)])
    slow = logs().reader("g", ["matching.offers"])
    held = read(slow, 40, portion=100)
    assert len(held) == 40
    with Polling(logs().reader("g", ["matching.offers"])) as quick:
        until = time.monotonic() + 30
        while not quick.records and time.monotonic() < until:
            slow.poll(100, 0.5)
        assert quick.records, "some partitions moved, with all that was not committed in them"
        taken = {record.partition for record in quick.records}
        assert len(taken) < 4
        slow.give_back([record for record in held if record.partition in taken])
        slow.commit()
        wait_until(lambda: log.lag("g", ["matching.offers"]) == 0, "both have committed")
        quick.records.clear()
        log.append([message(f"key-{number}", "2", "matching.offers") for number in range(40)])
        later = read(slow, sum(record.partition not in taken for record in held), portion=100)
        wait_until(lambda: len(later) + len(quick.records) >= 40, "both read what is theirs")
        every = [*later, *quick.records]
    assert sorted(record.key for record in every) == sorted(f"key-{number}" for number in range(40))
    assert {record.value for record in every} == {b"2"}


def test_a_pause_longer_than_the_session_keeps_the_partitions(logs, log, at):
    with Polling(logs().reader("g", ["matching.offers"])) as first:
        log.append([message("a", "1", "matching.offers")])
        wait_until(lambda: first.records, "the first record")
        first.paused = at.session_seconds + 3
        wait_until(lambda: not first.paused, "the pause to begin")
        before = first.reader._consumer.assignment()
        log.append([message("a", "2", "matching.offers")])
        started = time.monotonic()
        wait_until(lambda: len(first.records) == 2, "the second record")
        assert time.monotonic() - started > at.session_seconds + 1
        assert first.reader._consumer.assignment() == before
        assert first.reader._consumer.group_metadata().generation_id == 1
