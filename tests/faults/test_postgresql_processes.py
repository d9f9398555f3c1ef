"""Relays and consumers on PostgreSQL: one relay sends and another takes over, and a restarted database is survived."""

import signal
import subprocess
import time
from itertools import groupby

import pytest
from tests.faults.processes import PATIENCE, Processes

pytestmark = pytest.mark.needs("postgresql")
WITHIN = 10
SENT = "sent_at IS NOT NULL"


def sender_of(processes: Processes, other_than: int | None = None) -> int:
    """The relay that has the turn, waited for."""
    until = time.monotonic() + PATIENCE
    while (found := processes.sender()) is None or found == other_than:
        assert time.monotonic() < until, processes.said()
        time.sleep(0.02)
    return found


def end_well(*ending: subprocess.Popen[bytes]) -> None:
    """Told to stop, each ends in time and says that all went well."""
    for process in ending:
        process.send_signal(signal.SIGTERM)
    for process in ending:
        assert process.wait(WITHIN) == 0


def all_is_heard_once(processes: Processes, activities: int, places: int) -> None:
    """Each subject was heard in full, once and in order."""
    rows = processes.cluster.run("SELECT subject, places FROM echo_heard ORDER BY subject, id", "echo")
    by_subject = {subject: [int(row[1]) for row in rows] for subject, rows in groupby(rows, key=lambda row: row[0])}
    assert len(by_subject) == activities
    assert all(numbers == list(range(1, places + 1)) for numbers in by_subject.values())
    assert processes.count("echo", "echo_deadletter") == 0


def test_a_second_relay_waits_and_takes_over_from_one_that_is_killed(postgres_processes: Processes):
    processes = postgres_processes
    processes.speak(5, 10)
    relays = [processes.start("relay", "matching"), processes.start("relay", "matching")]
    first = sender_of(processes)
    processes.wait_for("matching", "matching_outboxentry", 50, SENT)
    assert processes.count("matching", "pg_locks", "locktype = 'advisory' AND granted") == 1

    relays[first].kill()
    killed_at = time.monotonic()
    assert sender_of(processes, other_than=first) == 1 - first
    assert time.monotonic() - killed_at < 5
    processes.speak(2, 5)
    processes.wait_for("matching", "matching_outboxentry", 60, SENT)

    end_well(relays[1 - first])
    assert processes.sender() is None


def test_a_relay_that_stops_leaves_its_turn_to_the_one_that_waits(postgres_processes: Processes):
    processes = postgres_processes
    processes.speak(1, 1)
    relays = [processes.start("relay", "matching"), processes.start("relay", "matching")]
    first = sender_of(processes)
    end_well(relays[first])
    assert sender_of(processes, other_than=first) == 1 - first
    end_well(relays[1 - first])


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT], ids=["stopped", "crashed"])
def test_a_restarted_database_is_survived_by_processes_at_work(postgres_processes: Processes, how: signal.Signals):
    processes = postgres_processes
    activities, places = 20, 40
    total = activities * places
    processes.speak(activities, places)
    working = [
        processes.start("relay", "matching", LOG_PAUSE="0.3"),
        processes.start("relay", "matching", LOG_PAUSE="0.3"),
        processes.start("consume", "echo", ECHO_PAUSE="0.002"),
    ]
    for share in (10, 45):
        processes.wait_for("echo", "echo_heard", total * share // 100)
        processes.cluster.stop(how)
        time.sleep(1)
        processes.cluster.start()
    processes.wait_for("matching", "matching_outboxentry", total, SENT)
    processes.wait_for("echo", "echo_handledevent", total)
    all_is_heard_once(processes, activities, places)
    end_well(*working)


def test_processes_that_start_before_their_database_wait_for_it(postgres_processes: Processes):
    processes = postgres_processes
    processes.speak(3, 4)
    processes.cluster.stop()
    working = [processes.start("relay", "matching"), processes.start("consume", "echo")]
    time.sleep(4)
    assert [one.poll() for one in working] == [None, None], processes.said()
    processes.cluster.start()
    processes.wait_for("echo", "echo_handledevent", 12)
    all_is_heard_once(processes, 3, 4)
    end_well(*working)


def test_processes_whose_database_is_away_still_end_in_time(postgres_processes: Processes):
    processes = postgres_processes
    processes.speak(1, 1)
    working = [processes.start("relay", "matching"), processes.start("consume", "echo")]
    sender_of(processes)
    processes.cluster.stop()
    try:
        time.sleep(3)
        end_well(*working)
    finally:
        processes.cluster.start()
