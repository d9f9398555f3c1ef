"""Processes whose clocks are an hour ahead and an hour behind: nothing is lost, doubled or put in another order."""

import datetime
from collections import Counter
from pathlib import Path

import pytest
from tests.faults.service_form.callers import Callers, Client
from tests.faults.service_form.checks import all_is_right, watch_for_double_effects
from tests.faults.service_form.grounds import SERVICES
from tests.faults.service_form.house import ServiceHouse
from tests.faults.service_form.oracle import Accepted
from tests.faults.service_form.table import Table

from coordination.testing import needs

pytestmark = pytest.mark.needs("faketime", "kafka", "postgresql", "redis")

CLOCKS = {
    "intake.serve": "+1h",
    "intake.serve.2": "-1h",
    "intake.relay": "-1h",
    "intake.consume": "+1h",
    "matching.relay": "+1h",
    "matching.consume": "-1h",
    "reporting.serve": "-1h",
    "reporting.relay": "+0",
    "reporting.consume": "+1h",
}
ENOUGH = 30
HOUR = datetime.timedelta(hours=1)
# How long the test itself may take.
SLACK = datetime.timedelta(minutes=10)


def clock(offset: str) -> dict[str, str]:
    """The environment of a process that sees another time; how long something takes it sees as it is."""
    return {
        "LD_PRELOAD": needs.find("faketime") or "",
        "FAKETIME": offset,
        "DONT_FAKE_MONOTONIC": "1",
        # With this mend of the library, threads of Python that wait for each other hardly get anywhere.
        "FAKETIME_FORCE_MONOTONIC_FIX": "0",
        "NO_FAKE_STAT": "1",
        "PYTHONPATH": str(Path(__file__).parent / "another_clock"),
    }


def test_clocks_an_hour_apart_lose_and_double_nothing(service_house: ServiceHouse, fault_table: Table):
    house, accepted = service_house, Accepted()
    watch_for_double_effects(house)
    for name, offset in CLOCKS.items():
        house.start(name, **clock(offset))
    with Callers(house, accepted, people=3):
        house.wait_for(lambda: accepted.commands >= ENOUGH, "commands to be accepted")
        house.wait_for(lambda: _apart(house) > HOUR, "both web processes to accept commands")
        # A relay with another clock takes over.
        house.keeper.kill("intake.relay")
        house.start("intake.relay.2", **clock("+1h"))
        house.wait_for(lambda: accepted.commands >= 2 * ENOUGH, "commands to be accepted")
    house.wait_until_quiet()
    found = all_is_right(house, accepted)
    fault_table.add("clocks an hour apart", rounds=1, found=found)

    now = datetime.datetime.now(datetime.UTC)
    client = Client(house.webs("reporting"), house.grounds.token, Counter())
    shown = client.get("/reporting/api/v1/municipalities/9901/summary")
    moment = datetime.datetime.fromisoformat(shown["lastChangeAt"])
    assert abs(moment - now) < HOUR + SLACK, "no clock is further off than its hour"
    for service in SERVICES:
        assert not house.number(service, f"SELECT count(*) FROM {service}_deadletter")


def _apart(house: ServiceHouse) -> datetime.timedelta:
    """How far the earliest and the latest moment of what was said are apart."""
    [(first, last)] = house.ask("intake", "SELECT min(recorded_at), max(recorded_at) FROM intake_outboxentry")
    return last - first if first else datetime.timedelta()
