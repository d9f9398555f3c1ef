"""What every test may use: the house driver, a clock, and tests that need things outside Python."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from coordination.contracts import clock
from coordination.testing import needs

# A slow machine is no fault of what is tested: properties are judged by their answers, never by the clock.
settings.register_profile("vierspan", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("vierspan")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test marked needs("chromium") is skipped where that is absent, or fails with VIERSPAN_REQUIRE=all."""
    names = [name for mark in item.iter_markers("needs") for name in mark.args]
    missing = needs.missing(names)
    if missing and needs.required():
        pytest.fail(f"needs {', '.join(missing)}, and VIERSPAN_REQUIRE=all allows no skipping", pytrace=False)
    if missing:
        pytest.skip(f"needs {', '.join(missing)}")


# Rooms whose tests wait for servers.
SHARED = ("coordination/sign_in", "coordination/service", "kafka", "local", "proxy", "faults", "journeys")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests in the order in which workers take them: what waits for servers first, what has a browser last.

    From the first browser test on, Playwright keeps an event loop in the thread of the tests.
    """
    last = {_room(item) for item in items if _in_browser(item)} & {*SHARED}
    items.sort(
        key=lambda item: (_in_browser(item) or _room(item) in last, _in_browser(item), _room(item) not in SHARED)
    )


def _in_browser(item: pytest.Item) -> bool:
    return item.get_closest_marker("browser") is not None


def _room(item: pytest.Item) -> str:
    parts = item.path.relative_to(item.config.rootpath / "tests").parts
    return "/".join(parts[:2]) if parts[0] == "coordination" else parts[0]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict:
    """The system's own Chromium, the one browser of all tests: a second Playwright beside it cannot start."""
    from coordination.testing.browser import launch_options

    return launch_options()


@pytest.fixture
def house():
    """All relays and consumers of this process: house.deliver() runs them until quiet."""
    from coordination.testing.house import House

    return House()


@pytest.fixture(scope="session")
def kafka_address() -> Iterator[str]:
    """Where the brokers of this run are: KAFKA_BOOTSTRAP_SERVERS, else one started here, once, else one in Docker."""
    from infra.kafka.local import broker, container
    from infra.kafka.local.jars import NoBroker

    if given := os.environ.get("KAFKA_BOOTSTRAP_SERVERS", ""):
        yield given
        return
    begun = broker.running() if needs.local_kafka() else container.running()
    try:
        started = begun.__enter__()
    except NoBroker as reason:
        if needs.required():
            raise
        pytest.skip(f"no broker: {reason}")
    yield started.address
    begun.__exit__(None, None, None)


@pytest.fixture(scope="session")
def provider():
    """A real OpenID provider with the example accounts, started once; provider.admit(address) lets a house in."""
    from infra.provider.local.dist import NoProvider
    from infra.provider.local.server import running

    place = running()
    try:
        started = place.__enter__()
    except NoProvider as reason:
        if needs.required():
            raise
        pytest.skip(f"no provider: {reason}")
    yield started
    place.__exit__(None, None, None)


@pytest.fixture(autouse=True)
def clock_as_it_was() -> Iterator[None]:
    """No test leaves the business clock standing for the next."""
    yield
    clock.stand_still_at(None)
