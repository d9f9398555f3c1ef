"""The embedded log keeps what any log must keep; it is tried on a file, so that threads are real."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connections

from coordination.events.embedded.log import PARTITIONS, EmbeddedLog, partition_of
from coordination.events.embedded.models import GroupPosition, LogRecord
from coordination.service.blocks import sqlite
from coordination.testing.log_suite import TOPIC, LogSuite, message, read, texts

ALIAS = "log_in_a_file"


@pytest.fixture
def open_log(tmp_path: Path, django_db_blocker) -> Iterator[Callable[[], EmbeddedLog]]:
    """Opens one log in a file of its own, from any thread."""
    connections.settings[ALIAS] = connections.configure_settings(
        {"default": {}, ALIAS: sqlite(tmp_path / "log.sqlite3")}
    )[ALIAS]
    with django_db_blocker.unblock():
        with connections[ALIAS].schema_editor() as editor:
            editor.create_model(LogRecord)
            editor.create_model(GroupPosition)
        yield lambda: EmbeddedLog(ALIAS)
        connections[ALIAS].close()
    del connections[ALIAS]
    del connections.settings[ALIAS]


class TestEmbeddedLog(LogSuite):
    """The whole suite."""


def test_keys_spread_over_all_partitions_and_never_move():
    assert {partition_of(f"key-{number}") for number in range(100)} == set(range(PARTITIONS))
    assert partition_of("018f3c0e-0000-7000-8000-000000000001") == partition_of("018f3c0e-0000-7000-8000-000000000001")


def test_nothing_can_rely_on_order_between_keys(open_log):
    """Kafka would not keep the order between partitions, so the embedded log does not either."""
    log = open_log()
    log.append([message(f"key-{number}", f"{number:02d}") for number in range(30)])
    assert texts(log.reader("g", [TOPIC]).poll(30, 0)) != [f"{number:02d}" for number in range(30)]


def test_an_append_is_taken_whole_or_not_at_all(open_log):
    log = open_log()
    with pytest.raises(AttributeError):
        log.append([message("a", "1"), None])
    assert read(log.reader("g", [TOPIC]), 0) == []
