"""How long to wait after something failed: longer each time, never quite the same."""

import random


class Backoff:
    """Waits of 0.2 s and up, doubling to a longest, each with a random part so that many do not return at once."""

    def __init__(self, first: float = 0.2, longest: float = 5.0) -> None:
        self._first = first
        self._longest = longest
        self._times = 0

    def next(self) -> float:
        """The next wait in seconds."""
        wait = min(self._longest, self._first * 2 ** min(self._times, 20))
        self._times += 1
        return wait * random.uniform(0.5, 1.0)

    def reset(self) -> None:
        """It works again."""
        self._times = 0
