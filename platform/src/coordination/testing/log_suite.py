"""What any log must keep, as one class of tests: the embedded log always runs it, Kafka when there is a broker."""

import threading
import time
from collections.abc import Callable, Sequence
from itertools import groupby

from coordination.events.log import Log, Message, Reader, Record

TOPIC, OTHER = "suite.first", "suite.second"
PATIENCE = 10.0


def message(key: str, text: str, topic: str = TOPIC) -> Message:
    """A message to append."""
    return Message(topic=topic, key=key, value=text.encode(), headers=(("content-type", "text/plain"),))


def texts(records: Sequence[Record], key: str = "") -> list[str]:
    """What the records say, those of one key if asked."""
    return [record.value.decode() for record in records if not key or record.key == key]


def read(reader: Reader, count: int, *, portion: int = 7) -> list[Record]:
    """Poll until there are count records, or patience ends; then once more, so that one too many is seen."""
    records: list[Record] = []
    until = time.monotonic() + PATIENCE
    while len(records) < count and time.monotonic() < until:
        records += reader.poll(max_records=portion, timeout=0.2)
    return records + list(reader.poll(max_records=portion, timeout=0.2))


class LogSuite:
    """Subclass it and give a fixture open_log: a function that opens the same, at first empty, log each time.

    The topics suite.first and suite.second must exist.
    """

    def test_what_is_appended_is_delivered(self, open_log: Callable[[], Log]) -> None:
        log = open_log()
        log.append([message("a", "één"), message("b", "\N{SNOWMAN}"), message("a", "", OTHER)])
        records = read(log.reader("g", [TOPIC, OTHER]), 3)
        assert sorted(texts(records)) == ["", "één", "\N{SNOWMAN}"]
        assert {(one.topic, one.key) for one in records} == {(TOPIC, "a"), (TOPIC, "b"), (OTHER, "a")}

    def test_appending_nothing_is_nothing(self, open_log: Callable[[], Log]) -> None:
        log = open_log()
        log.append([])
        assert read(log.reader("g", [TOPIC]), 0) == []

    def test_messages_of_one_key_keep_their_order(self, open_log: Callable[[], Log]) -> None:
        log = open_log()
        keys = [f"key-{number}" for number in range(12)]
        for turn in range(10):
            log.append([message(key, f"{turn:02d}") for key in keys])
        records = read(log.reader("g", [TOPIC]), 120)
        assert len(records) == 120
        for key in keys:
            assert texts(records, key) == [f"{turn:02d}" for turn in range(10)]

    def test_a_key_stays_in_one_partition_where_positions_rise(self, open_log: Callable[[], Log]) -> None:
        log = open_log()
        for turn in range(5):
            log.append([message(f"key-{number}", str(turn)) for number in range(8)])
        records = read(log.reader("g", [TOPIC]), 40)
        partitions = {key: {one.partition for one in records if one.key == key} for key in {one.key for one in records}}
        assert all(len(found) == 1 for found in partitions.values())
        by_partition = sorted(records, key=lambda one: one.partition)
        for _, group in groupby(by_partition, key=lambda one: one.partition):
            positions = [one.position for one in group]
            assert positions == sorted(set(positions))

    def test_a_reader_gets_its_own_topics_only(self, open_log: Callable[[], Log]) -> None:
        log = open_log()
        log.append([message("a", "mine"), message("a", "not mine", OTHER)])
        assert texts(read(log.reader("g", [TOPIC]), 1)) == ["mine"]

    def test_a_poll_gives_no_more_than_asked(self, open_log: Callable[[], Log]) -> None:
        log = open_log()
        log.append([message(f"key-{number}", str(number)) for number in range(20)])
        reader = log.reader("g", [TOPIC])
        sizes: list[int] = []
        until = time.monotonic() + PATIENCE
        while sum(sizes) < 20 and time.monotonic() < until:
            sizes.append(len(reader.poll(max_records=6, timeout=0.2)))
        assert sum(sizes) == 20
        assert max(sizes) <= 6

    def test_groups_know_nothing_of_each_other(self, open_log: Callable[[], Log]) -> None:
        log = open_log()
        log.append([message("a", "1"), message("a", "2")])
        one = log.reader("one", [TOPIC])
        assert texts(read(one, 2)) == ["1", "2"]
        one.commit()
        assert texts(read(log.reader("two", [TOPIC]), 2)) == ["1", "2"]
        assert texts(read(one, 0)) == []

    def test_what_was_not_committed_comes_again(self, open_log: Callable[[], Log]) -> None:
        log = open_log()
        log.append([message("a", "1"), message("a", "2")])
        first = log.reader("g", [TOPIC])
        assert texts(read(first, 2)) == ["1", "2"]
        first.close()
        assert texts(read(log.reader("g", [TOPIC]), 2)) == ["1", "2"]

    def test_a_commit_survives_opening_again(self, open_log: Callable[[], Log]) -> None:
        log = open_log()
        log.append([message(f"key-{number}", str(number)) for number in range(9)])
        reader = log.reader("g", [TOPIC])
        assert len(read(reader, 9)) == 9
        reader.commit()
        reader.close()
        log.close()
        log = open_log()
        log.append([message("a", "later")])
        assert texts(read(log.reader("g", [TOPIC]), 1)) == ["later"]

    def test_what_is_given_back_comes_again_with_what_follows(self, open_log: Callable[[], Log]) -> None:
        log = open_log()
        log.append([message("a", str(number)) for number in range(6)])
        reader = log.reader("g", [TOPIC])
        records = read(reader, 6, portion=6)
        reader.give_back(records[2:])
        reader.commit()
        assert texts(read(reader, 4)) == ["2", "3", "4", "5"]

    def test_what_is_given_back_is_not_committed(self, open_log: Callable[[], Log]) -> None:
        log = open_log()
        log.append([message(f"key-{number}", str(number)) for number in range(10)])
        reader = log.reader("g", [TOPIC])
        records = read(reader, 10, portion=10)
        done, back = records[:4], records[4:]
        reader.give_back(back)
        reader.commit()
        reader.close()
        again = texts(read(log.reader("g", [TOPIC]), len(back)))
        assert set(texts(back)) <= set(again)
        assert set(texts(done)) | set(again) == {str(number) for number in range(10)}

    def test_a_pause_gives_nothing_and_loses_nothing(self, open_log: Callable[[], Log]) -> None:
        log = open_log()
        log.append([message("a", "1")])
        reader = log.reader("g", [TOPIC])
        reader.pause_for(0.6)
        started = time.monotonic()
        assert reader.poll(max_records=5, timeout=0.1) == []
        assert texts(read(reader, 1)) == ["1"]
        assert time.monotonic() - started >= 0.5

    def test_a_reader_hears_what_is_appended_while_it_waits(self, open_log: Callable[[], Log]) -> None:
        log = open_log()
        reader = log.reader("g", [TOPIC])
        assert reader.poll(max_records=5, timeout=0.2) == []
        thread = threading.Timer(0.3, lambda: open_log().append([message("a", "now")]))
        thread.start()
        records = read(reader, 1)
        thread.join()
        assert texts(records) == ["now"]

    def test_rewinding_brings_everything_again(self, open_log: Callable[[], Log]) -> None:
        log = open_log()
        log.append([message("a", "1"), message("b", "2")])
        reader = log.reader("g", [TOPIC])
        read(reader, 2)
        reader.commit()
        reader.rewind()
        assert sorted(texts(read(reader, 2))) == ["1", "2"]

    def test_lag_counts_what_is_not_committed(self, open_log: Callable[[], Log]) -> None:
        log = open_log()
        log.append([message(f"key-{number}", str(number)) for number in range(5)])
        assert log.lag("g", [TOPIC]) == 5
        reader = log.reader("g", [TOPIC])
        records = read(reader, 5, portion=5)
        assert reader.lag() == 5
        reader.give_back(records[-1:])
        reader.commit()
        assert reader.lag() == log.lag("g", [TOPIC]) == 1
        log.append([message("a", "elsewhere", OTHER)])
        assert log.lag("g", [TOPIC]) == 1

    def test_a_topic_added_later_is_read_from_its_beginning(self, open_log: Callable[[], Log]) -> None:
        log = open_log()
        log.append([message("a", "old", OTHER)])
        log.append([message("a", "1")])
        reader = log.reader("g", [TOPIC])
        read(reader, 1)
        reader.commit()
        reader.close()
        assert texts(read(log.reader("g", [TOPIC, OTHER]), 1)) == ["old"]

    def test_a_forgotten_group_starts_again(self, open_log: Callable[[], Log]) -> None:
        log = open_log()
        log.append([message("a", "1")])
        reader = log.reader("g", [TOPIC])
        read(reader, 1)
        reader.commit()
        reader.close()
        log.forget("g")
        assert log.lag("g", [TOPIC]) == 1

    def test_appending_from_many_threads_loses_nothing_and_keeps_each_order(self, open_log: Callable[[], Log]) -> None:
        writers, turns = 6, 25
        failures: list[Exception] = []

        def write(name: str) -> None:
            try:
                log = open_log()
                for turn in range(turns):
                    log.append([message(name, f"{turn:03d}"), message(f"{name}-other", f"{turn:03d}")])
            except Exception as failure:
                failures.append(failure)

        reader = open_log().reader("g", [TOPIC])
        threads = [threading.Thread(target=write, args=(f"writer-{number}",)) for number in range(writers)]
        for thread in threads:
            thread.start()
        records = read(reader, writers * turns * 2, portion=40)
        for thread in threads:
            thread.join()
        assert not failures
        for number in range(writers):
            for key in (f"writer-{number}", f"writer-{number}-other"):
                assert texts(records, key) == [f"{turn:03d}" for turn in range(turns)]
