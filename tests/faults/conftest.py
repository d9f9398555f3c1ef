"""A private PostgreSQL cluster for the tests of this folder and processes on it; and houses of the service form."""

import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.faults.processes import Processes as PostgresProcesses
from tests.faults.service_form.grounds import Grounds
from tests.faults.service_form.house import ServiceHouse
from tests.faults.service_form.own_broker import OwnBroker
from tests.faults.service_form.own_broker import own_broker as open_own_broker
from tests.faults.service_form.standing import Standing
from tests.faults.service_form.table import Table

from coordination.testing.postgresql import Cluster
from coordination.testing.redis import RedisServer

ROUNDS = int(os.environ.get("FAULT_ROUNDS") or 3)
SEED = int(os.environ.get("FAULT_SEED") or random.randrange(1_000_000))
TABLE = pytest.StashKey[Table]()
STANDING = pytest.StashKey[list[Standing]]()
HERE = Path(__file__).parent


def pytest_configure(config: pytest.Config) -> None:
    """Begin the table of faults."""
    config.stash[TABLE] = Table(seed=SEED, rounds=ROUNDS)
    config.stash[STANDING] = []


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """After the last test of this folder its house ends: its processes would only be in the way of the others."""
    if nextitem is None or HERE not in nextitem.path.parents:
        end_houses(item.config.stash[STANDING])


def end_houses(standing: list[Standing]) -> None:
    """End every house of a list, and empty the list."""
    while standing:
        standing.pop().house.end()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the table of faults, and write it where FAULT_TABLE says."""
    table = config.stash[TABLE]
    if table.rows:
        terminalreporter.section("faults survived")
        terminalreporter.write_line(table.text())
    if place := os.environ.get("FAULT_TABLE", ""):
        Path(place).write_text(table.text() + "\n", encoding="utf-8")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A running PostgreSQL server; a test that stops it starts it again."""
    made = Cluster().start()
    yield made
    made.remove()


@pytest.fixture
def postgres_processes(tmp_path: Path, cluster: Cluster) -> Iterator[PostgresProcesses]:
    """Processes that are gone after the test."""
    made = PostgresProcesses(tmp_path, cluster)
    yield made
    made.end()


@pytest.fixture(scope="session")
def fault_table(pytestconfig: pytest.Config) -> Table:
    """Where each test writes down what was survived."""
    return pytestconfig.stash[TABLE]


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """Chance that comes again with the same FAULT_SEED."""
    return random.Random(f"{SEED} {request.node.name}")


@pytest.fixture(scope="session")
def rounds() -> int:
    """How often each fault is done."""
    return ROUNDS


@pytest.fixture(scope="session")
def grounds(tmp_path_factory: pytest.TempPathFactory, kafka_address: str) -> Iterator[Grounds]:
    """A broker, a PostgreSQL server and a Redis for all houses of the run, and filled databases to copy."""
    cluster, redis = Cluster().start(), RedisServer().start()
    try:
        yield Grounds(tmp_path_factory.mktemp("grounds"), cluster=cluster, redis=redis, kafka=kafka_address)
    finally:
        redis.stop()
        cluster.remove()


@pytest.fixture(scope="session")
def own_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnBroker]:
    """A broker that is for one test at a time to stop and to fill; the others have that of the run."""
    with open_own_broker(tmp_path_factory.mktemp("own-broker")) as made:
        yield made


@pytest.fixture(scope="session")
def standing_house(
    grounds: Grounds, tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config
) -> Iterator[Callable[[], Standing]]:
    """The house that stands, or another one when a test left it in disorder."""
    opened = pytestconfig.stash[STANDING]

    def the_one() -> Standing:
        if opened and not opened[-1].sound:
            end_houses(opened)
        if not opened:
            opened.append(Standing(ServiceHouse(grounds, tmp_path_factory.mktemp("house"))))
            opened[-1].begin()
        return opened[-1]

    yield the_one
    end_houses(opened)


@pytest.fixture
def standing(standing_house: Callable[[], Standing]) -> Standing:
    """The nine processes of the house and what was accepted in it: one house for all tests that leave it sound.

    Starting it takes as long as several faults do.
    """
    made = standing_house()
    made.sound = False
    return made


@pytest.fixture
def service_house(grounds: Grounds, tmp_path: Path) -> Iterator[ServiceHouse]:
    """An empty house of one's own: nothing runs until the test starts it."""
    made = ServiceHouse(grounds, tmp_path)
    yield made
    made.end()
