"""How Python itself is set in a process that goes on until it is told to stop."""

import gc
import sys

IN_PORTIONS = 50_000
AMONG_REQUESTS = 5_000


def collect_less_often(after: int = IN_PORTIONS) -> None:
    """Look for rubbish once so many things were made, and only in what came after the start.

    A relay and a consumer make and throw away thousands of rows together: looking at each seven hundred of them costs
    a quarter of all. A web process looks sooner, since whoever asks something just then waits for it.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(after, 20, 20)


def take_turns_sooner() -> None:
    """Let a thread that waits for the interpreter have it after half a millisecond instead of five.

    A relay has three at work: one hands messages over, one sends them, one reads and marks rows. The first computes all
    the time, and each answer of the database would wait for it.
    """
    sys.setswitchinterval(0.0005)
