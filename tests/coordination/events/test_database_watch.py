"""Watching an outbox through PostgreSQL: one has the turn, and what is said and kept ends a wait."""

import time

import pytest
from django.conf import settings

from coordination.contracts.identifiers import new_id
from coordination.contracts.matching import PlacesSet
from coordination.events.unit_of_work import unit_of_work

pytestmark = [
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.skipif("postgresql" not in settings.DATABASES["matching"]["ENGINE"], reason="runs on PostgreSQL only"),
]


@pytest.fixture
def watches():
    """Makes watches over matching's outbox, and closes them."""
    from coordination.events.postgresql import DatabaseWatch

    made = [DatabaseWatch("matching"), DatabaseWatch("matching")]
    yield made
    for one in made:
        one.close()


def say_places() -> None:
    """Say something, and keep it."""
    with unit_of_work("matching") as say:
        say(PlacesSet(activity_id=new_id(), municipality="9901", places=3))


def seconds_of_wait(watch, at_most: float) -> float:
    """How long a wait lasts."""
    started = time.monotonic()
    watch.wait(at_most)
    return time.monotonic() - started


def test_one_has_the_turn_until_it_leaves_it(watches):
    first, second = watches
    assert first.is_mine() and first.is_mine()
    assert not second.is_mine()
    first.close()
    until = time.monotonic() + 15
    while not second.is_mine():
        assert time.monotonic() < until, "the turn of one that left was never given to the next"
        time.sleep(0.01)


def test_what_is_kept_ends_a_wait_and_what_is_undone_does_not(watches):
    watch = watches[0]
    assert watch.is_mine()
    say_places()
    assert seconds_of_wait(watch, 30) < 15
    with pytest.raises(RuntimeError), unit_of_work("matching") as say:
        say(PlacesSet(activity_id=new_id(), municipality="9901", places=3))
        raise RuntimeError("not after all")
    assert seconds_of_wait(watch, 0.5) >= 0.4


def test_what_is_said_during_a_look_is_not_missed(watches):
    watch = watches[0]
    assert watch.is_mine()
    watch.begin()
    say_places()
    assert watch.is_mine()
    assert seconds_of_wait(watch, 30) < 15
