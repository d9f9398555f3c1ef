"""Several web processes under one name: each is found, and one that is away is passed by."""

from pathlib import Path

import pytest
from tests.proxy.conftest import House, telling
from tests.proxy.names import Names

from coordination.testing.proxy import Proxy

pytestmark = pytest.mark.needs("nginx", "envsubst")
ROOT = Path(__file__).parents[2]


@pytest.fixture
def two(tmp_path):
    """A house in which intake is two processes, known by one name."""
    first = telling("first")
    second = telling("second", "127.0.0.2", first.server_port)
    names = Names("127.0.0.1", "127.0.0.2")
    house = House(tmp_path, secure=False)
    house.behind |= {"first": first, "second": second}
    intake = f"http://intake-web:{first.server_port}"
    nobody = "http://127.0.0.1:1"
    house.proxy = Proxy(
        tmp_path, root=ROOT, secure=False, intake=intake, matching=nobody, reporting=nobody, resolver=names.place
    )
    house.proxy.start()
    yield house
    house.end()
    names.close()


def test_each_of_several_is_found_and_one_that_is_away_is_passed_by(two):
    assert {two.ask("/intake/").told["service"] for _ in range(10)} == {"first", "second"}
    second = two.behind.pop("second")
    second.shutdown()
    second.server_close()
    assert {two.ask("/intake/").told["service"] for _ in range(10)} == {"first"}
