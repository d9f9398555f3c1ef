"""The house in one process, killed in the middle of loading, sending and hearing: it ends as if undisturbed."""

import csv
import time
from importlib.resources import files
from pathlib import Path

from coordination.testing.running_house import begin_house, start_house
from coordination.testing.tables import ask, count

SERVICES = ("intake", "matching", "reporting")
PATIENCE = 240


def kill_when(folder: Path, database: str, table: str, at_least: int) -> None:
    """Start the house and kill it hard the moment a table holds so many rows."""
    house = begin_house(folder, "full")
    try:
        until = time.monotonic() + PATIENCE
        while count(folder, database, table) < at_least:
            assert house.process.poll() is None, "the house ended by itself"
            assert time.monotonic() < until, f"{table} did not come to {at_least} rows"
            time.sleep(0.005)
    finally:
        house.kill()


def test_killed_while_loading_sending_and_hearing_it_ends_equal_to_an_undisturbed_run(tmp_path: Path):
    folder = tmp_path / "data"
    folder.mkdir()
    kill_when(folder, "matching", "matching_school", 12)
    kill_when(folder, "intake", "intake_school", 5)
    kill_when(folder, "intake", "intake_uploadrow", 1)
    kill_when(folder, "intake", "intake_activity", 1)
    kill_when(folder, "reporting", "reporting_handledevent", count(folder, "reporting", "reporting_handledevent") + 1)
    assert start_house(folder, "full").stop() == 0

    text = files("intake.domain").joinpath("example", "example-activities.csv").read_text(encoding="utf-8")
    expected = list(csv.DictReader(text.splitlines(), delimiter=";"))
    assert count(folder, "intake", "intake_activity") == len(expected) == 30
    (planned,) = ask(folder, "intake", "SELECT sum(amount_cents) FROM intake_ledgerline WHERE kind = 'plan'")
    (heard,) = ask(folder, "reporting", "SELECT sum(amount_cents) FROM reporting_line WHERE kind = 'plan'")
    assert planned == heard == (467363930,)
    assert count(folder, "intake", "intake_ledgerline") == count(folder, "reporting", "reporting_line")
    for service in SERVICES:
        assert ask(folder, service, f"SELECT count(*) FROM {service}_outboxentry WHERE sent_at IS NULL") == [(0,)]
        assert count(folder, service, f"{service}_deadletter") == 0
    said = sum(count(folder, service, f"{service}_outboxentry") for service in SERVICES)
    distinct = ask(folder, "log", "SELECT count(DISTINCT json_extract(value, '$.id')) FROM log_logrecord")
    assert distinct == [(said,)], "every message said is in the log"
