"""kill -9 of relay, consumer and web under load, again and again, on Kafka, PostgreSQL and Redis: to the cent."""

import random

import pytest
from tests.faults.service_form import freezing
from tests.faults.service_form.callers import Callers
from tests.faults.service_form.checks import Found
from tests.faults.service_form.standing import Standing
from tests.faults.service_form.table import Table

pytestmark = pytest.mark.needs("kafka", "postgresql", "redis")


def kill_again_and_again(
    standing: Standing, names: list[str], rounds: int, chance: random.Random
) -> tuple[Found, int, list[float]]:
    """Kill one of these at random moments under load; gives what was found afterwards, how many kills hit work, and
    after how many seconds each time the work of that kind went on.
    """
    house, accepted = standing.house, standing.accepted
    seconds, in_the_middle = [], 0
    with Callers(house, accepted, seed=chance.randrange(1000)) as callers:
        for number in range(rounds):
            name = names[number % len(names)]
            house.wait_for(lambda name=name: house.keeper.kept[name].runs, f"{name} to run")
            freezing.wait_for_work(house, name)
            frozen = freezing.freeze_at_work(house, name, chance, callers)
            in_the_middle += bool(frozen.work)
            house.keeper.kill(name)
            seconds.append(freezing.wait_for_progress(house, name, frozen))
        assert callers.tally["replayed"] <= callers.tally["again"]
    return standing.comes_to_rest(), in_the_middle, seconds


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("relay", ["intake.relay", "matching.relay"]),
        ("consumer", ["reporting.consume", "matching.consume", "intake.consume"]),
        ("web", ["intake.serve", "matching.serve"]),
    ],
)
def test_killed_in_the_middle_of_work_nothing_is_lost_or_doubled(
    kind: str, names: list[str], standing: Standing, rounds: int, chance: random.Random, fault_table: Table
):
    ends = standing.house.keeper.restarts()
    found, in_the_middle, seconds = kill_again_and_again(standing, names, rounds, chance)
    assert standing.house.keeper.restarts() - ends == rounds, "somebody ended who was not killed"
    fault_table.add(f"kill -9 of {kind}", rounds=rounds, found=found, in_flight=in_the_middle, seconds=seconds)
