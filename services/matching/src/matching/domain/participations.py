"""The states of a participation, the arrows between them with their reason, and who gets the next free place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

State = Literal["requested", "joined", "declined", "waiting", "withdrawn"]
Action = Literal["request", "record", "accept", "decline", "wait", "move_up", "confirm", "withdraw"]

MOST_PUPILS = 5_000
MOST_PLACES = 100_000
LONGEST_NOTE = 500
DAYS_TO_ANSWER = 14
FEWEST_SHOWN = 5


@dataclass(frozen=True, kw_only=True)
class Arrow:
    """From one state to another by an action, and why that is allowed."""

    action: Action
    before: State | None
    after: State
    because: str


ARROWS = (
    Arrow(action="request", before=None, after="requested", because="a school asks to join"),
    Arrow(action="request", before="declined", after="requested", because="things may have changed since the refusal"),
    Arrow(action="request", before="withdrawn", after="requested", because="a school that stopped may come back"),
    Arrow(action="record", before=None, after="joined", because="the municipality knows that the school takes part"),
    Arrow(action="record", before="declined", after="joined", because="the municipality came back on its refusal"),
    Arrow(action="record", before="withdrawn", after="joined", because="the municipality knows the school is back"),
    Arrow(action="accept", before="requested", after="joined", because="the municipality agrees"),
    Arrow(action="accept", before="waiting", after="joined", because="the municipality gives a place that is free"),
    Arrow(action="decline", before="requested", after="declined", because="the municipality refuses with a reason"),
    Arrow(action="decline", before="waiting", after="declined", because="waiting longer makes no sense"),
    Arrow(action="wait", before="requested", after="waiting", because="there is no place yet"),
    Arrow(action="move_up", before="waiting", after="joined", because="a place came free"),
    Arrow(action="confirm", before="joined", after="joined", because="the school confirms what was recorded"),
    Arrow(action="withdraw", before="requested", after="withdrawn", because="the school takes its request back"),
    Arrow(action="withdraw", before="waiting", after="withdrawn", because="the school leaves the waiting list"),
    Arrow(action="withdraw", before="joined", after="withdrawn", because="the school stops"),
)
_TABLE = {(arrow.action, arrow.before): arrow for arrow in ARROWS}
_NEEDS_PLACE: frozenset[Action] = frozenset({"request", "record", "accept"})


class NoSuchStep(Exception):
    """This action is not possible in this state."""


def next_state(before: State | None, action: Action, *, fits: bool = True) -> State:
    """The state after an action; what needs a place that is not there becomes waiting. Raises NoSuchStep."""
    arrow = _TABLE.get((action, before))
    if arrow is None:
        raise NoSuchStep(f"{action} from {before}")
    return "waiting" if action in _NEEDS_PLACE and not fits else arrow.after


def is_possible(before: State | None, action: Action) -> bool:
    """Whether an action is allowed in a state."""
    return (action, before) in _TABLE


@dataclass(frozen=True, kw_only=True)
class Room:
    """The places of an activity: null is no limit; taken counts known pupils, unknown the schools without a number."""

    places: int | None
    taken: int = 0
    unknown: int = 0

    @property
    def free(self) -> int | None:
        """The places left, counting what is known; None without a limit."""
        return None if self.places is None else max(self.places - self.taken, 0)

    @property
    def is_full(self) -> bool:
        """Whether not one place is left."""
        return self.free == 0

    def fits(self, pupils: int | None) -> bool:
        """Whether this many pupils can still join; an unknown number needs at least one place."""
        return self.free is None or (pupils or 1) <= self.free


def room_of(places: int | None, joined: Iterable[int | None]) -> Room:
    """The room that schools which joined leave; a school with an unknown number of pupils counts as unknown."""
    numbers = list(joined)
    return Room(
        places=places,
        taken=sum(number for number in numbers if number is not None),
        unknown=sum(number is None for number in numbers),
    )


def who_moves_up(room: Room, queue: Sequence[tuple[Any, int | None]], *, at_most: int | None = None) -> list[Any]:
    """Who on the waiting list gets a place, in order: nobody passes a school that still waits for enough places.

    queue holds (key, pupils) from first to last. at_most bounds how many move, for an activity without a limit.
    """
    moved: list[Any] = []
    for key, pupils in queue:
        if not room.fits(pupils) or (at_most is not None and len(moved) >= at_most):
            break
        moved.append(key)
        room = Room(places=room.places, taken=room.taken + (pupils or 0), unknown=room.unknown + (pupils is None))
    return moved


def answer_before(asked_on: date) -> date:
    """The day before which the municipality answers a request: two weeks."""
    return asked_on + timedelta(days=DAYS_TO_ANSWER)


def is_small(count: int | None) -> bool:
    """Whether a count of pupils (1 to 4) could point at children and is hidden outside the own organisation."""
    return count is not None and 0 < count < FEWEST_SHOWN
