"""Whose turn it is to write in a database file, among the threads of this process: first come, first served.

SQLite itself lets a writer look again after ever longer sleeps, up to a tenth of a second, and whoever happens to look
first goes on. Among many writers some then wait for seconds. Here the one who leaves wakes the one who came first.
"""

import threading
from collections import deque
from functools import cache


class Turns:
    """A lock that is handed on in the order in which it was asked for."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._taken = False

    @property
    def waiting(self) -> int:
        """How many wait for a turn now."""
        return len(self._waiting)

    def take(self, within: float) -> bool:
        """Wait for a turn, at most so many seconds; whether it came."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=within):
            return True
        with self._guard:
            if mine in self._waiting:
                self._waiting.remove(mine)
                return False
        # It came in the very moment in which the patience ended.
        return True

    def leave(self) -> None:
        """Hand the turn on to whoever has waited longest."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False


@cache
def turns_of(place: str) -> Turns:
    """The turns of one database file."""
    return Turns()
