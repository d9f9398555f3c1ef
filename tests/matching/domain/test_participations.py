"""The state table and the waiting list, on plain values."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.domain.participations import ARROWS, NoSuchStep, Room, next_state, room_of, who_moves_up

pupils = st.one_of(st.none(), st.integers(1, 60))


def test_every_arrow_has_a_reason_and_is_there_once():
    assert all(arrow.because for arrow in ARROWS)
    assert len({(arrow.action, arrow.before) for arrow in ARROWS}) == len(ARROWS)


def test_what_needs_a_place_that_is_not_there_waits():
    assert next_state(None, "request", fits=False) == "waiting"
    assert next_state("requested", "accept", fits=False) == "waiting"
    assert next_state("requested", "decline", fits=False) == "declined"


@pytest.mark.parametrize(("before", "action"), [("joined", "request"), ("declined", "accept"), (None, "withdraw")])
def test_an_arrow_that_is_not_in_the_table_is_refused(before, action):
    with pytest.raises(NoSuchStep):
        next_state(before, action)


@settings(deadline=None)
@given(st.integers(0, 200), st.lists(pupils, max_size=8), st.lists(pupils, max_size=8))
def test_moving_up_never_passes_the_limit_nor_anybody_in_the_queue(places, joined, queue):
    room = room_of(places, joined)
    moved = who_moves_up(room, list(enumerate(queue)))
    assert moved == list(range(len(moved)))
    taken = room.taken + sum(queue[index] or 0 for index in moved)
    assert taken <= max(places, room.taken)
    if len(moved) < len(queue):
        rest = Room(places=places, taken=taken)
        assert not rest.fits(queue[len(moved)])


@settings(deadline=None)
@given(st.lists(pupils, max_size=8), st.integers(0, 3))
def test_without_a_limit_only_as_many_move_as_asked(queue, at_most):
    moved = who_moves_up(Room(places=None), list(enumerate(queue)), at_most=at_most)
    assert len(moved) == min(at_most, len(queue))
