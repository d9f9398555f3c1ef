"""Two relays, two consumers and two webs at once: when one is killed the other goes on; told to end, all end well."""

import random
import time

import pytest
from tests.faults.processes import ports_of
from tests.faults.service_form import freezing
from tests.faults.service_form.callers import Callers
from tests.faults.service_form.standing import Standing
from tests.faults.service_form.table import Table

pytestmark = pytest.mark.needs("kafka", "postgresql", "redis")

RELAYS = ("intake.relay", "intake.relay.2")
SECOND = ("intake.serve.2", "intake.relay.2", "reporting.consume.2")
WITHIN = 10
TURN = (
    "SELECT a.client_port FROM pg_locks l JOIN pg_stat_activity a USING (pid) JOIN pg_database d ON d.oid = l.database "
    "WHERE l.locktype = 'advisory' AND l.granted AND d.datname = current_database()"
)
CONNECTED = "SELECT client_port FROM pg_stat_activity WHERE datname = current_database()"


def connected(standing: Standing, query: str) -> list[str]:
    """The relays of intake with a connection that a query finds."""
    ports = {port for (port,) in standing.house.ask("intake", query)}
    kept = standing.house.keeper.kept
    return [name for name in RELAYS if kept[name].runs and ports & ports_of(kept[name].pid)]


def sender(standing: Standing) -> str | None:
    """The relay of intake that has the turn."""
    return next(iter(connected(standing, TURN)), None)


def test_where_there_are_two_one_goes_on_when_the_other_is_killed(
    standing: Standing, rounds: int, chance: random.Random, fault_table: Table
):
    house = standing.house
    house.start(*SECOND)
    ends, seconds, in_the_middle = house.keeper.restarts(), [], 0
    with Callers(house, standing.accepted, seed=chance.randrange(1000)) as callers:
        for number in range(rounds):
            kind = ("relay", "consume", "serve")[number % 3]
            if kind == "relay":
                # One that was killed a moment ago and is not back yet cannot be the one that takes over.
                house.wait_for(lambda: connected(standing, CONNECTED) == [*RELAYS], "both relays to be there")
                house.wait_for(lambda: sender(standing) is not None, "a relay to have the turn")
                name = sender(standing)
            else:
                service = "reporting" if kind == "consume" else "intake"
                name = chance.choice((f"{service}.{kind}", f"{service}.{kind}.2"))
            house.wait_for(lambda name=name: house.keeper.kept[name].runs, f"{name} to run")
            freezing.wait_for_work(house, name)
            frozen = freezing.freeze_at_work(house, name, chance, callers)
            in_the_middle += bool(frozen.work)
            house.keeper.kill(name)
            if kind == "relay":
                house.wait_for(lambda name=name: sender(standing) not in (None, name), "the other to have the turn")
            seconds.append(freezing.wait_for_progress(house, name, frozen))
            time.sleep(chance.uniform(0, 0.5))
    assert house.keeper.restarts() - ends == rounds
    found = standing.comes_to_rest()
    standing.sound = False
    fault_table.add("kill -9 of one of two", rounds=rounds, found=found, in_flight=in_the_middle, seconds=seconds)
    assert set(house.keeper.stop(*SECOND).values()) == {0}
    house.ports.pop("intake.serve.2")
    standing.sound = True


def test_all_processes_end_in_time_and_well_under_load(standing: Standing, chance: random.Random, fault_table: Table):
    house = standing.house
    names = tuple(name for name, one in house.keeper.kept.items() if one.runs)
    assert len(names) == 9
    ends = house.keeper.restarts()
    with Callers(house, standing.accepted, seed=chance.randrange(1000)):
        for name in ("intake.serve", "intake.relay", "reporting.consume"):
            freezing.wait_for_work(house, name)
        began = time.monotonic()
        statuses = house.keeper.stop(within=WITHIN)
        took = time.monotonic() - began
        assert statuses == dict.fromkeys(house.keeper.kept, 0), house.keeper.said()
        house.start(*names)
    assert house.keeper.restarts() == ends
    fault_table.add("SIGTERM of all at once", rounds=1, found=standing.comes_to_rest(), seconds=[took])
