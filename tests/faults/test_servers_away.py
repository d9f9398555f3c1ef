"""PostgreSQL crashes and Redis is gone, under load: commands, pages and news come back by themselves, to the cent."""

import signal
import sys
import time
from pathlib import Path

import pytest
from tests.faults.service_form.callers import Callers, Client
from tests.faults.service_form.standing import Standing, seconds_until_it_hears
from tests.faults.service_form.table import Table
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

pytestmark = pytest.mark.needs("kafka", "postgresql", "redis")

ENOUGH = 15
PAUSE = 0.05
SIGN_IN = Path(__file__).parents[1] / "coordination/service/sign_in.py"


def go_on(standing: Standing) -> None:
    """Wait until some more commands are accepted."""
    wanted = standing.accepted.commands + ENOUGH
    standing.house.wait_for(lambda: standing.accepted.commands >= wanted, "commands to be accepted")


def test_postgresql_crashes_under_load_and_comes_back(standing: Standing, rounds: int, fault_table: Table):
    house, cluster = standing.house, standing.house.grounds.cluster
    ends, seconds = house.keeper.restarts(), []
    few = max(1, rounds // 3)
    with Callers(house, standing.accepted, people=2, pause=PAUSE) as callers:
        for _ in range(few):
            go_on(standing)
            cluster.stop(signal.SIGQUIT)
            cut = callers.tally["again"]
            house.wait_for(lambda cut=cut: callers.tally["again"] > cut, "somebody to be told to come again")
            cluster.start()
            seconds.append(seconds_until_it_hears(house))
    found = standing.comes_to_rest()
    assert house.keeper.restarts() == ends, "a process that waits for its database does not end"
    fault_table.add("PostgreSQL crashed and started again", rounds=few, found=found, seconds=seconds)


def listen(standing: Standing, cookie: str) -> ClientConnection:
    """A browser of a council member of 9901 that listens to reporting."""
    address = standing.house.address("reporting.serve")
    return connect(
        f"{address.replace('http', 'ws', 1)}/reporting/live",
        origin=address,
        additional_headers={"Cookie": cookie},
    )


def test_redis_is_gone_and_back_and_pages_and_news_go_on(standing: Standing, fault_table: Table):
    house, redis = standing.house, standing.house.grounds.redis
    ends = house.keeper.restarts()
    printed = house.grounds.python("reporting", house.place, [sys.executable, str(SIGN_IN)], None)
    cookie = next(one for one in printed.split("; ") if one.startswith("reporting_session"))
    reader = Client(house.webs("reporting"), house.grounds.token, Callers(house, standing.accepted).tally)
    browser = listen(standing, cookie)
    with Callers(house, standing.accepted, people=2, pause=PAUSE):
        assert "summary" in str(browser.recv(timeout=30))
        redis.stop()
        try:
            go_on(standing)
            seconds_until_it_hears(house)
            began = time.monotonic()
            assert reader.get("/reporting/api/v1/municipalities/9901/summary")["plannedCents"] is not None
            assert time.monotonic() - began < 5, "a page does not wait for Redis"
        finally:
            redis.start()
        back = time.monotonic()
        # What was told meanwhile has reached nobody: the browser is sent away, and asks again when it comes back.
        with pytest.raises(ConnectionClosed):
            while True:
                browser.recv(timeout=30)
        browser = listen(standing, cookie)
        assert "summary" in str(browser.recv(timeout=30))
        seconds = time.monotonic() - back
    browser.close()
    found = standing.comes_to_rest()
    assert house.keeper.restarts() == ends
    fault_table.add("Redis gone and back", rounds=1, found=found, seconds=[seconds])
