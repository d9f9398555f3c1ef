"""The only broker is not there at the start, is killed, and has no room left: commands go on, and nothing is lost."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.faults.service_form.callers import Callers
from tests.faults.service_form.checks import watch_for_double_effects
from tests.faults.service_form.grounds import SERVICES, Grounds
from tests.faults.service_form.house import ServiceHouse
from tests.faults.service_form.own_broker import OwnBroker
from tests.faults.service_form.standing import Standing, seconds_until_it_hears
from tests.faults.service_form.table import Table

pytestmark = pytest.mark.needs("local-kafka", "postgresql", "redis")

ENOUGH = 15
PAUSE = 0.05
# All that speak to the log, and the web process that people work at.
PROCESSES = ["intake.serve", *(f"{service}.{kind}" for service in SERVICES for kind in ("relay", "consume"))]


@pytest.fixture(scope="module")
def house(own_broker: OwnBroker, grounds: Grounds, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    """A house on a broker of its own; its processes are started by the first test."""
    own_broker.run()
    made = Standing(ServiceHouse(grounds.on(own_broker.cluster.address), tmp_path_factory.mktemp("house")))
    watch_for_double_effects(made.house)
    yield made
    made.house.end()
    own_broker.run()


@pytest.fixture
def at_work(house: Standing, own_broker: OwnBroker) -> Standing:
    """The same with its broker and its processes running."""
    own_broker.run()
    if not house.house.keeper.kept:
        house.house.start(*PROCESSES)
    return house


def go_on(standing: Standing) -> None:
    """Wait until some more commands are accepted."""
    wanted = standing.accepted.commands + ENOUGH
    standing.house.wait_for(lambda: standing.accepted.commands >= wanted, "commands to be accepted")


def lines(place: Path, event: str, **holding: str) -> list[dict]:
    """What a process wrote of this kind, holding these."""
    written = [json.loads(line) for line in place.read_text().splitlines() if line.startswith("{")]
    return [line for line in written if line["event"] == event and holding.items() <= line.items()]


def test_without_a_broker_at_the_start_commands_are_accepted_and_go_out_when_it_comes(
    house: Standing, own_broker: OwnBroker, fault_table: Table
):
    service_house, kept = house.house, house.house.keeper.kept
    assert not kept, "this is about a start"
    own_broker.node.stop()
    service_house.start(*PROCESSES)
    unsent = service_house.unsent("intake")
    with Callers(service_house, house.accepted, people=2, pause=PAUSE):
        go_on(house)
        for name in PROCESSES:
            service_house.wait_for(
                lambda name=name: lines(kept[name].written, "surroundings_wrong", what="KafkaLog"),
                f"{name} to say what is wrong",
            )
        assert service_house.unsent("intake") >= unsent + ENOUGH
        go_on(house)
        own_broker.run()
        seconds = seconds_until_it_hears(service_house)
    found = house.comes_to_rest()
    for name in PROCESSES:
        (told,) = lines(kept[name].written, "surroundings_wrong", what="KafkaLog")
        assert "antwoordt niet" in told["words"]
        assert "Traceback" not in kept[name].written.read_text()
    for service in SERVICES:
        assert len(lines(kept[f"{service}.consume"].written, "reader_waits")) == 1, "told once and not at each attempt"
        assert len(lines(kept[f"{service}.consume"].written, "reader_goes_on")) == 1
    assert not service_house.keeper.restarts()
    fault_table.add("no broker at the start", rounds=1, found=found, seconds=[seconds])


def test_a_broker_that_is_killed_or_stopped_under_load_and_comes_back(
    at_work: Standing, own_broker: OwnBroker, rounds: int, fault_table: Table
):
    ends, seconds = at_work.house.keeper.restarts(), []
    few = max(1, rounds // 3)
    with Callers(at_work.house, at_work.accepted, people=2, pause=PAUSE):
        for number in range(few):
            go_on(at_work)
            if number % 2:
                own_broker.node.stop()
            else:
                own_broker.node.kill()
            go_on(at_work)
            own_broker.run()
            seconds.append(seconds_until_it_hears(at_work.house))
    found = at_work.comes_to_rest()
    assert at_work.house.keeper.restarts() == ends
    fault_table.add("broker killed and started again", rounds=few, found=found, seconds=seconds)


@pytest.mark.needs("tmpfs")
def test_the_disk_of_the_log_is_full_and_gets_room_again(
    at_work: Standing, own_broker: OwnBroker, rounds: int, fault_table: Table
):
    ends, seconds = at_work.house.keeper.restarts(), []
    few = max(1, rounds // 6)
    with Callers(at_work.house, at_work.accepted, people=2, pause=PAUSE):
        for _ in range(few):
            go_on(at_work)
            own_broker.fill()
            at_work.house.wait_for(lambda: not own_broker.node.is_running(), "a broker without room to give up")
            unsent = at_work.house.unsent("intake")
            go_on(at_work)
            assert at_work.house.unsent("intake") > unsent
            own_broker.run()
            seconds.append(seconds_until_it_hears(at_work.house))
    found = at_work.comes_to_rest()
    assert at_work.house.keeper.restarts() == ends
    fault_table.add("disk of the log full", rounds=few, found=found, seconds=seconds)
