"""A house with the full example world for the benchmarks: a process of its own, gone afterwards with its data."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coordination.testing.running_house import RunningHouse, start_house


@contextmanager
def running_house() -> Iterator[RunningHouse]:
    """Start it, wait until it is ready, and stop it."""
    with tempfile.TemporaryDirectory(prefix="vierspan-bench-") as folder:
        house = start_house(Path(folder), "full")
        try:
            yield house
        finally:
            house.stop()
