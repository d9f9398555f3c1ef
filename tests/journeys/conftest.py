"""Journeys go through a real house: the process that make run starts, and a real browser."""

from collections.abc import Iterator

import pytest

from coordination.testing.browser import sign_in as sign_in_on
from coordination.testing.running_house import RunningHouse, start_house


@pytest.fixture(scope="session")
def full_house(tmp_path_factory) -> Iterator[RunningHouse]:
    """The whole example world, shared by the journeys of a run."""
    house = start_house(tmp_path_factory.mktemp("full"), "full")
    yield house
    assert house.stop() == 0


@pytest.fixture(scope="session")
def register_house(tmp_path_factory) -> Iterator[RunningHouse]:
    """The example world without activities."""
    house = start_house(tmp_path_factory.mktemp("register"), "register")
    yield house
    assert house.stop() == 0


@pytest.fixture
def sign_in(browser):
    """Open a browser window of one's own, signed in as an account of a house."""
    contexts = []

    def enter(house: RunningHouse, account: str, **options):
        context = browser.new_context(locale="nl-NL", **options)
        contexts.append(context)
        context.set_default_timeout(15_000)
        page = context.new_page()
        sign_in_on(page, house, account)
        return page

    yield enter
    for context in contexts:
        context.close()
