"""What every test may use: the house driver, a clock, and tests that need things outside Python."""

from collections.abc import Iterator

import pytest

from coordination.contracts import clock
from coordination.testing import needs


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test marked needs("chromium") is skipped where that is absent, or fails with VIERSPAN_REQUIRE=all."""
    names = [name for mark in item.iter_markers("needs") for name in mark.args]
    missing = needs.missing(names)
    if missing and needs.required():
        pytest.fail(f"needs {', '.join(missing)}, and VIERSPAN_REQUIRE=all allows no skipping", pytrace=False)
    if missing:
        pytest.skip(f"needs {', '.join(missing)}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: from the first of them on, Playwright keeps an event loop in the thread of the tests."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


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


@pytest.fixture(autouse=True)
def clock_as_it_was() -> Iterator[None]:
    """No test leaves the business clock standing for the next."""
    yield
    clock.stand_still_at(None)
