"""One of three brokers is killed under load, the one that matters most, and brought back: the others go on."""

from collections.abc import Iterator

import pytest
from infra.kafka.local.broker import Cluster, running
from infra.kafka.local.node import Node
from tests.faults.service_form.callers import Callers
from tests.faults.service_form.checks import watch_for_double_effects
from tests.faults.service_form.grounds import SERVICES, Grounds
from tests.faults.service_form.house import ServiceHouse
from tests.faults.service_form.standing import Standing, seconds_until_it_hears
from tests.faults.service_form.table import Table

pytestmark = pytest.mark.needs("local-kafka", "postgresql", "redis")

ENOUGH = 15
PAUSE = 0.05
PROCESSES = ["intake.serve", *(f"{service}.{kind}" for service in SERVICES for kind in ("relay", "consume"))]


@pytest.fixture(scope="module")
def cluster_of_three() -> Iterator[Cluster]:
    """Three brokers, of which two must have each message."""
    with running(brokers=3) as made:
        yield made


@pytest.fixture(scope="module")
def standing_on_three(
    cluster_of_three: Cluster, grounds: Grounds, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Standing]:
    """A house whose messages have three copies."""
    house = ServiceHouse(grounds.on(cluster_of_three.address, replication=3), tmp_path_factory.mktemp("house"))
    made = Standing(house)
    watch_for_double_effects(house)
    house.start(*PROCESSES)
    house.wait_until_quiet()
    yield made
    house.end()


def test_one_of_three_brokers_is_killed_and_brought_back(
    standing_on_three: Standing, cluster_of_three: Cluster, rounds: int, fault_table: Table
):
    standing, house = standing_on_three, standing_on_three.house
    few = max(2, rounds // 3)
    ends, seconds = house.keeper.restarts(), []

    def victim(number: int) -> Node:
        """In turn the one that keeps the group of reporting, and one that takes what intake says."""
        log = house.log
        wanted = log.leader_of("intake.activities") if number % 2 else log.keeper_of("reporting")
        return next(node for node in cluster_of_three.nodes if node.number == wanted)

    with Callers(house, standing.accepted, people=2, pause=PAUSE):
        for number in range(few):
            wanted = standing.accepted.commands + ENOUGH
            house.wait_for(lambda wanted=wanted: standing.accepted.commands >= wanted, "commands to be accepted")
            node = victim(number)
            node.kill()
            seconds.append(seconds_until_it_hears(house))
            assert not node.is_running(), "news goes on while one is away"
            node.start()
            node.wait_until_it_answers(3)
            house.wait_for(house.log.all_in_step, "all copies to be in step again", every=0.5)
    found = standing.comes_to_rest()
    assert house.keeper.restarts() == ends
    fault_table.add("kill -9 of one of three brokers", rounds=few, found=found, seconds=seconds)
