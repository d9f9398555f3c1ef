"""A consumer that stalls past its session while it handles: another takes over, and no effect comes twice."""

import random
import signal
import time
from itertools import cycle

import pytest
from tests.faults.service_form import freezing
from tests.faults.service_form.freezing import Frozen
from tests.faults.service_form.standing import Standing
from tests.faults.service_form.table import Table
from tests.faults.service_form.volume import Booking, any_bookings, book_many, register_many

pytestmark = pytest.mark.needs("kafka", "postgresql", "redis")

OPEN = "a unit of work open"
SLOW = 77_777_777_77
PORTION_SECONDS = 4
SLEEP = 9
AIM = 20.0


def test_a_consumer_that_stood_still_past_its_session_does_nothing_twice_when_it_comes_back(
    standing: Standing, rounds: int, chance: random.Random, fault_table: Table
):
    house, accepted = standing.house, standing.accepted
    known = register_many(house, accepted, chance, 30)
    house.wait_until_quiet()
    house.start("reporting.consume.2")
    ends, seconds = house.keeper.restarts(), []
    # Each line takes a moment, so that there is a middle to be caught in.
    house.ask(
        "reporting",
        """
        CREATE FUNCTION take_a_moment() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_sleep(0.02); RETURN NEW; END $$;
        CREATE TRIGGER take_a_moment BEFORE INSERT ON reporting_line FOR EACH ROW EXECUTE FUNCTION take_a_moment();
        """,
    )
    for _ in range(max(1, rounds // 3)):
        book_many(house, accepted, any_bookings(known, chance, 300))
        frozen = caught_in_the_middle(standing, "reporting.consume", "reporting.consume.2")
        name = frozen.name
        # The other one is given what the first had, and can go on once the database lets go of the first one's work.
        seconds.append(freezing.wait_for_progress(house, name, frozen))
        house.wait_until_quiet()
        house.keeper.kill(name, signal.SIGCONT)
        house.wait_for(lambda: members(standing) == 2, "the one that stood still to be a member again")
    assert house.keeper.restarts() == ends, "nobody ended"
    house.ask("reporting", "DROP TRIGGER take_a_moment ON reporting_line; DROP FUNCTION take_a_moment")
    found = standing.comes_to_rest()
    standing.sound = False
    fault_table.add("consumer stopped past its session", rounds=len(seconds), found=found, seconds=seconds)
    assert house.keeper.stop("reporting.consume.2") == {"reporting.consume.2": 0}
    standing.sound = True


def test_a_handler_slower_than_a_portion_may_be_loses_its_place_and_does_nothing_twice(
    standing: Standing, chance: random.Random, fault_table: Table
):
    house, accepted = standing.house, standing.accepted
    known = register_many(house, accepted, chance, 10)
    house.wait_until_quiet()
    assert house.keeper.stop("reporting.consume") == {"reporting.consume": 0}
    names = ["reporting.consume.slow", "reporting.consume.other"]
    house.start(*names, KAFKA_PORTION_SECONDS=str(PORTION_SECONDS))
    house.wait_for(lambda: members(standing) == 2, "two members")
    # Only the first to come to it is slow.
    house.ask(
        "reporting",
        f"""
        CREATE SEQUENCE come_by;
        GRANT ALL ON come_by TO reporting;
        CREATE FUNCTION be_slow() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN IF nextval('come_by') = 1 THEN PERFORM pg_sleep({SLEEP}); END IF; RETURN NEW; END $$;
        CREATE TRIGGER be_slow BEFORE INSERT ON reporting_line
        FOR EACH ROW WHEN (NEW.amount_cents = {SLOW}) EXECUTE FUNCTION be_slow();
        """,
    )
    bookings = any_bookings(known, chance, 60)
    bookings.insert(20, Booking(known=known[0], year="2022-2023", kind="commitment", cents=SLOW))
    book_many(house, accepted, bookings)
    house.wait_for(lambda: members(standing) == 1, "the slow one to lose its place")
    began = time.monotonic()
    house.wait_until_quiet()
    seconds = time.monotonic() - began
    house.wait_for(lambda: members(standing) == 2, "the slow one to be a member again")
    house.ask("reporting", "DROP TRIGGER be_slow ON reporting_line; DROP FUNCTION be_slow; DROP SEQUENCE come_by")
    found = standing.comes_to_rest()
    standing.sound = False
    fault_table.add("handler slower than a portion may be", rounds=1, found=found, seconds=[seconds])
    assert set(house.keeper.stop(*names).values()) == {0}
    house.start("reporting.consume")
    standing.sound = True


def caught_in_the_middle(standing: Standing, *names: str) -> Frozen:
    """The first of these processes that is stopped with a unit of work open; the others go on."""
    until = time.monotonic() + AIM
    for name in cycle(names):
        frozen = freezing.freeze(standing.house, name)
        if OPEN in frozen.work:
            return frozen
        standing.house.keeper.kill(name, signal.SIGCONT)
        assert time.monotonic() < until, f"none of {names} was ever in the middle of something"
        time.sleep(0.02)
    raise AssertionError("no names")


def members(standing: Standing) -> int:
    """How many consumers the group of reporting has."""
    return standing.house.log.members("reporting")
