"""Relay and consumer killed in the middle, again and again: nothing is lost and nothing counts twice."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

from coordination.testing import tables
from coordination.testing.processes import tied

HERE = Path(__file__).parent
PATIENCE = 90.0


class Processes:
    """Processes of the two services on one data folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.running: list[subprocess.Popen[str]] = []
        self.environment = {
            **os.environ,
            "VIERSPAN_DATA": str(folder),
            "DJANGO_SETTINGS_MODULE": "fault_settings",
            "PYTHONPATH": os.pathsep.join([str(HERE), os.environ.get("PYTHONPATH", "")]),
        }

    def speak(self, activities: int, places: int) -> None:
        """Make the databases and say things, all unsent yet."""
        subprocess.run(
            [sys.executable, str(HERE / "speak.py"), str(activities), str(places)], env=self.environment, check=True
        )

    def start(self, *command: str, **environment: str) -> subprocess.Popen[str]:
        """Start a management command."""
        process = subprocess.Popen(
            tied(sys.executable, "-m", "django", *command),
            env=self.environment | environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.running.append(process)
        return process

    def end(self) -> None:
        """End those still running."""
        for process in self.running:
            if process.poll() is None:
                process.kill()
            process.wait()
            if process.stderr:
                process.stderr.close()

    def ask(self, database: str, query: str) -> list[tuple]:
        """What a database holds now; nothing while it has no such table yet."""
        return tables.ask(self.folder, database, query)

    def count(self, database: str, table: str, where: str = "1") -> int:
        """How many rows."""
        return tables.count(self.folder, database, table, where)

    def wait_for(self, process: subprocess.Popen[str], database: str, table: str, at_least: int, where: str) -> None:
        """Wait until a table holds so many rows, while the process runs."""
        until = time.monotonic() + PATIENCE
        while self.count(database, table, where) < at_least:
            assert process.poll() is None, process.communicate()[1]
            assert time.monotonic() < until, f"{table} did not come to {at_least} rows"
            time.sleep(0.01)


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[Processes]:
    """Relay and consumer processes that are gone after the test."""
    made = Processes(tmp_path)
    yield made
    made.end()


def test_killed_again_and_again_nothing_is_lost_or_counted_twice(processes: Processes):
    activities, places = 30, 50
    total = activities * places
    processes.speak(activities, places)

    for percent in (0, 20, 55):
        relay = processes.start("relay", "matching", LOG_PAUSE="0.2")
        processes.wait_for(relay, "log", "log_logrecord", total * percent // 100 + 1, "1")
        relay.kill()
        relay.wait()
    relay = processes.start("relay", "matching")

    for percent in (0, 15, 40, 70):
        consumer = processes.start("consume", "echo", ECHO_PAUSE="0.002")
        processes.wait_for(consumer, "echo", "echo_heard", total * percent // 100 + 1, "1")
        consumer.kill()
        consumer.wait()
    consumer = processes.start("consume", "echo")
    processes.wait_for(relay, "matching", "matching_outboxentry", total, "sent_at IS NOT NULL")
    processes.wait_for(consumer, "echo", "echo_handledevent", total, "1")

    for process in (relay, consumer):
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0, process.communicate()[1]
    assert processes.count("log", "log_logrecord") > total, "the kills should have made the relay repeat itself"
    heard = processes.ask("echo", "SELECT subject, places FROM echo_heard ORDER BY subject, id")
    by_subject = {subject: [row[1] for row in rows] for subject, rows in groupby(heard, key=lambda row: row[0])}
    assert len(by_subject) == activities
    assert all(numbers == list(range(1, places + 1)) for numbers in by_subject.values())
    assert processes.count("echo", "echo_deadletter") == 0


def test_a_brake_ends_the_process_with_an_error_and_a_retry_mends_it(processes: Processes):
    processes.speak(12, 1)
    assert processes.start("relay", "matching", "--once").wait(timeout=PATIENCE) == 0
    consumer = processes.start("consume", "echo", ECHO_FAULT="yes")
    assert consumer.wait(timeout=PATIENCE) == 1
    assert "failed one after another" in consumer.communicate()[1]
    assert processes.count("echo", "echo_deadletter") == 10
    assert processes.count("echo", "echo_heard") == 0
    assert processes.start("dead_letters", "echo", "--retry", ECHO_FAULT="yes").wait(timeout=PATIENCE) == 1
    assert processes.start("dead_letters", "echo", "--retry").wait(timeout=PATIENCE) == 0
    assert processes.start("consume", "echo", "--once").wait(timeout=PATIENCE) == 0
    assert processes.count("echo", "echo_deadletter") == 0
    assert processes.count("echo", "echo_heard") == 12


def test_a_rebuild_killed_in_the_middle_leaves_all_as_it_was_and_can_be_started_again(processes: Processes):
    processes.speak(20, 20)
    assert processes.start("relay", "matching", "--once").wait(timeout=PATIENCE) == 0
    assert processes.start("consume", "echo", "--once").wait(timeout=PATIENCE) == 0
    before = processes.ask("echo", "SELECT subject, places FROM echo_heard ORDER BY 1, 2")
    assert len(before) == 400
    rebuild = processes.start("replay", "echo", ECHO_PAUSE="0.01")
    processes.wait_for(
        rebuild,
        "log",
        "log_groupposition",
        1,
        "\"group\" = 'echo.rebuild'",
    )
    rebuild.kill()
    rebuild.wait()
    assert processes.ask("echo", "SELECT subject, places FROM echo_heard ORDER BY 1, 2") == before
    assert processes.start("replay", "echo").wait(timeout=PATIENCE) == 0
    assert processes.ask("echo", "SELECT subject, places FROM echo_heard ORDER BY 1, 2") == before


def test_an_unknown_service_is_refused_by_name(processes: Processes):
    process = processes.start("relay", "nobody")
    assert process.wait(timeout=PATIENCE) == 1
    assert "matching" in process.communicate()[1]
